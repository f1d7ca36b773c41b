extension Verb {
  /// Writes the tables of the README anew.
  static let readme = Verb(name: "readme", usage: "[FOLDER]", summary: "writes the key table and the formats table of README.md anew") {
    arguments throws(Failure) in
    let path = (arguments.first ?? ".") + "/README.md"
    let text = try Files.text(path)
    let renewed = try ReadmeTables.renewed(text)
    if renewed != text { try Files.write(renewed, to: path) }
    print(renewed == text ? "README.md is up to date" : "README.md: tables written anew")
    return 0
  }
}

/// The README's tables say what the program says.
func readmeIsUpToDate(root: String) -> [Finding] {
  do throws(Failure) {
    let text = try Files.text(root + "/README.md")
    if try ReadmeTables.renewed(text) == text { return [] }
    return [Finding(path: "README.md", message: "a table is out of date: run swift run florin-devtool readme")]
  } catch {
    return [Finding(path: "README.md", message: error.message)]
  }
}

/// The top level holds what a visitor expects and nothing else.
func topLevelIsSmall(root: String) -> [Finding] {
  let expected: Set<String> = ["LICENSE", "Package.swift", "Package.resolved", "README.md", "Sources", "Tests", "themes"]
  return SourceTree.names(in: root).filter { !expected.contains($0) }.map {
    Finding(path: $0, message: "does not belong on the top level")
  }
}
