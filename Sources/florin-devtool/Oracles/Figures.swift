import Amounts

/// A number that Florin gave, or that follows from numbers it gave.
enum Got {
  /// An amount, exact.
  case exact(Decimal)
  /// A statistic.
  case rate(Double)
  /// Words or a date.
  case text(String)
  /// Nothing, and why.
  case none(String)

  /// A member of Florin's JSON: a decimal in a string, or null with a reason beside it.
  init(_ object: JSONValue?, _ key: String) {
    guard let object else {
      self = .none("no such row")
      return
    }
    guard let text = object[key]?.scalar else {
      self = .none(object[key + "Why"]?.scalar ?? (object[key] == nil ? "not in the report" : "null"))
      return
    }
    self = Decimal(text).map { .exact($0) } ?? .text(text)
  }

  /// The number as floating point.
  var double: Double? {
    switch self {
    case .exact(let value): value.approximate
    case .rate(let value): value
    case .text, .none: nil
    }
  }

  /// The number, exact.
  var decimal: Decimal? { if case .exact(let value) = self { value } else { nil } }

  /// As it is printed.
  var text: String {
    switch self {
    case .exact(let value): "\(value)"
    case .rate(let value): "\(value)"
    case .text(let text): text
    case .none(let why): "n/a (\(why))"
    }
  }
}

/// Arithmetic on what Florin gave: unknown as soon as a part is.
enum Sum {
  static func of(_ parts: [Got]) -> Got {
    var sum = Decimal.zero
    for part in parts {
      guard let value = part.decimal, let next = try? sum.adding(value) else { return part.decimal == nil ? part : .none("overflow") }
      sum = next
    }
    return .exact(sum)
  }

  /// a - b.
  static func difference(_ a: Got, _ b: Got) -> Got {
    guard let x = a.decimal else { return a }
    guard let y = b.decimal else { return b }
    return (try? x.subtracting(y)).map { .exact($0) } ?? .none("overflow")
  }

  /// a / b, a statistic.
  static func ratio(_ a: Got, _ b: Got) -> Got {
    guard let x = a.double else { return a }
    guard let y = b.double else { return b }
    return y == 0 ? .none("divided by zero") : .rate(x / y)
  }

  /// a / b, 18 places.
  static func quotient(_ a: Got, _ b: Got) -> Got {
    guard let x = a.decimal else { return a }
    guard let y = b.decimal else { return b }
    return (try? x.divided(by: y)).map { .exact($0) } ?? .none("divided by zero")
  }
}

/// Reads numbers as cases write them.
enum CaseNumber {
  /// A decimal, also with an exponent (`9.4E+2`) and with more digits than 18 places need.
  static func decimal(_ text: String) -> Decimal? {
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard let digits = parts.first, let shift = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) : 0 else { return nil }
    let isNegative = digits.hasPrefix("-")
    let plain = digits.drop { $0 == "-" || $0 == "+" }
    let pieces = plain.split(separator: ".", omittingEmptySubsequences: false)
    var whole = pieces.first.map(String.init) ?? ""
    var fraction = pieces.count > 1 ? String(pieces[1]) : ""
    for _ in 0..<max(0, shift) {
      whole.append(fraction.isEmpty ? "0" : fraction.removeFirst())
    }
    for _ in 0..<max(0, -shift) { fraction = (whole.isEmpty ? "0" : String(whole.removeLast())) + fraction }
    fraction = String(fraction.prefix(18))
    return Decimal((isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction))
  }
}
