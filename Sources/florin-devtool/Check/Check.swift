import Glibc

extension Verb {
  /// The house rules that no compiler checks.
  static let check = Verb(
    name: "check", usage: "[FOLDER]", summary: "checks imports, missing tests, file sizes, leftovers and the README of the repository"
  ) {
    arguments throws(Failure) in
    let root = arguments.first ?? "."
    let package = Blueprint(package: try Files.text(root + "/Package.swift"))
    var findings: [Finding] = []
    var count = 0
    for folder in ["Sources", "Tests"] {
      for path in SourceTree.swiftFiles(under: root + "/" + folder) {
        let relative = String(path.dropFirst(root.utf8.count + 1))
        let file = SourceFile(path: relative, text: try Files.text(path))
        count += 1
        for rule in fileRules { findings += rule(file, package) }
      }
    }
    findings += missingTests(package, root: root)
    findings += readmeIsUpToDate(root: root)
    findings += topLevelIsSmall(root: root)
    findings += try columnsAreAccountedFor(root: root)
    for finding in findings { complain(finding.text) }
    print("\(count) files, \(package.corridors.count) targets, \(findings.count) findings")
    return findings.isEmpty ? 0 : 1
  }
}

/// Something a rule objects to.
struct Finding {
  /// Where, relative to the repository.
  let path: String
  /// The line, when one is to blame.
  var line: Int?
  /// What is wrong and what to do.
  let message: String

  /// `path:line: message`.
  var text: String { path + (line.map { ":\($0)" } ?? "") + ": " + message }
}

/// A Swift file and its lines.
struct SourceFile {
  /// Relative to the repository.
  let path: String
  /// Its lines, in order.
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The target the file belongs to.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }
  /// Whether it is part of what users run.
  var isProduct: Bool { path.hasPrefix("Sources/") && target != "florin-devtool" }

  /// The modules it imports, with their lines.
  var imports: [(line: Int, module: String)] {
    var found: [(Int, String)] = []
    for (index, line) in lines.enumerated() {
      var words = line.split(separator: " ")
      while let word = words.first, word.hasPrefix("@") || ["public", "package", "internal", "private"].contains(word) {
        words.removeFirst()
      }
      guard words.first == "import", line.first?.isLetter == true || line.first == "@" else { continue }
      // `import struct Module.Type` names the module third.
      let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
      let name = words.count > 2 && kinds.contains(words[1]) ? words[2] : words.count > 1 ? words[1] : ""
      found.append((index + 1, String(name.prefix { $0 != "." })))
    }
    return found
  }
}

/// The Swift files of a folder.
enum SourceTree {
  /// Their paths, sorted.
  static func swiftFiles(under folder: String) -> [String] {
    var found: [String] = []
    for name in names(in: folder) {
      let path = folder + "/" + name
      if name.hasSuffix(".swift") {
        found.append(path)
      } else if isFolder(path) {
        found += swiftFiles(under: path)
      }
    }
    return found
  }

  /// The names in a folder, sorted, without hidden ones.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether a path is a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
