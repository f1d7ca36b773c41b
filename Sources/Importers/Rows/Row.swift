import Amounts

/// One record of a table or one element of a JSON array, its cells found by column name.
///
/// A getter throws a ``RowProblem`` that names line, column and text, so a format only says what it wants.
public struct Row: Sendable {
  /// The columns.
  public internal(set) var header: Header
  /// The line of the record's first character, or the element's number; 1-based.
  public internal(set) var line = 0
  /// Bytes before the record in the text.
  public internal(set) var offset = 0
  /// The JSON path of the array the element is in, such as `activities[]`; empty for a table.
  public internal(set) var section = ""
  var buffer: RowBuffer
  private var reading = Reading.plain

  /// How the cells of a file are read; shared by its rows.
  private final class Reading: Sendable {
    let style: NumberStyle
    let zone: Zone
    static let plain = Reading()
    init(style: NumberStyle = .point, zone: Zone = .utc) { (self.style, self.zone) = (style, zone) }
  }

  /// What commas and points mean.
  var style: NumberStyle {
    get { reading.style }
    set { reading = Reading(style: newValue, zone: zone) }
  }
  /// The zone of clock readings that name none.
  var zone: Zone {
    get { reading.zone }
    set { reading = Reading(style: style, zone: newValue) }
  }
  /// What is wrong with the record as such, found by the reader.
  var fault: RowProblem? {
    get { buffer.fault }
    nonmutating set { buffer.fault = newValue }
  }

  init(header: Header, buffer: RowBuffer = RowBuffer()) {
    self.header = header
    self.buffer = buffer
  }

  /// A row made of names and cells, for tests.
  public init(_ cells: [(String, String)], line: Int = 1) {
    self.init(header: Header(cells.map(\.0)))
    self.line = line
    let text = cells.map(\.1).joined()
    Array(text.utf8).withUnsafeBytes { buffer.reset(raw: $0) }
    var at = 0
    for (_, cell) in cells {
      buffer.addCell(at, at + cell.utf8.count)
      at += cell.utf8.count
    }
  }

  /// The cells' number, which may be less than the header's.
  public var count: Int { buffer.cells }

  /// The record as the file writes it, without the line end.
  public var rawText: String { CellText.string(buffer.raw) }

  /// The bytes of a cell; empty when there is none. They live as long as the row.
  @inline(__always)
  func bytes(_ column: Int?) -> UnsafeRawBufferPointer {
    guard let column else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return buffer.cell(column)
  }

  /// Whether the file has a column of this name.
  public func has(_ name: String) -> Bool { header.position(name) != nil }

  /// The text of a cell, which may be empty, as may the column be missing.
  public func raw(_ name: String) -> String { CellText.string(bytes(header.column(name))) }

  /// The text of a cell as evidence of how the file is written; it does not count as read.
  func glance(_ name: String) -> String { CellText.string(bytes(header.position(name))) }

  /// The text of the cell at a position, for sections whose columns have no names.
  public func raw(at position: Int) -> String { CellText.string(bytes(position)) }

  /// The text of a cell that must not be empty.
  public func text(_ name: String) throws(RowProblem) -> String {
    let bytes = bytes(header.column(name))
    if bytes.isEmpty { throw problem(name, .missing) }
    return CellText.string(bytes)
  }

  /// The text of a cell; nil when it is empty.
  public func optionalText(_ name: String) -> String? {
    let bytes = bytes(header.column(name))
    return bytes.isEmpty ? nil : CellText.string(bytes)
  }

  /// A problem with a cell of this row.
  public func problem(_ name: String, _ reason: RowProblem.Reason) -> RowProblem {
    let column = header.position(name)
    return RowProblem(line: line, column: column.map { header.names[$0] } ?? name, raw: CellText.string(bytes(column)), reason: reason)
  }

  /// A problem with the row as a whole.
  public func problem(_ reason: RowProblem.Reason) -> RowProblem { RowProblem(line: line, raw: rawText, reason: reason) }

  /// The problem of a word the format does not know.
  public func unknown(_ name: String, known: [String]) -> RowProblem { problem(name, .unknownValue(known: known)) }

  /// The sum over all non-empty cells, or over the given columns.
  func cellSum(_ columns: [Int]?) -> Fingerprint {
    var sum = Fingerprint(high: 0, low: 0)
    if let columns {
      for column in columns {
        let cell = buffer.cell(column)
        if !cell.isEmpty { sum.add(cell: cell, name: header.hashes[column]) }
      }
      return sum
    }
    header.hashes.withUnsafeBufferPointer { names in
      for column in 0..<min(buffer.cells, names.count) {
        let cell = buffer.cell(column)
        if !cell.isEmpty { sum.add(cell: cell, name: names[column]) }
      }
    }
    return sum
  }
}
