/// What a format is called: `exporter.kind.vN`, and the names in Swift made of it.
struct FormatName {
  /// `northbank.activity.v1`.
  let id: String
  /// `northbank`.
  let exporter: String
  /// `activity`.
  let kind: String
  /// The generation of the export.
  let version: Int

  init(_ id: String) throws(Failure) {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isWord: (String) -> Bool = { word in
      word.first?.isLetter == true && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
    }
    guard parts.count == 3, isWord(parts[0]), isWord(parts[1]), parts[2].hasPrefix("v"), let version = Int(parts[2].dropFirst()),
      version > 0
    else {
      throw .usage("not the id of a format: \(id): write exporter.kind.v1 in lower case, such as northbank.activity.v1")
    }
    (self.id, exporter, kind, self.version) = (id, parts[0], parts[1], version)
  }

  /// `NorthbankActivity`, and `NorthbankActivityV2` from the second generation on: the file and the type in it.
  var type: String { FormatName.capitalized(exporter) + FormatName.capitalized(kind) + (version > 1 ? "V\(version)" : "") }
  /// `northbankActivity`: the line of the registry.
  var constant: String { type.prefix(1).lowercased() + type.dropFirst() }
  /// `Northbank`, to be put right by hand.
  var title: String { FormatName.capitalized(exporter) }

  /// `portfolio_performance` -> `PortfolioPerformance`.
  private static func capitalized(_ word: String) -> String {
    word.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
