/// The elements of the arrays a format names, one after the other, each flattened to a row: `{"fee":{"amount":1}}` is the cell
/// `fee.amount`; an array is a cell that holds its JSON text, for ``Row/children(_:)``.
///
/// Paths: `[]` the root array, `rows[]`, `data.trades[]`, `result.trades{}` for the members of an object, whose keys are in the cell `$key`.
final class JSONReader {
  private struct Frame {
    var isObject: Bool
    var path: String
    var isRows: Bool
    var needsComma = false
    var isFresh = true
  }
  let window: ByteWindow
  private let rowPaths: Set<String>
  private var frames: [Frame] = []
  private var hasStarted = false
  private var line = 1
  private var header: Header
  /// The array that `header` belongs to, and the headers of the other arrays.
  private var headerSection = ""
  private var otherHeaders: [String: Header] = [:]
  private let reads: ColumnReads?
  private(set) var elements = 0
  private(set) var sections: Set<String> = []
  /// Scalars outside the rows by path, as far as they have been read.
  private(set) var scalars: [String: String] = [:]
  private static let keyLimit = 4096

  init(_ window: ByteWindow, rows: [String], reads: ColumnReads? = nil) {
    self.window = window
    self.reads = reads
    header = Header([], reads: reads)
    rowPaths = Set(rows)
  }

  /// Reads the next element into `row`.
  ///
  /// - Returns: false at the end of the text.
  func next(into row: inout Row) throws(ImportError) -> Bool {
    while true {
      if !isKnownUniquelyReferenced(&row.buffer) { row.buffer = RowBuffer() }
      row.fault = nil
      do throws(JSONStop) {
        guard let lexer = JSONLexer(window.rest) else { throw .needsMore }
        switch try step(lexer, &row) {
        case .element: return true
        case .end: return false
        case .moved: continue
        }
      } catch {
        switch error {
        case .needsMore:
          try window.checkLimit(line: line)
          if try window.more() { continue }
          if window.rest.allSatisfy({ $0 <= 0x20 }), frames.isEmpty, hasStarted { return false }
          throw failure(window.rest.count, .truncated)
        case .bad(let at, let reason): throw failure(at, reason)
        }
      }
    }
  }

  private enum Step { case element, moved, end }

  /// One step of the outer structure. Nothing is consumed when it throws `.needsMore`.
  private func step(_ lexer: JSONLexer, _ row: inout Row) throws(JSONStop) -> Step {
    var i = lexer.blank(0)
    guard var frame = frames.last else {
      if hasStarted {
        if i < lexer.count { throw .bad(i, .trailingContent) }
        throw .needsMore
      }
      return try begin(lexer, i, path: "", &row)
    }
    var c = try lexer.byte(i)
    if c == (frame.isObject ? 0x7D : 0x5D), frame.needsComma || frame.isFresh {
      consume(lexer, i + 1)
      frames.removeLast()
      return .moved
    }
    if frame.needsComma {
      if c != 0x2C { throw .bad(i, .unexpected(c)) }
      i = lexer.blank(i + 1)
      c = try lexer.byte(i)
    }
    var path = frame.path
    var key: String?
    if frame.isObject {
      let (end, hasEscapes) = try lexer.string(i)
      var name: [UInt8] = []
      if hasEscapes {
        lexer.unescape(i + 1, end, into: &name)
      } else {
        name = Array(UnsafeBufferPointer(start: lexer.base + i + 1, count: end - i - 1))
      }
      i = lexer.blank(try lexer.expect(0x3A, lexer.blank(end + 1)))
      key = String(decoding: name, as: UTF8.self)
      if !frame.isRows, let key { path = path.isEmpty ? key : "\(path).\(key)" }
    }
    _ = try lexer.byte(i)
    frame.needsComma = true
    frame.isFresh = false
    if frame.isRows {
      try element(lexer, i, frame.path, key, &row)
      frames[frames.count - 1] = frame
      return .element
    }
    let depth = frames.count - 1
    let step = try begin(lexer, i, path: path, &row)
    frames[depth] = frame
    return step
  }

  /// Enters a container or takes a scalar.
  private func begin(_ lexer: JSONLexer, _ at: Int, path: String, _ row: inout Row) throws(JSONStop) -> Step {
    let c = try lexer.byte(at)
    if c == 0x5B || c == 0x7B {
      if frames.count >= JSONLexer.depthLimit { throw .bad(at, .tooDeep(limit: JSONLexer.depthLimit)) }
      let inner = path + (c == 0x5B ? "[]" : "")
      let isRows = rowPaths.contains(c == 0x5B ? inner : path + "{}")
      if isRows { sections.insert(c == 0x5B ? inner : path + "{}") }
      hasStarted = true
      consume(lexer, at + 1)
      frames.append(Frame(isObject: c == 0x7B, path: isRows && c == 0x7B ? path + "{}" : inner, isRows: isRows))
      return .moved
    }
    let end = try lexer.value(at, isLast: window.isAtEnd, depth: 0)
    if scalars.count < JSONReader.keyLimit { scalars[path] = JSONReader.text(lexer, at, end) }
    hasStarted = true
    consume(lexer, end)
    return .moved
  }

  private static func text(_ lexer: JSONLexer, _ at: Int, _ end: Int) -> String {
    if lexer.base[at] == 0x22 {
      var bytes: [UInt8] = []
      lexer.unescape(at + 1, end - 1, into: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let bytes = UnsafeRawBufferPointer(start: lexer.base + at, count: end - at)
    return lexer.base[at] == 0x6E ? "" : CellText.string(bytes)
  }

  private func element(_ lexer: JSONLexer, _ at: Int, _ section: String, _ key: String?, _ row: inout Row) throws(JSONStop) {
    let end = try lexer.value(at, isLast: window.isAtEnd, depth: frames.count)
    elements += 1
    row.line = elements
    row.offset = window.offset + at
    row.section = section
    if section != headerSection {
      otherHeaders[headerSection] = header
      header = otherHeaders[section] ?? Header([], reads: reads, prefix: section + ".")
      headerSection = section
    }
    let slice = UnsafeRawBufferPointer(start: lexer.base + at, count: end - at)
    header = try JSONFlattener.fill(&row, slice, header: header, key: key)
    row.header = header
    consume(lexer, end)
  }

  private func consume(_ lexer: JSONLexer, _ length: Int) {
    for index in 0..<length where lexer.base[index] == 0x0A { line += 1 }
    window.consume(length)
  }

  private func failure(_ at: Int, _ reason: JSONProblem.Reason) -> ImportError {
    let before = window.rest.prefix(at).reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    return .json(JSONProblem(offset: window.offset + at, line: line + before, reason: reason))
  }
}
