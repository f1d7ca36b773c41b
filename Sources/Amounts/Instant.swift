/// A point in time: microseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch; negative before.
  public let microseconds: Int64

  /// The instant `microseconds` after the epoch.
  @inline(__always)
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The instant at `second` seconds and `microsecond` microseconds after midnight UTC of `day`.
  @inline(__always)
  public init(day: Day, second: Int = 0, microsecond: Int = 0) {
    self.init(microseconds: (Int64(day.ordinal) * 86_400 + Int64(second)) * 1_000_000 + Int64(microsecond))
  }

  /// The UTC day.
  @inline(__always)
  public var dayUTC: Day {
    let perDay: Int64 = 86_400_000_000
    let days = microseconds >= 0 ? microseconds / perDay : (microseconds - perDay + 1) / perDay
    return Day(ordinal: Int32(truncatingIfNeeded: days))
  }

  /// Order in time.
  public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

  /// The instant `seconds` later.
  public func adding(seconds: Int) -> Instant { Instant(microseconds: microseconds &+ Int64(seconds) &* 1_000_000) }
}

extension Instant: CustomStringConvertible {
  /// Reads ISO 8601 with a zone: `2024-03-01T12:00:00Z`, optional fraction (1-6 digits are kept, more are cut), `Z`, `+02:00`,
  /// `+0200` or `+02`. Seconds may be missing. A space may stand for the `T`.
  public init?(_ text: some StringProtocol) {
    guard let parts = ClockText(text), let offset = parts.offset else { return nil }
    self = Instant(day: parts.day, second: parts.second, microsecond: parts.microsecond).adding(seconds: -offset)
  }

  /// ISO 8601 in UTC, with only as many fractional digits as are needed: `2024-03-01T12:00:00Z`.
  public var description: String {
    let day = dayUTC
    let rest = microseconds - Int64(day.ordinal) * 86_400_000_000
    let second = Int(rest / 1_000_000)
    var fraction = Int(rest % 1_000_000)
    var text = "\(day)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    if fraction != 0 {
      var digits = 6
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      text += "." + padded(fraction, digits)
    }
    return text + "Z"
  }
}

/// The parts of an ISO-like date and time: `YYYY-MM-DD[T ]HH:MM[:SS[.ffffff]][zone]`, or the date alone.
public struct ClockText: Sendable {
  /// The local day.
  public let day: Day
  /// Seconds after local midnight, 0..<86400 (a leap second 60 counts as 59).
  public let second: Int
  /// Microseconds of the second; further digits are cut.
  public let microsecond: Int
  /// Seconds east of UTC when the text names a zone.
  public let offset: Int?
  /// Whether the text was a date without a time.
  public let isDateOnly: Bool

  /// Reads the text; nil when it is not of this form or names an impossible date or time.
  public init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let parts = copy.withUTF8({ ClockText(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = parts
  }

  /// Reads the bytes.
  public init?(utf8: UnsafeRawBufferPointer) {
    let count = utf8.count
    func digits(_ start: Int, _ length: Int) -> Int? {
      guard start + length <= count else { return nil }
      var value = 0
      for index in start..<(start + length) {
        let digit = utf8[index] &- 0x30
        if digit > 9 { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    func byte(_ index: Int) -> UInt8 { index < count ? utf8[index] : 0 }
    guard let year = digits(0, 4), byte(4) == 0x2D, let month = digits(5, 2), byte(7) == 0x2D, let dayOfMonth = digits(8, 2),
      let day = Day(year: year, month: month, day: dayOfMonth)
    else { return nil }
    self.day = day
    if count == 10 {
      (second, microsecond, offset, isDateOnly) = (0, 0, nil, true)
      return
    }
    guard byte(10) == 0x54 || byte(10) == 0x20, let hour = digits(11, 2), byte(13) == 0x3A, let minute = digits(14, 2), hour < 24,
      minute < 60
    else { return nil }
    var index = 16
    var seconds = 0
    var fraction = 0
    if byte(index) == 0x3A {
      guard let value = digits(index + 1, 2), value <= 60 else { return nil }
      seconds = min(value, 59)
      index += 3
      if byte(index) == 0x2E {
        index += 1
        var kept = 0
        let start = index
        while index < count, utf8[index] &- 0x30 <= 9 {
          if kept < 6 {
            fraction = fraction * 10 + Int(utf8[index] &- 0x30)
            kept += 1
          }
          index += 1
        }
        if index == start { return nil }
        while kept < 6 {
          fraction *= 10
          kept += 1
        }
      }
    }
    second = hour * 3600 + minute * 60 + seconds
    microsecond = fraction
    isDateOnly = false
    if index == count {
      offset = nil
      return
    }
    if byte(index) == 0x20 { index += 1 }
    if (byte(index) == 0x5A || byte(index) == 0x7A), index + 1 == count {
      offset = 0
      return
    }
    if count - index == 3, byte(index) == 0x55, byte(index + 1) == 0x54, byte(index + 2) == 0x43 {  // UTC
      offset = 0
      return
    }
    guard byte(index) == 0x2B || byte(index) == 0x2D, let hours = digits(index + 1, 2), hours <= 14 else { return nil }
    let sign = byte(index) == 0x2D ? -1 : 1
    index += 3
    var minutes = 0
    if byte(index) == 0x3A { index += 1 }
    if index < count {
      guard let value = digits(index, 2), value < 60 else { return nil }
      minutes = value
      index += 2
    }
    guard index == count else { return nil }
    offset = sign * (hours * 3600 + minutes * 60)
  }
}
