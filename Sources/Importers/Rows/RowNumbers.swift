public import Amounts

/// A number with the unit written in the same cell: `0.05BTC`, `€6.65`, `1.5 ETH`.
public struct UnitAmount: Hashable, Sendable {
  /// The number.
  public var value: Decimal
  /// The unit as written, empty when there is none: `BTC`, `€`.
  public var unit: String
}

extension Row {
  /// The number in a cell that must not be empty. Currency signs, grouping, parentheses and exponents are read; letters are not.
  public func decimal(_ name: String) throws(RowProblem) -> Decimal {
    guard let value = try optionalDecimal(name) else { throw problem(name, .missing) }
    return value
  }

  /// The number in a cell; nil when it is empty, a dash, `n/a` or `null`.
  public func optionalDecimal(_ name: String) throws(RowProblem) -> Decimal? {
    guard let column = header.column(name) else { return nil }
    return try optionalDecimal(at: column)
  }

  /// The number of the cell at a position.
  @inline(__always)
  func optionalDecimal(at column: Int) throws(RowProblem) -> Decimal? {
    let bytes = buffer.cell(column)
    if bytes.isEmpty { return nil }
    if style == .point, let value = Decimal(utf8: bytes) { return value }
    return try slowDecimal(bytes, column)
  }

  private func slowDecimal(_ bytes: UnsafeRawBufferPointer, _ column: Int) throws(RowProblem) -> Decimal? {
    if Row.isPlaceholder(bytes) { return nil }
    switch NumberText.read(bytes, style: style, allowsUnit: false) {
    case .success(let reading): return reading.value
    case .failure(let reason):
      throw RowProblem(
        line: line, column: column < header.names.count ? header.names[column] : nil, raw: CellText.string(bytes), reason: reason)
    }
  }

  /// The number in a cell, or nil when the cell is empty or the number is zero: a fee that is not there.
  public func nonZeroDecimal(_ name: String) throws(RowProblem) -> Decimal? {
    guard let value = try optionalDecimal(name), !value.isZero else { return nil }
    return value
  }

  /// A number with its unit, from a cell that must not be empty.
  public func amount(_ name: String) throws(RowProblem) -> UnitAmount {
    guard let value = try optionalAmount(name) else { throw problem(name, .missing) }
    return value
  }

  /// A number with its unit; nil when the cell is empty, a dash, `n/a` or `null`.
  public func optionalAmount(_ name: String) throws(RowProblem) -> UnitAmount? {
    let bytes = bytes(header.column(name))
    if bytes.isEmpty || Row.isPlaceholder(bytes) { return nil }
    switch NumberText.read(bytes, style: style, allowsUnit: true) {
    case .success(let reading): return UnitAmount(value: reading.value, unit: reading.unit)
    case .failure(let reason): throw problem(name, reason)
    }
  }

  /// A whole number.
  public func integer(_ name: String) throws(RowProblem) -> Int {
    let value = try decimal(name).normalized
    guard value.scale == 0, let whole = Int(exactly: value.mantissa) else { throw problem(name, .notANumber) }
    return whole
  }

  /// Reads a number out of other text, such as a note, by the row's number style.
  public func number(_ text: some StringProtocol) -> Decimal? {
    var copy = String(text)
    let style = style
    return copy.withUTF8 { try? NumberText.read(UnsafeRawBufferPointer($0), style: style, allowsUnit: false).get().value }
  }

  private static func isPlaceholder(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch bytes.count {
    case 1: bytes[0] == 0x2D
    case 2: bytes[0] == 0x2D && bytes[1] == 0x2D
    case 3: ["n/a", "nan"].contains(CellText.string(bytes).lowercased())
    case 4: ["null", "none"].contains(CellText.string(bytes).lowercased())
    default: false
    }
  }
}
