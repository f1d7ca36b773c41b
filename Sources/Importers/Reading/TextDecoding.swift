/// Turns UTF-16 into UTF-8, chunk by chunk.
struct UTF16Transcoder {
  let isBigEndian: Bool
  private var odd: UInt8?
  private var high: UInt16?

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Recognises UTF-16 by its byte order mark, or by ASCII with every other byte zero.
  static func sniff(_ head: UnsafeRawBufferPointer) -> (isBigEndian: Bool, markLength: Int)? {
    guard head.count >= 2 else { return nil }
    if head[0] == 0xFF && head[1] == 0xFE { return (false, 2) }
    if head[0] == 0xFE && head[1] == 0xFF { return (true, 2) }
    let sample = min(head.count, 64) & ~1
    guard sample >= 8 else { return nil }
    let even = stride(from: 0, to: sample, by: 2).count { head[$0] == 0 }
    let odd = stride(from: 1, to: sample, by: 2).count { head[$0] == 0 }
    // Letters of the Latin alphabet have one zero byte each, and always the same one.
    return max(even, odd) * 4 < sample || min(even, odd) * 4 > max(even, odd) ? nil : (even > odd, 0)
  }

  mutating func append(_ bytes: [UInt8], into out: inout [UInt8]) {
    var index = 0
    if let first = odd, let second = bytes.first {
      unit(first, second, &out)
      odd = nil
      index = 1
    }
    while index + 1 < bytes.count {
      unit(bytes[index], bytes[index + 1], &out)
      index += 2
    }
    if index < bytes.count { odd = bytes[index] }
  }

  /// Ends the stream: half a character becomes U+FFFD.
  mutating func finish(into out: inout [UInt8]) {
    if odd != nil || high != nil { put(0xFFFD, &out) }
    (odd, high) = (nil, nil)
  }

  private mutating func unit(_ first: UInt8, _ second: UInt8, _ out: inout [UInt8]) {
    let value = isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
    if let lead = high {
      high = nil
      if value & 0xFC00 == 0xDC00 {
        put(0x10000 + (UInt32(lead) & 0x3FF) << 10 + UInt32(value) & 0x3FF, &out)
        return
      }
      put(0xFFFD, &out)
    }
    if value & 0xFC00 == 0xD800 {
      high = value
    } else {
      put(value & 0xFC00 == 0xDC00 ? 0xFFFD : UInt32(value), &out)
    }
  }

  private func put(_ scalar: UInt32, _ out: inout [UInt8]) {
    out.append(contentsOf: Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? [0xEF, 0xBF, 0xBD])
  }
}

/// Text of bytes that should be UTF-8.
enum CellText {
  /// Valid UTF-8 as it is; anything else as Windows-1252.
  @inline(__always)
  static func string(_ bytes: UnsafeRawBufferPointer) -> String {
    if isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return String(validating: bytes, as: UTF8.self) ?? windows1252(bytes)
  }

  /// Whether the bytes are valid UTF-8.
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isASCII(bytes) || String(validating: bytes, as: UTF8.self) != nil
  }

  @inline(__always)
  private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var all: UInt8 = 0
    for index in 0..<bytes.count { all |= bytes[index] }
    return all < 0x80
  }

  private static let upper: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  static func windows1252(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let value = (0x80..<0xA0).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(text)
  }
}
