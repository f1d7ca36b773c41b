import Glibc

/// Cuts text into records and cells. Quotes, doubled quotes, line ends in quotes, CR, LF and CR LF, blanks around cells, and rows
/// that were quoted once more as a whole.
///
/// A quote that is never closed costs its line, not the rest of the file.
struct CSVScanner {
  let delimiter: UInt8

  enum Outcome {
    /// The record and its line end are this long.
    case record(length: Int, consumed: Int, lines: Int)
    /// The record does not end in these bytes.
    case needsMore
    /// A quote is open at the end of the text, or for more than a thousand lines.
    case unterminated
    /// A record has more cells than any table.
    case tooManyCells
  }

  /// The most cells of a record.
  static let cellLimit = 50_000

  private static let quote: UInt8 = 0x22
  private static let linesInQuotes = 1000

  /// Finds the cells of the record at the front of `bytes`; bounds are relative to `origin` + the position in `bytes`.
  func scan(_ bytes: UnsafeRawBufferPointer, isAtEnd: Bool, into row: RowBuffer, origin: Int = 0) -> Outcome {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return isAtEnd ? .record(length: 0, consumed: 0, lines: 1) : .needsMore
    }
    let count = bytes.count
    let delimiter = delimiter
    var i = 0
    var lines = 1
    while true {
      var s = i
      while s < count, base[s] == 0x20 || (base[s] == 0x09 && delimiter != 0x09) { s &+= 1 }
      if s == count && !isAtEnd { return .needsMore }
      if s < count, base[s] == CSVScanner.quote {
        var j = s &+ 1
        var isEscaped = false
        while true {
          while j < count, base[j] != CSVScanner.quote {
            if base[j] == 0x0A { lines &+= 1 }
            j &+= 1
          }
          if j >= count {
            if isAtEnd || lines > CSVScanner.linesInQuotes { return .unterminated }
            return .needsMore
          }
          if lines > CSVScanner.linesInQuotes { return .unterminated }
          if j &+ 1 < count, base[j &+ 1] == CSVScanner.quote {
            isEscaped = true
            j &+= 2
          } else if j &+ 1 == count && !isAtEnd {
            return .needsMore
          } else {
            break
          }
        }
        var k = j &+ 1
        while k < count, base[k] == 0x20 || (base[k] == 0x09 && delimiter != 0x09) { k &+= 1 }
        if k == count && !isAtEnd { return .needsMore }
        if k == count || base[k] == delimiter || base[k] == 0x0A || base[k] == 0x0D {
          addQuoted(base, s &+ 1, j, isEscaped, row, origin)
          i = k
        } else if j == s &+ 1, let end = CSVScanner.doubledEnd(base, k, count, delimiter) {
          // Left over from a row that was quoted as a whole and then stripped of the outer quotes only: ""2,500.00""
          row.addCell(origin &+ k, origin &+ end)
          i = end &+ 2
          if i == count && !isAtEnd { return .needsMore }
        } else {
          // Text after the closing quote: the quotes are part of the text.
          while k < count, base[k] != delimiter, base[k] != 0x0A, base[k] != 0x0D { k &+= 1 }
          if k == count && !isAtEnd { return .needsMore }
          row.addCell(origin &+ s, origin &+ CSVScanner.trimmed(base, s, k))
          i = k
        }
      } else {
        i = s
        while i < count {
          let c = base[i]
          if c == delimiter || c == 0x0A || c == 0x0D { break }
          i &+= 1
        }
        if i == count && !isAtEnd { return .needsMore }
        row.addCell(origin &+ s, origin &+ CSVScanner.trimmed(base, s, i))
      }
      if i == count { return .record(length: count, consumed: count, lines: lines) }
      let c = base[i]
      if c == delimiter {
        if row.cells >= CSVScanner.cellLimit { return .tooManyCells }
        i &+= 1
      } else if c == 0x0A {
        return .record(length: i, consumed: i &+ 1, lines: lines)
      } else {
        if i &+ 1 == count && !isAtEnd { return .needsMore }
        return .record(length: i, consumed: i &+ (i &+ 1 < count && base[i &+ 1] == 0x0A ? 2 : 1), lines: lines)
      }
    }
  }

  /// Where the text of a cell in doubled quotes ends: before `""` and a delimiter or line end, all on one line.
  private static func doubledEnd(_ base: UnsafePointer<UInt8>, _ from: Int, _ count: Int, _ delimiter: UInt8) -> Int? {
    var at = from
    while at &+ 1 < count, base[at] != 0x0A, base[at] != 0x0D {
      if base[at] == quote, base[at &+ 1] == quote {
        let after = at &+ 2
        return after == count || base[after] == delimiter || base[after] == 0x0A || base[after] == 0x0D ? at : nil
      }
      at &+= 1
    }
    return nil
  }

  @inline(__always)
  private static func trimmed(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, base[end &- 1] == 0x20 || base[end &- 1] == 0x09 { end &-= 1 }
    return end
  }

  @inline(__always)
  private func addQuoted(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isEscaped: Bool, _ row: RowBuffer, _ origin: Int) {
    var (low, high) = (start, end)
    while low < high, base[low] <= 0x20 { low &+= 1 }
    while high > low, base[high &- 1] <= 0x20 { high &-= 1 }
    if !isEscaped {
      row.addCell(origin &+ low, origin &+ high)
      return
    }
    row.reserve(high - low)
    let at = row.count
    var j = low
    while j < high {
      row.append(base[j])
      j &+= base[j] == CSVScanner.quote && j &+ 1 < high && base[j &+ 1] == CSVScanner.quote ? 2 : 1
    }
    row.addCell(at, row.count)
  }

  /// The cells of a line whose quote is never closed: the open cell goes to the end of the line.
  func scanOpenLine(_ line: UnsafeRawBufferPointer, into row: RowBuffer) {
    var closed = Array(line)
    closed.append(CSVScanner.quote)
    let at = row.count
    closed.withUnsafeBytes { row.append($0) }
    let copy = UnsafeRawBufferPointer(start: row.bytes + at, count: closed.count)
    let bytes = Array(copy)  // the buffer may move while cells are unescaped
    bytes.withUnsafeBytes { _ = scan($0, isAtEnd: true, into: row, origin: at) }
  }
}

