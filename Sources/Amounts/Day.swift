/// A calendar day of the proleptic Gregorian calendar, counted from 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  public let ordinal: Int32

  /// The day `ordinal` days after 1970-01-01.
  @inline(__always)
  public init(ordinal: Int32) { self.ordinal = ordinal }

  /// The day with these numbers; nil when the calendar has none (2023-02-29) or the year is outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else { return nil }
    self.init(civil: year, month, day)
  }

  /// Source: the days-from-civil construction over 400-year eras with the year starting in March.
  private init(civil year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(ordinal: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  /// Year, month 1...12 and day of the month.
  public var civil: (year: Int, month: Int, day: Int) {
    let z = Int(ordinal) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The calendar year.
  public var year: Int { civil.year }
  /// Months since year 0, for grouping: 2024-03 is 2024 * 12 + 2.
  public var monthOrdinal: Int {
    let (year, month, _) = civil
    return year * 12 + month - 1
  }
  /// 1 Monday ... 7 Sunday.
  public var weekday: Int { ((Int(ordinal) % 7) + 10) % 7 + 1 }

  /// The number of days of a month.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Order in time.
  public static func < (a: Day, b: Day) -> Bool { a.ordinal < b.ordinal }
  /// The day `days` later.
  public static func + (day: Day, days: Int) -> Day { Day(ordinal: day.ordinal &+ Int32(truncatingIfNeeded: days)) }
  /// The day `days` earlier.
  public static func - (day: Day, days: Int) -> Day { day + -days }
  /// Days from `b` to `a`.
  public static func - (a: Day, b: Day) -> Int { Int(a.ordinal) - Int(b.ordinal) }

  /// The same day number `months` later, clamped to the month's end: 31 January + 1 month = 28 or 29 February.
  public func adding(months: Int) -> Day {
    let (year, month, day) = civil
    let total = year * 12 + month - 1 + months
    let newYear = total >= 0 ? total / 12 : (total - 11) / 12
    let newMonth = total - newYear * 12 + 1
    return Day(civil: newYear, newMonth, min(day, Day.length(ofMonth: newMonth, year: newYear)))
  }

  /// The first day of this day's month.
  public var startOfMonth: Day { self - (civil.day - 1) }
}

extension Day: CustomStringConvertible {
  /// Reads `YYYY-MM-DD`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let utf8 = Array(text.utf8)
    guard utf8.count == 10, utf8[4] == 0x2D, utf8[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = utf8[index] &- 0x30
        if digit > 9 { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A non-negative number with leading zeros.
func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value)
  return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}
