import Amounts

/// Writes a document for people: aligned columns, grouped digits, no colour.
///
/// Columns without a single value are left out. What totals leave out is said below them.
public struct TableWriter {
  /// Cells at most as wide as this; longer text is cut with `…`.
  public var widest = 72

  /// A writer.
  public init() {}

  /// Writes the table, the totals and the notes.
  public func write(_ document: Document, to output: inout Output) {
    if document.hasRows { rows(of: document, &output) }
    if document.hasRows && document.rows.isEmpty { output.text("nothing to show\n") }
    let fields = document.facts + document.totals
    if document.hasRows && !fields.isEmpty { output.text("\n") }
    let width = fields.map { TableWriter.heading($0.key).columns }.max() ?? 0
    for (index, field) in fields.enumerated() {
      for (place, line) in (index < document.facts.count ? lines(of: field.cell) : [total(field.cell)]).enumerated() {
        output.text(place == 0 ? pad(TableWriter.heading(field.key), width, right: false) : String(repeating: " ", count: width))
        output.text("  " + line + "\n")
      }
    }
    guard let excluded = document.excluded, !excluded.isEmpty else { return }
    output.text("\nexcluded from the totals:\n")
    for item in excluded.prefix(20) { output.text("  \(item.asset.text.plain): \(item.what) (\(item.why.text))\n") }
    if excluded.count > 20 { output.text("  and \(NumberText.count(excluded.count - 20)) more\n") }
  }

  private func rows(of document: Document, _ output: inout Output) {
    var widths = [Int](repeating: 0, count: document.columns.count)
    for row in document.rows {
      for (place, cell) in row.enumerated() where !document.columns[place].isQuiet && cell != .none {
        widths[place] = max(widths[place], text(cell, document.columns[place].kind).columns)
      }
    }
    let shown = widths.indices.filter { widths[$0] > 0 }
    if shown.isEmpty { return }
    for place in shown { widths[place] = max(widths[place], document.columns[place].title.columns) }
    line(shown.map { pad(document.columns[$0].title, widths[$0], right: document.columns[$0].isNumeric) }, &output)
    line(shown.map { String(repeating: "-", count: widths[$0]) }, &output)
    for row in document.rows {
      if output.isClosed { return }
      line(
        shown.map { pad(text(row[$0], document.columns[$0].kind), widths[$0], right: document.columns[$0].isNumeric) }, &output)
    }
  }

  private func line(_ cells: [String], _ output: inout Output) {
    var text = cells.joined(separator: "  ")
    while text.last == " " { text.removeLast() }
    output.text(text + "\n")
  }

  /// A value for people.
  func text(_ cell: Cell, _ kind: Column.Kind) -> String {
    switch cell {
    case .text(let text): return cut(text.plain)
    case .decimal(let value):
      switch kind {
      case .money: return NumberText.money(value)
      case .price: return NumberText.price(value)
      case .ratio: return NumberText.percent(value)
      default: return NumberText.quantity(value)
      }
    case .ratio(let value): return NumberText.percent(value)
    case .statistic(let value): return Statistic.text(value)
    case .integer(let value): return kind == .integer ? String(value) : NumberText.count(value)
    case .day(let day): return day.description
    case .instant(let instant): return instant.description
    case .flag(let flag): return flag ? "yes" : kind == .flag ? "-" : "no"
    case .unknown(nil): return ""
    case .unknown(_?), .unknownBecause: return "n/a"
    case .list(let values): return cut(values.map { text($0, kind) }.joined(separator: " "))
    case .object(let fields): return fields.map { "\($0.key) \(text($0.cell, kind))" }.joined(separator: ", ")
    }
  }

  private func lines(of cell: Cell) -> [String] {
    switch cell {
    case .list(let values): return values.isEmpty ? ["-"] : values.map { lines(of: $0).joined(separator: " ") }
    case .decimal(let value): return [NumberText.grouped(value.description)]
    case .ratio(let value): return ["\(value) (\(NumberText.percent(value)))"]
    case .unknown(let why?): return ["n/a (\(why.text))"]
    case .unknownBecause(let words): return ["n/a (\(words.plain))"]
    case .text(let text): return [text.plain]
    case .object(let fields):
      return [fields.filter { $0.cell != .none }.map { "\($0.key) \(lines(of: $0.cell).joined(separator: " "))" }.joined(separator: ", ")]
    default: return [text(cell, .text)]
    }
  }

  /// A sum: money to the cent, counts as they are.
  private func total(_ cell: Cell) -> String {
    if case .decimal(let value) = cell { return NumberText.money(value) }
    if case .ratio(let value) = cell { return NumberText.percent(value) }
    return lines(of: cell).joined(separator: " ")
  }

  private func cut(_ text: String) -> String {
    if text.columns <= widest { return text }
    var kept = ""
    for character in text {
      if (kept + String(character)).columns > widest - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private func pad(_ text: String, _ width: Int, right: Bool) -> String {
    let blank = String(repeating: " ", count: max(0, width - text.columns))
    return right ? blank + text : text + blank
  }

  /// `unknownBasis` becomes `unknown basis`.
  static func heading(_ key: String) -> String {
    var words = ""
    for character in key {
      if character.isUppercase { words += " " }
      words += character.lowercased()
    }
    return words
  }
}
