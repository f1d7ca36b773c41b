import Amounts

/// Writes a document as FORMATS 2 says: decimals as strings, unknown as null beside `<key>Why`, counts and ids as numbers.
public struct JSONWriter {
  /// A writer.
  public init() {}

  /// Writes the whole document, one row a line, with a newline at the end.
  public func write(_ document: Document, to output: inout Output) {
    output.text("{\"report\":")
    string(document.report, &output)
    output.text(",\"version\":\(document.version)")
    if let asOf = document.asOf { output.text(",\"asOf\":\"\(asOf)\"") }
    if let currency = document.currency {
      output.text(",\"currency\":")
      string(currency, &output)
    }
    for field in document.facts {
      output.byte(0x2C)
      write(field, &output)
    }
    if document.hasRows {
      output.text(",\"rows\":[")
      for place in document.rows.indices {
        if output.isClosed { return }
        output.text(place == 0 ? "\n" : ",\n")
        row(document.rows[place], document.columns, &output)
      }
      output.text(document.rows.isEmpty ? "]" : "\n]")
    }
    if !document.totals.isEmpty {
      output.text(",\"totals\":")
      cell(.object(document.totals), &output)
    }
    if let excluded = document.excluded {
      output.text(",\"excluded\":")
      cell(
        .list(
          excluded.map {
            .object([.init("asset", .text($0.asset.text)), .init("what", .text($0.what)), .init("why", .text($0.why.text))])
          }), &output)
    }
    output.text("}\n")
  }

  private func row(_ cells: [Cell], _ columns: [Column], _ output: inout Output) {
    output.byte(0x7B)
    for (place, column) in columns.enumerated() {
      if place > 0 { output.byte(0x2C) }
      write(Cell.Field(column.key, cells[place]), &output)
    }
    output.byte(0x7D)
  }

  private func write(_ field: Cell.Field, _ output: inout Output) {
    string(field.key, &output)
    output.byte(0x3A)
    cell(field.cell, &output)
    let why: String? =
      switch field.cell {
      case .unknown(let why?): why.text
      case .unknownBecause(let words): words
      default: nil
      }
    if let why {
      output.byte(0x2C)
      string(field.key + "Why", &output)
      output.byte(0x3A)
      string(why, &output)
    }
  }

  /// Writes one value.
  func cell(_ cell: Cell, _ output: inout Output) {
    switch cell {
    case .text(let text): string(text, &output)
    case .decimal(let value), .ratio(let value):
      output.byte(0x22)
      decimal(value, &output)
      output.byte(0x22)
    case .statistic(let value): output.text("\"\(Statistic.text(value))\"")
    case .integer(let value): output.text(String(value))
    case .day(let day): output.text("\"\(day)\"")
    case .instant(let instant): output.text("\"\(instant)\"")
    case .flag(let flag): output.text(flag ? "true" : "false")
    case .unknown, .unknownBecause: output.text("null")
    case .list(let values):
      output.byte(0x5B)
      for (place, value) in values.enumerated() {
        if place > 0 { output.byte(0x2C) }
        self.cell(value, &output)
      }
      output.byte(0x5D)
    case .object(let fields):
      output.byte(0x7B)
      for (place, field) in fields.enumerated() {
        if place > 0 { output.byte(0x2C) }
        write(field, &output)
      }
      output.byte(0x7D)
    }
  }

  /// Writes a decimal's canonical text.
  func decimal(_ value: Decimal, _ output: inout Output) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { digits in
      guard let base = digits.baseAddress else { return }
      let length = value.normalized.write(to: base)
      output.bytes(UnsafeBufferPointer(start: base, count: length))
    }
  }

  /// Writes a string. What a terminal could act on is escaped, so that hostile text stays text even on a screen.
  func string(_ text: String, _ output: inout Output) {
    output.byte(0x22)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      output.text(text)
      output.byte(0x22)
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output.text("\\\"")
      case "\\": output.text("\\\\")
      case "\n": output.text("\\n")
      case "\r": output.text("\\r")
      case "\t": output.text("\\t")
      case _ where scalar.isHostile: output.text(escape(scalar))
      default: output.text(String(scalar))
      }
    }
    output.byte(0x22)
  }

  private func escape(_ scalar: Unicode.Scalar) -> String {
    func unit(_ value: UInt16) -> String {
      let hex = String(value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
    }
    return String(scalar).utf16.map(unit).joined()
  }
}
