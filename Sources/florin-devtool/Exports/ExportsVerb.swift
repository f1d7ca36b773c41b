extension Verb {
  /// Runs every export we collected through detection and decoding, and compares the outcome with what its source demands.
  static let exports = Verb(
    name: "exports", usage: "DIR [--exporter NAME] [--file PART] [-v]",
    summary: "decode every file of DIR/INDEX.tsv and compare it with DIR/EXPECTED.tsv"
  ) { arguments throws(Failure) in
    var options = ExportsOptions()
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--exporter":
        guard let name = rest.popFirst() else { throw .usage("--exporter needs a name") }
        options.exporter = name
      case "--file":
        guard let part = rest.popFirst() else { throw .usage("--file needs a part of a file name") }
        options.part = part
      case "-v": options.isVerbose = true
      default:
        guard options.directory.isEmpty, !word.hasPrefix("-") else { throw .usage("unexpected argument '\(word)'") }
        options.directory = word
      }
    }
    guard !options.directory.isEmpty else { throw .usage("no directory given") }
    return try ExportsRun(options).report()
  }
}

/// What was asked for.
struct ExportsOptions {
  /// The folder with INDEX.tsv and EXPECTED.tsv.
  var directory = ""
  /// Only this exporter.
  var exporter: String?
  /// Only files whose path contains this.
  var part: String?
  /// Show every difference, problem and remark.
  var isVerbose = false
}
