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
    case .text(let text): put(text, &output)
    case .decimal(let value), .ratio(let value): json.decimal(value, &output)
    case .statistic(let value): output.text(Statistic.text(value))
    case .integer(let value): output.text(String(value))
    case .day(let day): output.text(day.description)
    case .instant(let instant): output.text(instant.description)
    case .flag(let flag): output.text(flag ? "true" : "false")
    case .unknown, .unknownBecause: break
    case .list(let values) where values.allSatisfy(\.isPlain):
      put(values.map(\.plainText).joined(separator: ";"), &output)
    case .list, .object: put(Output.string { json.cell(cell, &$0) }, &output)
    }
  }

  /// A text cell: neutralised, and quoted where commas, quotes or line breaks are inside.
  private func put(_ text: String, _ output: inout Output) {
    var text = text
    if !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { text = clean(text) }
    text.withUTF8 { bytes in
      guard let first = bytes.first else { return }
      let isFormula = first == 0x3D || first == 0x2B || first == 0x2D || first == 0x40  // = + - @
      guard bytes.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }) else {
        if isFormula { output.byte(0x27) }
        return output.bytes(bytes)
      }
      output.byte(0x22)
      if isFormula { output.byte(0x27) }
      var start = 0
      for place in bytes.indices where bytes[place] == 0x22 {  // a quote inside is written twice
        output.bytes(UnsafeBufferPointer(rebasing: bytes[start...place]))
        start = place
      }
      output.bytes(UnsafeBufferPointer(rebasing: bytes[start...]))
      output.byte(0x22)
    }
  }

  /// The text without what a terminal would act on; line breaks stay, inside quotes.
  private func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == "\n" || !scalar.isHostile ? scalar : "\u{FFFD}") }
    return String(scalars)
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
