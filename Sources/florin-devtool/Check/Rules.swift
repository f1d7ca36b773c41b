/// The rules about one file, in the order they are reported.
let fileRules: [@Sendable (SourceFile, Blueprint) -> [Finding]] = [
  importsAreCorridors, productsDoWithoutFoundation, longFilesSayWhy, nothingIsLeftOver,
]

/// Modules of the toolchain that anybody may import.
private let toolchain: Set<String> = [
  "Glibc", "Synchronization", "Testing", "XCTest", "Foundation", "FoundationEssentials", "PackageDescription",
]

/// The compiler accepts the import of a dependency's dependency; a corridor must be listed.
private func importsAreCorridors(_ file: SourceFile, _ package: Blueprint) -> [Finding] {
  guard let allowed = package.corridors[file.target] else {
    return [Finding(path: file.path, message: "its folder is no target of Package.swift")]
  }
  return file.imports.filter { !allowed.contains($0.module) && !toolchain.contains($0.module) }.map {
    Finding(path: file.path, line: $0.line, message: "\(file.target) has no corridor to \($0.module) in Package.swift")
  }
}

/// Foundation costs 50 MB of a static binary, and its Decimal rounds.
private func productsDoWithoutFoundation(_ file: SourceFile, _ package: Blueprint) -> [Finding] {
  guard file.isProduct else { return [] }
  return file.imports.filter { $0.module.hasPrefix("Foundation") }.map {
    Finding(path: file.path, line: $0.line, message: "product targets do without Foundation")
  }
}

/// Past 600 lines a file has two ideas, or a reason that it states.
private func longFilesSayWhy(_ file: SourceFile, _ package: Blueprint) -> [Finding] {
  guard file.lines.count > 600, !file.lines.contains(where: { $0.hasPrefix("// Long because ") }) else { return [] }
  return [Finding(path: file.path, message: "\(file.lines.count) lines: split it, or say why in a line `// Long because ...`")]
}

/// What was meant for later is an issue or is done; it is not in the code.
private func nothingIsLeftOver(_ file: SourceFile, _ package: Blueprint) -> [Finding] {
  if file.path.hasPrefix("Sources/florin-devtool/Check/") { return [] }
  var findings: [Finding] = []
  for (index, line) in file.lines.enumerated() {
    for word in ["TODO", "FIXME", "XXX", "func placeholder("] where line.contains(word) && !line.contains("XXXX") {
      findings.append(Finding(path: file.path, line: index + 1, message: "\(word) is left over"))
    }
  }
  return findings
}

/// An optional of a 16-byte aligned value may crash where it is returned: see `Decimal`.
private func wideOptionalsAreAvoided(_ file: SourceFile, _ package: Blueprint) -> [Finding] {
  if file.path.hasPrefix("Sources/florin-devtool/Check/") { return [] }
  var findings: [Finding] = []
  for (index, line) in file.lines.enumerated() where line.contains("Int128?") || line.contains("Int128>?") {
    findings.append(Finding(path: file.path, line: index + 1, message: "an optional Int128 may be misaligned: return a Decimal or a flag"))
  }
  return findings
}

/// Every room is tested next door. The front door, the terminal itself and C are tested end to end.
func missingTests(_ package: Blueprint, root: String) -> [Finding] {
  let endToEnd: Set<String> = ["florin", "florin-devtool", "TermCurses", "CTerm", "CSQLite"]
  return SourceTree.names(in: root + "/Sources").filter { name in
    SourceTree.isFolder(root + "/Sources/" + name) && !endToEnd.contains(name)
      && SourceTree.swiftFiles(under: root + "/Tests/" + name + "Tests").isEmpty
  }.map { Finding(path: "Sources/" + $0, message: "has no tests in Tests/\($0)Tests") }
}
