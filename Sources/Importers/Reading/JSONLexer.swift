/// Why a scan stopped.
enum JSONStop: Error {
  /// The bytes end inside a value; more may follow.
  case needsMore
  /// The text is wrong at a position.
  case bad(Int, JSONProblem.Reason)
}

/// Strict RFC 8259 over bytes. Every function starts at a position and returns the one behind what it read.
struct JSONLexer {
  let base: UnsafePointer<UInt8>
  let count: Int
  static let depthLimit = 200

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    self.base = base
    count = bytes.count
  }

  @inline(__always)
  func blank(_ at: Int) -> Int {
    var i = at
    while i < count, base[i] == 0x20 || base[i] == 0x0A || base[i] == 0x0D || base[i] == 0x09 { i &+= 1 }
    return i
  }

  @inline(__always)
  func byte(_ at: Int) throws(JSONStop) -> UInt8 {
    guard at < count else { throw .needsMore }
    return base[at]
  }

  func expect(_ wanted: UInt8, _ at: Int) throws(JSONStop) -> Int {
    let found = try byte(at)
    if found != wanted { throw .bad(at, .unexpected(found)) }
    return at + 1
  }

  /// A string from its opening quote: where its content ends, and whether it holds escapes.
  func string(_ at: Int) throws(JSONStop) -> (end: Int, hasEscapes: Bool) {
    var i = try expect(0x22, at)
    let start = i
    var hasEscapes = false
    var isASCII = true
    while true {
      let c = try byte(i)
      if c == 0x22 { break }
      if c < 0x20 { throw .bad(i, .controlCharacter(c)) }
      if c >= 0x80 { isASCII = false }
      if c == 0x5C {
        hasEscapes = true
        i = try escape(i)
      } else {
        i &+= 1
      }
    }
    if !isASCII, !CellText.isValid(UnsafeRawBufferPointer(start: base + start, count: i - start)) { throw .bad(start, .invalidUTF8) }
    return (i, hasEscapes)
  }

  private func escape(_ at: Int) throws(JSONStop) -> Int {
    switch try byte(at + 1) {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return at + 2
    case 0x75:
      let unit = try hex(at + 2)
      if unit & 0xFC00 == 0xDC00 { throw .bad(at, .badEscape) }
      if unit & 0xFC00 != 0xD800 { return at + 6 }
      guard try byte(at + 6) == 0x5C, try byte(at + 7) == 0x75, try hex(at + 8) & 0xFC00 == 0xDC00 else { throw .bad(at, .badEscape) }
      return at + 12
    default: throw .bad(at, .badEscape)
    }
  }

  private func hex(_ at: Int) throws(JSONStop) -> UInt32 {
    var value: UInt32 = 0
    for index in at..<(at + 4) {
      let c = try byte(index)
      let low = c | 0x20
      if c &- 0x30 < 10 {
        value = value << 4 | UInt32(c &- 0x30)
      } else if low >= 0x61 && low <= 0x66 {
        value = value << 4 | UInt32(low - 0x61 + 10)
      } else {
        throw .bad(index, .badEscape)
      }
    }
    return value
  }

  /// Writes the content of a checked string without its escapes.
  func unescape(_ start: Int, _ end: Int, into out: inout [UInt8]) {
    var i = start
    while i < end {
      guard base[i] == 0x5C else {
        out.append(base[i])
        i += 1
        continue
      }
      switch base[i + 1] {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        var scalar = (try? hex(i + 2)) ?? 0xFFFD
        if scalar & 0xFC00 == 0xD800 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + ((try? hex(i + 8)) ?? 0) & 0x3FF
          i += 6
        }
        out.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
        i += 6
        continue
      default: out.append(base[i + 1])
      }
      i += 2
    }
  }

  /// A number. `isLast` says that the bytes end the text, so a number may end there too.
  func number(_ at: Int, isLast: Bool) throws(JSONStop) -> Int {
    var i = at
    func digits() throws(JSONStop) {
      guard try byte(i) &- 0x30 < 10 else { throw .bad(i, .badNumber) }
      while i < count, base[i] &- 0x30 < 10 { i += 1 }
    }
    if try byte(i) == 0x2D { i += 1 }
    if try byte(i) == 0x30 {
      i += 1
      if i < count, base[i] &- 0x30 < 10 { throw .bad(i, .badNumber) }
    } else {
      try digits()
    }
    if i < count, base[i] == 0x2E {
      i += 1
      try digits()
    }
    if i < count, base[i] | 0x20 == 0x65 {
      i += 1
      if try byte(i) == 0x2B || base[i] == 0x2D { i += 1 }
      try digits()
    }
    if i == count && !isLast { throw .needsMore }
    return i
  }

  func literal(_ at: Int) throws(JSONStop) -> Int {
    let word: StaticString = base[at] == 0x74 ? "true" : base[at] == 0x66 ? "false" : "null"
    for index in 0..<word.utf8CodeUnitCount where try byte(at + index) != word.utf8Start[index] { throw .bad(at, .badLiteral) }
    return at + word.utf8CodeUnitCount
  }

  /// Skips a checked value of any kind.
  func value(_ at: Int, isLast: Bool, depth: Int) throws(JSONStop) -> Int {
    if depth > JSONLexer.depthLimit { throw .bad(at, .tooDeep(limit: JSONLexer.depthLimit)) }
    switch try byte(at) {
    case 0x22: return try string(at).end + 1
    case 0x7B:
      return try members(at, close: 0x7D) { (i: Int) throws(JSONStop) -> Int in
        let colon = try expect(0x3A, blank(string(i).end + 1))
        return try value(blank(colon), isLast: isLast, depth: depth + 1)
      }
    case 0x5B:
      return try members(at, close: 0x5D) { (i: Int) throws(JSONStop) -> Int in try value(i, isLast: isLast, depth: depth + 1) }
    case 0x74, 0x66, 0x6E: return try literal(at)
    case 0x2D, 0x30...0x39: return try number(at, isLast: isLast)
    default: throw .bad(at, .unexpected(base[at]))
    }
  }

  /// The comma-separated members between brackets.
  func members(_ at: Int, close: UInt8, _ member: (Int) throws(JSONStop) -> Int) throws(JSONStop) -> Int {
    var i = blank(at + 1)
    if try byte(i) == close { return i + 1 }
    while true {
      i = blank(try member(i))
      let c = try byte(i)
      if c == close { return i + 1 }
      if c != 0x2C { throw .bad(i, .unexpected(c)) }
      i = blank(i + 1)
    }
  }
}
