import Glibc

/// The bytes of one record and where its cells lie in them: first the raw record, then cells that had to be unescaped.
///
/// Filled by a reader, then only read; a reader takes a new one when somebody still holds the last.
final class RowBuffer: @unchecked Sendable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity = 256
  /// Bytes in use.
  private(set) var count = 0
  /// Length of the raw record at the front.
  private(set) var rawCount = 0
  private var bounds: UnsafeMutablePointer<Int32>
  private var cellCapacity = 16
  /// Cells in use.
  private(set) var cells = 0
  /// What is wrong with the record.
  var fault: RowProblem?
  /// What the user should know about it, though nothing is wrong.
  var remark: String?

  init() {
    bytes = .allocate(capacity: byteCapacity)
    bounds = .allocate(capacity: 2 * cellCapacity)
  }

  deinit {
    bytes.deallocate()
    bounds.deallocate()
  }

  /// Starts a record.
  @inline(__always)
  func reset(raw: UnsafeRawBufferPointer) {
    count = 0
    cells = 0
    remark = nil
    rawCount = raw.count
    append(raw)
  }

  @inline(__always)
  func append(_ more: UnsafeRawBufferPointer) {
    reserve(more.count)
    if let from = more.baseAddress { memcpy(bytes + count, from, more.count) }
    count &+= more.count
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count &+= 1
  }

  @inline(__always)
  func reserve(_ extra: Int) {
    if count + extra > byteCapacity { grow(extra) }
  }

  private func grow(_ extra: Int) {
    let capacity = max(2 * byteCapacity, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(larger, bytes, count)
    bytes.deallocate()
    bytes = larger
    byteCapacity = capacity
  }

  @inline(__always)
  func addCell(_ start: Int, _ end: Int) {
    if cells == cellCapacity { growCells() }
    bounds[2 &* cells] = Int32(truncatingIfNeeded: start)
    bounds[2 &* cells &+ 1] = Int32(truncatingIfNeeded: end)
    cells &+= 1
  }

  private func growCells() {
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: 4 * cellCapacity)
    memcpy(larger, bounds, 2 * cells * MemoryLayout<Int32>.size)
    bounds.deallocate()
    bounds = larger
    cellCapacity *= 2
  }

  func setCell(_ cell: Int, _ start: Int, _ end: Int) {
    while cells <= cell { addCell(0, 0) }
    bounds[2 * cell] = Int32(truncatingIfNeeded: start)
    bounds[2 * cell + 1] = Int32(truncatingIfNeeded: end)
  }

  func dropCells() { cells = 0 }

  @inline(__always)
  func markRaw(_ length: Int) { rawCount = length }

  @inline(__always)
  func bounds(of cell: Int) -> (Int, Int) { (Int(bounds[2 &* cell]), Int(bounds[2 &* cell &+ 1])) }

  /// The bytes of a cell; empty when the record has fewer. Valid while the buffer lives and is not refilled.
  @inline(__always)
  func cell(_ cell: Int) -> UnsafeRawBufferPointer {
    guard cell < cells else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let (start, end) = bounds(of: cell)
    return UnsafeRawBufferPointer(start: bytes + start, count: end &- start)
  }

  /// The record as the file writes it.
  @inline(__always)
  var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: rawCount) }

  /// Whether every cell is empty.
  var isBlank: Bool {
    for cell in 0..<cells {
      let (start, end) = bounds(of: cell)
      if end > start { return false }
    }
    return true
  }
}
