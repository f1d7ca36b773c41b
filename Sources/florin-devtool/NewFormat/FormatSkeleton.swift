/// The text of a new format's file: it compiles, recognises the sample, and calls every row a problem until it is written.
struct FormatSkeleton {
  let name: FormatName
  /// The columns of a table, or the paths of a JSON text.
  let columns: [String]
  /// Where the rows of a JSON text are; nil for a table.
  let rows: String?

  /// The Swift file.
  var text: String {
    """
    import Amounts
    import Ledger

    // \(name.title): say here where in its menus the export is found, in which zone its times are, and whether amounts include fees.
    extension ExportFormat {
      static let \(name.constant) = ExportFormat(
        id: "\(name.id)", title: "\(name.title) \(name.kind)", account: "\(name.title)",
        \(recognition),
        decoding: .eachRow(\(name.type).decode))
    }

    enum \(name.type) {
      static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
        switch try row.text(\(FormatSkeleton.literal(firstCell))) {
        default: throw row.unknown(\(FormatSkeleton.literal(firstCell)), known: [])
        }
      }
    }

    """
  }

  /// The notes of the fixture.
  var notes: String {
    "Made up. Say what the rows show: every kind of row, a fee, a row that is ignored, and one row per problem.\n"
  }

  private var recognition: String {
    let words = fields.map(FormatSkeleton.literal)
    let list = "[" + words.joined(separator: ", ") + "]"
    let isShort = list.count <= 80
    guard let rows = rows.map({ "rows: [\(FormatSkeleton.literal($0))]," }) else {
      if isShort { return "tables: [TableHeader(\(list))]" }
      return "tables: [\n      TableHeader([\n" + FormatSkeleton.broken(words, 8) + "\n      ])\n    ]"
    }
    if isShort { return "shapes: [JSONHeader(\(rows) required: \(list))]" }
    let start = "shapes: [\n      JSONHeader(\n        \(rows)\n        required: [\n"
    return start + FormatSkeleton.broken(words, 10) + "\n        ])\n    ]"
  }

  /// The columns that name something, each once; of a JSON text the values inside a row.
  private var fields: [String] {
    var seen: Set<String> = []
    let named = rows.map { rows in columns.filter { $0.hasPrefix(rows + ".") && !$0.hasSuffix("{}") } } ?? columns
    return named.filter { !$0.isEmpty && !$0.hasSuffix("[]") && seen.insert($0).inserted }
  }

  /// The column whose words will tell rows apart; for JSON its name inside a row.
  private var firstCell: String {
    let wanted = ["type", "action", "kind", "operation", "transaction type", "side"]
    let names = fields.map { rows != nil && $0.hasPrefix(rows ?? "") ? String($0.dropFirst((rows ?? "").count + 1)) : $0 }
    return wanted.lazy.compactMap { word in names.first { $0.lowercased() == word } }.first ?? names.first ?? "Type"
  }

  /// Words of a list over several lines, as swift-format leaves them.
  private static func broken(_ words: [String], _ indent: Int) -> String {
    var lines = [""]
    for word in words {
      if lines[lines.count - 1].count + word.count > 110 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word + ","
    }
    return lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
  }

  /// A Swift string literal.
  static func literal(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\" + String(scalar)
      case _ where scalar.value < 0x20 || scalar.properties.generalCategory == .format: escaped += "\\u{\(String(scalar.value, radix: 16))}"
      default: escaped += String(scalar)
      }
    }
    return "\"" + escaped + "\""
  }
}
