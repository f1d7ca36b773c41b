import Glibc

extension Verb {
  /// Puts cases of other people's test suites through import and command line, and compares every number.
  static let oracles = Verb(
    name: "oracles", usage: "DIR|FILE [--case PART] [-v]",
    summary: "imports every case of a folder of JSON files, asks the command line, and compares with what the case expects"
  ) { arguments throws(Failure) in
    var path: String?
    var part: String?
    var isVerbose = false
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--case":
        guard let text = rest.popFirst() else { throw .usage("--case needs a part of an id") }
        part = text
      case "-v": isVerbose = true
      default:
        guard path == nil, !word.hasPrefix("-") else { throw .usage("unexpected argument '\(word)'") }
        path = word
      }
    }
    guard let path else { throw .usage("no folder given") }
    return try Oracles.run(path, part: part, isVerbose: isVerbose)
  }
}

/// The run over all cases.
enum Oracles {
  static func run(_ path: String, part: String?, isVerbose: Bool) throws(Failure) -> Int32 {
    var table = OraclesTable()
    for file in try files(path) {
      guard let content = JSONValue(try Files.bytes(file)) else { throw Failure(message: "\(file): not JSON") }
      let source = OracleCase.source(of: file)
      for (place, value) in content.elements.enumerated() {
        guard let oracle = OracleCase(value, source: source) else {
          table.add(.unreadable(value["id"]?.scalar ?? "element \(place + 1)", source))
          continue
        }
        if let generator = oracle.generator {
          // Books that the generator makes anew are compared by the verb `books`, figure by figure.
          print("\(file): figures of books made by \(generator), which `florin-devtool books` compares; left out")
          break
        }
        if let part, !oracle.id.contains(part) { continue }
        let result = CaseRun.result(of: oracle)
        table.add(result)
        OraclesTable.show(result, isVerbose: isVerbose)
      }
    }
    table.summarize()
    return table.failures == 0 && table.total > 0 ? 0 : 1
  }

  /// The case files: one, or all of a folder by name.
  private static func files(_ path: String) throws(Failure) -> [String] {
    if path.hasSuffix(".json") { return [path] }
    guard let folder = opendir(path) else { throw Failure(message: "\(path): \(String(cString: strerror(errno)))") }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") { found.append(path + "/" + name) }
    }
    if found.isEmpty { throw Failure(message: "\(path): no JSON files") }
    return found.sorted()
  }
}
