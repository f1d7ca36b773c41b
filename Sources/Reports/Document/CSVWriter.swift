import Amounts

/// Writes a document's rows as CSV with a header line. Unknown is an empty cell.
///
/// Text a spreadsheet would run as a formula is prefixed with an apostrophe; text a terminal would act on is replaced.
public struct CSVWriter {
  private let json = JSONWriter()

  /// A writer.
  public init() {}

  /// Writes the header and all rows.
  public func write(_ document: Document, to output: inout Output) {
    output.text(document.columns.map(\.key).joined(separator: ",") + "\n")
    for place in document.rows.indices {
      if output.isClosed { return }
      for (column, cell) in document.rows[place].enumerated() {
        if column > 0 { output.byte(0x2C) }
        write(cell, &output)
      }
      output.byte(0x0A)
    }
  }

  private func write(_ cell: Cell, _ output: inout Output) {
    switch cell {
    case .text(let text): output.text(quoted(text))
    case .decimal(let value), .ratio(let value): json.decimal(value, &output)
    case .statistic(let value): output.text(Statistic.text(value))
    case .integer(let value): output.text(String(value))
    case .day(let day): output.text(day.description)
    case .instant(let instant): output.text(instant.description)
    case .flag(let flag): output.text(flag ? "true" : "false")
    case .unknown, .unknownBecause: break
    case .list(let values) where values.allSatisfy(\.isPlain):
      output.text(quoted(values.map(\.plainText).joined(separator: ";")))
    case .list, .object: output.text(quoted(Output.string { json.cell(cell, &$0) }))
    }
  }

  /// A text cell: neutralised, and quoted where commas, quotes or line breaks are inside.
  func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x2E && $0 < 0x7F && $0 != 0x3D && $0 != 0x40 }) { return text }  // nothing special in it
    var clean = ""
    for scalar in text.unicodeScalars {
      clean.unicodeScalars.append(scalar == "\n" || !scalar.isHostile ? scalar : "\u{FFFD}")
    }
    if let first = clean.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) { clean = "'" + clean }
    let needsQuotes = clean.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }
    if !needsQuotes { return clean }
    var result = "\""
    for character in clean { result += character == "\"" ? "\"\"" : String(character) }
    return result + "\""
  }
}

extension Cell {
  /// Whether it is one word or number.
  fileprivate var isPlain: Bool {
    switch self {
    case .text, .integer: true
    default: false
    }
  }

  fileprivate var plainText: String {
    switch self {
    case .text(let text): text
    case .integer(let value): String(value)
    default: ""
    }
  }
}
