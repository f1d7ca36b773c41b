/// A JSON text as a tree, for the small reference files the tool compares with. Numbers stay text.
enum JSONValue {
  case object([String: JSONValue])
  case array([JSONValue])
  case text(String)
  case number(String)
  case bool(Bool)
  case null

  /// The member of an object.
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  /// The members of an object in key order.
  var members: [(key: String, value: JSONValue)] {
    if case .object(let members) = self { return members.sorted { $0.key < $1.key } }
    return []
  }

  /// The elements of an array.
  var elements: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  /// The text of a string or number.
  var scalar: String? {
    switch self {
    case .text(let text), .number(let text): text
    default: nil
    }
  }

  /// Reads a text; nil when it is not JSON.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let value = reader.value() else { return nil }
    self = value
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    private mutating func skip() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }

    private mutating func take(_ byte: UInt8) -> Bool {
      skip()
      guard at < bytes.count, bytes[at] == byte else { return false }
      at += 1
      return true
    }

    mutating func value() -> JSONValue? {
      skip()
      guard at < bytes.count else { return nil }
      switch bytes[at] {
      case UInt8(ascii: "{"): return object()
      case UInt8(ascii: "["): return array()
      case UInt8(ascii: "\""): return string().map { .text($0) }
      default: return word()
      }
    }

    private mutating func object() -> JSONValue? {
      at += 1
      var members: [String: JSONValue] = [:]
      if take(UInt8(ascii: "}")) { return .object(members) }
      repeat {
        skip()
        guard let key = string(), take(UInt8(ascii: ":")), let value = value() else { return nil }
        members[key] = value
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "}")) ? .object(members) : nil
    }

    private mutating func array() -> JSONValue? {
      at += 1
      var elements: [JSONValue] = []
      if take(UInt8(ascii: "]")) { return .array(elements) }
      repeat {
        guard let value = value() else { return nil }
        elements.append(value)
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private mutating func string() -> String? {
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
      at += 1
      var text: [UInt8] = []
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
        if bytes[at] == UInt8(ascii: "\\") {
          at += 1
          guard at < bytes.count else { return nil }
          switch bytes[at] {
          case UInt8(ascii: "n"): text.append(10)
          case UInt8(ascii: "t"): text.append(9)
          case UInt8(ascii: "r"): text.append(13)
          case UInt8(ascii: "b"): text.append(8)
          case UInt8(ascii: "f"): text.append(12)
          case UInt8(ascii: "u"):
            guard let scalar = escaped() else { return nil }
            text += Array(String(Character(scalar)).utf8)
          default: text.append(bytes[at])
          }
        } else {
          text.append(bytes[at])
        }
        at += 1
      }
      at += 1
      return String(decoding: text, as: UTF8.self)
    }

    /// The scalar of `uXXXX`, with its second half where it is a surrogate; leaves the place at the last digit.
    private mutating func escaped() -> Unicode.Scalar? {
      func unit() -> UInt32? {
        guard at + 4 < bytes.count else { return nil }
        return UInt32(String(decoding: bytes[(at + 1)...(at + 4)], as: UTF8.self), radix: 16)
      }
      guard let first = unit() else { return nil }
      at += 4
      guard 0xD800..<0xDC00 ~= first, at + 6 < bytes.count else { return Unicode.Scalar(first) }
      at += 2
      guard let second = unit(), second >= 0xDC00 else { return nil }
      at += 4
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func word() -> JSONValue? {
      let start = at
      while at < bytes.count, bytes[at] > 0x20, !",]}".utf8.contains(bytes[at]) { at += 1 }
      switch String(decoding: bytes[start..<at], as: UTF8.self) {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null": return .null
      case "": return nil
      case let number: return .number(number)
      }
    }
  }
}
