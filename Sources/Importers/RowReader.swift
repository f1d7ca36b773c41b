/// The rows of a file, whatever it is written in, with everything that is not a row told apart.
final class RowReader {
  enum Step {
    case row
    /// A record that is not part of the table, and why.
    case outside(String)
    case end
  }
  let delimiter: Character?
  private(set) var header: Header
  private var csv: CSVReader?
  private var json: JSONReader?
  private var recordsBeforeHeader = 0
  private let tables: [TableHeader]
  private let headerMarks: Set<[UInt8]>
  private let separator: UInt8
  private let reads: ColumnReads?

  init(_ window: ByteWindow, _ found: Detection, _ reads: ColumnReads? = nil) {
    self.reads = reads
    switch found.kind {
    case .csv(let delimiter, let headerRecord, _):
      csv = CSVReader(window, delimiter: delimiter)
      separator = delimiter
      self.delimiter = Character(Unicode.Scalar(delimiter))
      recordsBeforeHeader = headerRecord
      tables = found.format.tables
      header = Header(found.names, reads: reads)
      var marks: Set<[UInt8]> = [Array(found.names.first.map { Array($0.lowercased().utf8) } ?? [])]
      for table in tables {
        for name in table.required + table.optional { marks.insert(Array(name.lowercased().utf8)) }
      }
      headerMarks = marks
    case .json(let shape):
      json = JSONReader(window, rows: shape.rows, reads: reads)
      delimiter = nil
      separator = 0
      tables = []
      headerMarks = []
      header = Header([])
    }
  }

  func next(into row: inout Row) throws(ImportError) -> Step {
    if let json { return try json.next(into: &row) ? .row : .end }
    guard let csv else { return .end }
    while true {
      row.header = header
      let width = recordsBeforeHeader >= 0 ? 2 : header.names.count
      guard try csv.next(into: &row, width: width) else { return .end }
      if recordsBeforeHeader > 0 {
        recordsBeforeHeader -= 1
        return .outside("before the header")
      }
      if recordsBeforeHeader == 0 {
        recordsBeforeHeader = -1
        continue  // the header itself
      }
      if mayBeHeader(row), isHeader(&row) { continue }
      return .row
    }
  }

  /// A cheap test that nearly every data row fails: its first cell is one of the columns' names.
  @inline(__always)
  private func mayBeHeader(_ row: Row) -> Bool {
    let first = row.buffer.cell(0)
    guard let byte = first.first, byte | 0x20 >= 0x61, row.count > 1 else { return false }
    return headerMarks.contains(first.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
  }

  private func isHeader(_ row: inout Row) -> Bool {
    let found = Header((0..<row.count).map { row.raw(at: $0) })
    if found == header { return true }
    guard tables.contains(where: { Detection.matches(found, $0, separator) }) else { return false }
    header = reads.map { Header(found.names, reads: $0) } ?? found
    return true
  }
}
