/// Turns a checked JSON value into cells.
struct JSONFlattener {
  private let lexer: JSONLexer
  private let buffer: RowBuffer
  private var header: Header
  private var added: [String] = []
  private var last = -1
  private var seen: [Bool]
  private var path: [UInt8] = []
  private var hasDuplicate: String?
  private static let columnLimit = 4096

  /// Fills a row with the cells of a value, and returns the header, grown by paths that were not known.
  ///
  /// - Throws: `.bad` when there are more different paths than any real file has.
  static func fill(_ row: inout Row, _ slice: UnsafeRawBufferPointer, header: Header, key: String?) throws(JSONStop) -> Header {
    row.buffer.reset(raw: slice)
    guard let lexer = JSONLexer(slice) else { return header }
    var flattener = JSONFlattener(lexer: lexer, buffer: row.buffer, header: header)
    if let key {
      let at = row.buffer.count
      Array(key.utf8).withUnsafeBytes { row.buffer.append($0) }
      flattener.path = Array("$key".utf8)
      try flattener.set(at, row.buffer.count)
      flattener.path = []
    }
    if slice[0] == 0x5B {
      try flattener.array(0)
    } else {
      _ = try flattener.value(0)
    }
    if let name = flattener.hasDuplicate { row.fault = RowProblem(line: row.line, column: name, reason: .duplicateKey) }
    return flattener.header
  }

  private init(lexer: JSONLexer, buffer: RowBuffer, header: Header) {
    self.lexer = lexer
    self.buffer = buffer
    self.header = header
    seen = Array(repeating: false, count: header.names.count)
  }

  private mutating func set(_ start: Int, _ end: Int) throws(JSONStop) {
    let column: Int
    if let found = header.column(path: path, after: last) {
      column = found
    } else {
      if header.names.count >= JSONFlattener.columnLimit { throw .bad(0, .tooManyKeys(limit: JSONFlattener.columnLimit)) }
      column = header.names.count
      header = Header(header.names + [String(decoding: path, as: UTF8.self)], reads: header.reads, prefix: header.prefix)
      seen.append(false)
    }
    if seen[column] { hasDuplicate = header.names[column] }
    seen[column] = true
    last = column
    buffer.setCell(column, start, end)
  }

  private mutating func value(_ at: Int) throws(JSONStop) -> Int {
    switch lexer.base[at] {
    case 0x7B: return try object(at)
    case 0x22:
      let (end, hasEscapes) = try lexer.string(at)
      if hasEscapes {
        var text: [UInt8] = []
        lexer.unescape(at + 1, end, into: &text)
        let start = buffer.count
        text.withUnsafeBytes { buffer.append($0) }
        try setNamed(start, buffer.count)
      } else {
        try setNamed(at + 1, end)
      }
      return end + 1
    default:
      let end = try lexer.value(at, isLast: true, depth: 0)
      try setNamed(at, lexer.base[at] == 0x6E ? at : end)
      return end
    }
  }

  private mutating func setNamed(_ start: Int, _ end: Int) throws(JSONStop) {
    if !path.isEmpty { return try set(start, end) }
    path = Array("value".utf8)
    try set(start, end)
    path = []
  }

  private mutating func object(_ at: Int) throws(JSONStop) -> Int {
    let depth = path.count
    var i = lexer.blank(at + 1)
    while lexer.base[i] != 0x7D {
      let (end, hasEscapes) = try lexer.string(i)
      if depth > 0 { path.append(0x2E) }
      if hasEscapes {
        lexer.unescape(i + 1, end, into: &path)
      } else {
        path.append(contentsOf: UnsafeBufferPointer(start: lexer.base + i + 1, count: end - i - 1))
      }
      i = try value(lexer.blank(lexer.blank(end + 1) + 1))
      path.removeLast(path.count - depth)
      i = lexer.blank(i)
      if lexer.base[i] == 0x2C { i = lexer.blank(i + 1) }
    }
    return i + 1
  }

  private mutating func array(_ at: Int) throws(JSONStop) {
    var i = lexer.blank(at + 1)
    var index = 0
    while lexer.base[i] != 0x5D {
      path = Array(String(index).utf8)
      i = lexer.blank(try value(i))
      path = []
      index += 1
      if lexer.base[i] == 0x2C { i = lexer.blank(i + 1) }
    }
  }
}

extension Row {
  /// The elements of the array in a cell, as rows of their own with this row's line; empty when there is none.
  public func children(_ name: String) throws(RowProblem) -> [Row] {
    let bytes = bytes(header.column(name))
    if bytes.isEmpty { return [] }
    guard bytes[0] == 0x5B, let lexer = JSONLexer(bytes) else { throw problem(name, .notCovered) }
    var rows: [Row] = []
    var header = Header([], reads: self.header.reads, prefix: "\(self.header.prefix)\(name)[].")
    var i = lexer.blank(1)
    do throws(JSONStop) {
      while i < lexer.count, lexer.base[i] != 0x5D {
        let end = try lexer.value(i, isLast: true, depth: 0)
        var row = Row(header: header)
        (row.line, row.offset, row.section, row.style, row.zone) = (line, offset, name + "[]", style, zone)
        header = try JSONFlattener.fill(&row, UnsafeRawBufferPointer(rebasing: bytes[i..<end]), header: header, key: nil)
        row.header = header
        rows.append(row)
        i = lexer.blank(end)
        if i < lexer.count, lexer.base[i] == 0x2C { i = lexer.blank(i + 1) }
      }
    } catch {
      throw problem(name, .notCovered)
    }
    return rows
  }
}
