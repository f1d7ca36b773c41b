/// How many rows each group has, found by reading the file once before it is decoded. With it a group is decoded as soon as its last row
/// is there, and memory holds the groups that are open, not the file.
final class GroupCounts {
  private let reader: RowReader
  private let context: FileContext
  private let by: (Row, FileContext) throws(RowProblem) -> String?
  private var row: Row
  private let format: ExportFormat
  private var counts: [UInt64: Int32] = [:]

  /// Nil when the source cannot be read twice.
  init?(
    _ source: ByteSource, _ options: ImportOptions, _ found: Detection, _ row: Row,
    _ by: @escaping (Row, FileContext) throws(RowProblem) -> String?
  ) throws(ImportError) {
    let window = try ByteWindow(source, limit: options.recordLimit, isDigesting: false)
    if window.bytesTotal == nil { return nil }
    reader = RowReader(window, found)
    context = FileContext(options, delimiter: reader.delimiter, preamble: found.preamble)
    self.row = row
    format = found.format
    self.row.header = reader.header
    self.by = by
  }

  /// Counts some more rows.
  ///
  /// - Returns: false at the end of the file.
  func count(rows: Int) throws(ImportError) -> Bool {
    for _ in 0..<rows {
      switch try reader.next(into: &row) {
      case .end: return false
      case .outside: continue
      case .row:
        if let key = try? key(row) { counts[Fingerprint.hash(key), default: 0] += 1 }
      }
    }
    return true
  }

  /// The key that decoding will find, too.
  private func key(_ row: Row) throws(RowProblem) -> String? {
    if row.fault != nil { return nil }
    try format.checkWidth(row)
    return try by(row, context)
  }

  /// The rows of a group.
  subscript(_ key: String) -> Int { Int(counts[Fingerprint.hash(key)] ?? 1) }
}

/// Groups in order of their first row, each given out when it is complete.
struct GroupQueue {
  private struct Slot {
    var rows: [Row]
    var missing: Int
    var key: String?
  }
  private var slots: [Slot] = []
  private var taken = 0
  private var dropped = 0
  private var open: [String: Int] = [:]
  /// Whether no more rows will come, so that every group counts as complete.
  var isEnded = false

  /// Takes a row; `size` is the number of rows its group will have, nil when that is not known.
  mutating func add(_ row: Row, key: String?, size: Int?) {
    if let key, let place = open[key] {
      slots[place - dropped].rows.append(row)
      slots[place - dropped].missing -= 1
      return
    }
    slots.append(Slot(rows: [row], missing: key == nil ? 0 : (size ?? .max) - 1, key: key))
    if let key { open[key] = dropped + slots.count - 1 }
  }

  /// The first group if it is complete.
  mutating func next() -> [Row]? {
    guard taken < slots.count, isEnded || slots[taken].missing <= 0 else { return nil }
    let rows = slots[taken].rows
    if let key = slots[taken].key { open[key] = nil }
    slots[taken].rows = []
    taken += 1
    if taken >= 1024 {
      slots.removeFirst(taken)
      dropped += taken
      taken = 0
    }
    return rows
  }
}
