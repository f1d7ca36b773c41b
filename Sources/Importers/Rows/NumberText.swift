import Amounts

/// What commas and points mean in the numbers of a format.
public enum NumberStyle: Hashable, Sendable {
  /// `1,234.56`: the point is the decimal sign, commas group thousands.
  case point
  /// `1.234,56`: the comma is the decimal sign, points group thousands.
  case comma
  /// Either, as long as one reading only is possible.
  case either
}

/// Reads the numbers that exporters write: grouping, decimal comma, parentheses, currency signs, exponents. Exact or a reason.
enum NumberText {
  /// A number and the unit written beside it, if any.
  struct Reading {
    var value: Decimal
    var unit: String
  }

  static func read(_ bytes: UnsafeRawBufferPointer, style: NumberStyle, allowsUnit: Bool) -> Result<Reading, RowProblem.Reason> {
    var low = 0
    var high = bytes.count
    var negative = false
    func trim() {
      while low < high, bytes[low] <= 0x20 { low += 1 }
      while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
    }
    func isBody(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2C || byte == 0x27 }
    trim()
    if high - low > 2, bytes[low] == 0x28, bytes[high - 1] == 0x29 {  // (1.50)
      negative = true
      low += 1
      high -= 1
      trim()
    }
    // A sign may stand before or after a currency sign: -€5, €-5, and after the number in some accounting exports: 5-.
    var front: [UInt8] = []
    while low < high, !(bytes[low] &- 0x30 < 10),
      !((bytes[low] == 0x2E || bytes[low] == 0x2C) && low + 1 < high && bytes[low + 1] &- 0x30 < 10)
    {
      if bytes[low] == 0x2D || (bytes[low] == 0xE2 && low + 2 < high && bytes[low + 1] == 0x88 && bytes[low + 2] == 0x92) {
        if negative || front.contains(0x2D) { return .failure(.notANumber) }
        negative = true
        if bytes[low] == 0xE2 { low += 2 }
      } else if bytes[low] != 0x2B {
        front.append(bytes[low])
      } else if negative {
        return .failure(.notANumber)
      }
      low += 1
    }
    var end = low
    while end < high {
      if isBody(bytes[end]) {
        end += 1
      } else if (bytes[end] | 0x20) == 0x65, end + 1 < high,
        bytes[end + 1] &- 0x30 < 10 || ((bytes[end + 1] == 0x2D || bytes[end + 1] == 0x2B) && end + 2 < high && bytes[end + 2] &- 0x30 < 10)
      {
        end += 2
        while end < high, bytes[end] &- 0x30 < 10 { end += 1 }
        break
      } else if (bytes[end] == 0x20 || bytes[end] == 0xA0), end + 3 < high + 0, threeDigits(bytes, end + 1, high) {
        end += 1  // a blank between groups
      } else if bytes[end] == 0xC2, end + 4 < high, bytes[end + 1] == 0xA0, threeDigits(bytes, end + 2, high) {
        end += 2
      } else if bytes[end] == 0xE2, end + 5 < high, bytes[end + 1] == 0x80, bytes[end + 2] == 0xAF, threeDigits(bytes, end + 3, high) {
        end += 3
      } else {
        break
      }
    }
    var back = Array(bytes[end..<high])
    if back == [0x2D] && !negative {
      negative = true
      back = []
    }
    let unit = self.unit(front + back)
    guard let unit, allowsUnit || unit.allSatisfy({ !$0.isLetter }) else { return .failure(.notANumber) }
    return value(Array(bytes[low..<end]), style).map { Reading(value: negative ? -$0 : $0, unit: unit) }
  }

  private static func threeDigits(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ high: Int) -> Bool {
    guard at + 3 <= high else { return false }
    for index in at..<(at + 3) where bytes[index] &- 0x30 > 9 { return false }
    return at + 3 == high || bytes[at + 3] &- 0x30 > 9
  }