/// The records of a text, one after the other.
final class CSVReader {
  let window: ByteWindow
  private(set) var scanner: CSVScanner
  private(set) var line = 1

  init(_ window: ByteWindow, delimiter: UInt8) {
    self.window = window
    scanner = CSVScanner(delimiter: delimiter)
  }

  /// Reads the next record that is not blank into `row`.
  ///
  /// - Parameter width: the number of columns expected; a single cell that holds that many is taken apart.
  /// - Returns: false at the end of the text.
  func next(into row: inout Row, width: Int) throws(ImportError) -> Bool {
    while true {
      if !isKnownUniquelyReferenced(&row.buffer) { row.buffer = RowBuffer() }
      row.fault = nil
      guard try record(&row) else { return false }
      if row.buffer.cells == 1 && width > 1 { unwrap(&row) }
      if !row.buffer.isBlank || row.fault != nil { return true }
    }
  }

  private func record(_ row: inout Row) throws(ImportError) -> Bool {
    let buffer = row.buffer
    while true {
      let rest = window.rest
      if rest.isEmpty {
        if try window.more() { continue }
        return false
      }
      buffer.reset(raw: UnsafeRawBufferPointer(start: nil, count: 0))
      switch scanner.scan(rest, isAtEnd: window.isAtEnd, into: buffer) {
      case .record(let length, let consumed, let lines):
        finish(&row, rest, length, consumed, lines)
        return true
      case .needsMore:
        try window.checkLimit(line: line)
        _ = try window.more()
      case .tooManyCells: throw .tooManyCells(line: line, limit: CSVScanner.cellLimit)
      case .unterminated:
        let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.count
        let after = end < rest.count && rest[end] == 0x0D && end + 1 < rest.count && rest[end + 1] == 0x0A ? 2 : 1
        let record = UnsafeRawBufferPointer(rebasing: rest[..<end])
        buffer.reset(raw: record)
        scanner.scanOpenLine(record, into: buffer)
        row.line = line
        row.offset = window.offset
        row.fault = RowProblem(line: line, raw: CellText.string(record), reason: .unterminatedQuote)
        window.consume(min(end + after, rest.count))
        line += 1
        return true
      }
    }
  }

  /// Copies the record to the front of the buffer. Cells were found relative to the record; unescaped ones were appended, and move
  /// behind it.
  @inline(__always)
  private func finish(_ row: inout Row, _ rest: UnsafeRawBufferPointer, _ length: Int, _ consumed: Int, _ lines: Int) {
    row.line = line
    row.offset = window.offset
    let record = UnsafeRawBufferPointer(start: rest.baseAddress, count: length)
    let buffer = row.buffer
    if buffer.count == 0 {
      buffer.take(raw: record)
    } else {
      // Doubled quotes: scan again over the copy, so that all bounds share one origin.
      buffer.reset(raw: record)
      _ = scanner.scan(record, isAtEnd: true, into: buffer)
    }
    line &+= lines
    window.consume(consumed)
  }

  /// Takes apart a row that was quoted as a whole: `"2020-01-01,Buy,""1,000"""`.
  private func unwrap(_ row: inout Row) {
    let buffer = row.buffer
    let inner = Array(buffer.cell(0))
    guard inner.contains(scanner.delimiter), !inner.contains(0x0A) else { return }
    let at = buffer.count
    inner.withUnsafeBytes { buffer.append($0) }
    buffer.dropCells()
    let outcome = inner.withUnsafeBytes { scanner.scan($0, isAtEnd: true, into: buffer, origin: at) }
    if case .record = outcome {
      row.fault = nil
    } else {
      row.fault = RowProblem(line: row.line, raw: row.rawText, reason: .unterminatedQuote)
    }
  }
}

extension RowBuffer {
  /// Puts the raw record at the front of an empty buffer whose cells are already found.
  @inline(__always)
  func take(raw: UnsafeRawBufferPointer) {
    append(raw)
    markRaw(raw.count)
  }
}