  /// Letters and currency signs around the number; nil when there is something else, such as a second number.
  private static func unit(_ bytes: [UInt8]) -> String? {
    let text = bytes.withUnsafeBytes { CellText.string($0) }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0xA0 || scalar.value == 0x202F { continue }
      if "()%;:\"=<>/\\".unicodeScalars.contains(scalar) { return nil }
      out.append(scalar)
    }
    let unit = String(out)
    // A digit without a letter is a second number: `1 2`, but `5 1INCH`.
    return unit.contains(where: \.isNumber) && !unit.contains(where: \.isLetter) ? nil : unit
  }

  /// The value of digits, points, commas, apostrophes, blanks and an exponent.
  private static func value(_ body: [UInt8], _ style: NumberStyle) -> Result<Decimal, RowProblem.Reason> {
    var digits = body.filter { $0 < 0x80 && $0 != 0x20 && $0 != 0x27 }
    var exponent = 0
    if let e = digits.firstIndex(where: { $0 | 0x20 == 0x65 }) {
      var size = 0
      for byte in digits[(e + 1)...] where byte &- 0x30 < 10 { size = min(size * 10 + Int(byte &- 0x30), 10_000) }
      exponent = digits.dropFirst(e + 1).first == 0x2D ? -size : size
      digits.removeSubrange(e...)
    }
    let points = digits.filter { $0 == 0x2E }.count
    let commas = digits.filter { $0 == 0x2C }.count
    let decimal: UInt8?
    switch (points, commas) {
    case (0, 0): decimal = nil
    case (0, _), (_, 0):
      let mark: UInt8 = points > 0 ? 0x2E : 0x2C
      if max(points, commas) > 1 {
        if style == (mark == 0x2E ? .point : .comma) { return .failure(.notANumber) }
        decimal = nil
      } else if style == .point {
        decimal = mark == 0x2E || !isGrouped(digits, mark) ? (mark == 0x2E ? mark : 0) : nil
      } else if style == .comma {
        decimal = mark == 0x2C || !isGrouped(digits, mark) ? (mark == 0x2C ? mark : 0) : nil
      } else {
        if isGrouped(digits, mark) { return .failure(.ambiguousNumber) }
        decimal = mark
      }
    default:
      // Both: the last one is the decimal sign, and it occurs once.
      let last = digits.last { $0 == 0x2E || $0 == 0x2C } ?? 0x2E
      if (last == 0x2E ? points : commas) != 1 || (style == .point && last == 0x2C) || (style == .comma && last == 0x2E) {
        return .failure(.notANumber)
      }
      decimal = last
    }
    if decimal == 0 { return .failure(.notANumber) }
    if !groupsAreWhole(digits, decimal: decimal) { return .failure(.notANumber) }
    let plain = digits.compactMap { (byte: UInt8) -> UInt8? in byte == decimal ? 0x2E : (byte == 0x2E || byte == 0x2C ? nil : byte) }
    guard let value = plain.withUnsafeBytes({ Decimal(utf8: $0) }) else {
      return .failure(plain.contains { $0 &- 0x30 < 10 } ? .numberOutOfRange : .notANumber)
    }
    return scaled(value, exponent)
  }

  /// Whether a single mark could separate thousands: `1,234` but not `12,34`, `0,234` or `1234,567`.
  private static func isGrouped(_ digits: [UInt8], _ mark: UInt8) -> Bool {
    guard let at = digits.firstIndex(of: mark) else { return false }
    return digits.count - at == 4 && at >= 1 && at <= 3 && !(at == 1 && digits[0] == 0x30)
  }

  private static func groupsAreWhole(_ digits: [UInt8], decimal: UInt8?) -> Bool {
    let whole = decimal.flatMap { digits.lastIndex(of: $0) }.map { Array(digits[..<$0]) } ?? digits
    guard let mark = whole.first(where: { $0 == 0x2E || $0 == 0x2C }) else { return true }
    let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
    if groups.contains(where: { $0.contains { $0 &- 0x30 > 9 } }) { return false }
    return (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func scaled(_ value: Decimal, _ exponent: Int) -> Result<Decimal, RowProblem.Reason> {
    if exponent == 0 { return .success(value) }
    if value.isZero { return .success(.zero) }
    let value = value.normalized
    let places = Int(value.scale) - exponent
    if places > 38 || places < -38 { return .failure(.numberOutOfRange) }
    if places >= 0 { return .success(Decimal(mantissa: value.mantissa, scale: UInt8(places))) }
    var mantissa = value.mantissa
    for _ in 0..<(-places) {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      if overflow { return .failure(.numberOutOfRange) }
      mantissa = product
    }
    return .success(Decimal(mantissa: mantissa, scale: 0))
  }
}
