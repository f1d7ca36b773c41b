/// A time zone: the UTC offsets of a place through the years.
///
/// The rules are read from a TZif file whose bytes the caller hands in, so nothing here touches the disk.
public struct Zone: Hashable, Sendable {
  /// The name it was asked for: `UTC`, `Europe/Amsterdam`.
  public let name: String
  private let transitions: [Int64]  // UTC seconds, ascending
  private let offsets: [Int32]  // offsets[i] holds from transitions[i]
  private let first: Int32  // offset before the first transition
  private let rule: PosixRule?  // after the last transition

  /// Coordinated universal time.
  public static let utc = Zone(fixed: 0, name: "UTC")

  /// A zone with one offset for all time, in seconds east of UTC.
  public init(fixed offset: Int, name: String) {
    self.name = name
    transitions = []
    offsets = []
    first = Int32(offset)
    rule = nil
  }

  /// Reads a TZif file, version 2 or later.
  ///
  /// - Returns: nil when the bytes are not such a file.
  /// - Source: RFC 8536.
  public init?(name: String, tzif bytes: [UInt8]) {
    func big(_ at: Int, _ width: Int) -> Int64 {
      var value: Int64 = bytes[at] & 0x80 != 0 ? -1 : 0
      for index in at..<(at + width) { value = value << 8 | Int64(bytes[index]) }
      return value
    }
    func header(_ at: Int) -> (isutc: Int, isstd: Int, leap: Int, time: Int, type: Int, char: Int)? {
      guard at + 44 <= bytes.count, Array(bytes[at..<(at + 4)]) == Array("TZif".utf8), bytes[at + 4] >= 0x32 else { return nil }
      let c = (0..<6).map { Int(big(at + 20 + $0 * 4, 4)) }
      guard c.allSatisfy({ $0 >= 0 && $0 < 1_000_000 }) else { return nil }
      return (c[0], c[1], c[2], c[3], c[4], c[5])
    }
    guard let v1 = header(0) else { return nil }
    let second = 44 + v1.time * 5 + v1.type * 6 + v1.char + v1.leap * 8 + v1.isstd + v1.isutc
    guard let v2 = header(second), v2.type > 0 else { return nil }
    let timesAt = second + 44
    let indexAt = timesAt + v2.time * 8
    let typesAt = indexAt + v2.time
    let footerAt = typesAt + v2.type * 6 + v2.char + v2.leap * 12 + v2.isstd + v2.isutc
    guard footerAt <= bytes.count else { return nil }
    let types = (0..<v2.type).map { Int32(big(typesAt + $0 * 6, 4)) }
    self.name = name
    transitions = (0..<v2.time).map { big(timesAt + $0 * 8, 8) }
    let indexes = (0..<v2.time).map { Int(bytes[indexAt + $0]) }
    guard indexes.allSatisfy({ $0 < types.count }) else { return nil }
    offsets = indexes.map { types[$0] }
    first = types[0]
    let footer = bytes[footerAt...].drop { $0 == 0x0A }.prefix { $0 != 0x0A }
    rule = PosixRule(String(decoding: footer, as: UTF8.self))
  }

  /// Seconds east of UTC at an instant.
  public func offset(at instant: Instant) -> Int {
    let micro = instant.microseconds
    let second = micro >= 0 ? micro / 1_000_000 : (micro - 999_999) / 1_000_000
    guard let last = transitions.last else { return rule.map { $0.offset(atUTC: second) } ?? Int(first) }
    if second >= last, let rule { return rule.offset(atUTC: second) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? Int(first) : Int(offsets[low - 1])
  }

  /// The local day at an instant.
  public func day(of instant: Instant) -> Day {
    instant.adding(seconds: offset(at: instant)).dayUTC
  }

  /// The instant of a local clock reading.
  ///
  /// A reading inside a gap (clocks go forward) moves forward by the gap; one that occurs twice takes the earlier offset.
  public func instant(day: Day, second: Int = 0, microsecond: Int = 0) -> (instant: Instant, isAmbiguous: Bool) {
    let local = Instant(day: day, second: second, microsecond: microsecond)
    let before = offset(at: local.adding(seconds: -86_400))
    let after = offset(at: local.adding(seconds: 86_400))
    let early = local.adding(seconds: -max(before, after))
    let late = local.adding(seconds: -min(before, after))
    let earlyHolds = offset(at: early) == max(before, after)
    let lateHolds = offset(at: late) == min(before, after)
    switch (earlyHolds, lateHolds) {
    case (true, true): return (early, early != late)
    case (true, false): return (early, false)
    case (false, true): return (late, false)
    case (false, false): return (local.adding(seconds: -before), false)  // the gap: the offset before it still counts
    }
  }

  /// The first instant of a day.
  public func start(of day: Day) -> Instant { instant(day: day).instant }

  /// The last instant of a day.
  public func end(of day: Day) -> Instant { Instant(microseconds: start(of: day + 1).microseconds - 1) }
}

/// The rule after a TZif file's last transition: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixRule: Hashable, Sendable {
  private struct Change: Hashable, Sendable {
    let month: Int, week: Int, weekday: Int, second: Int
  }
  private let standard: Int
  private let summer: Int
  private let changes: [Change]  // to summer, to standard; empty = no summer time

  init?(_ text: String) {
    var rest = Substring(text)
    func name() -> Bool {
      if rest.first == "<" {
        guard let end = rest.firstIndex(of: ">") else { return false }
        rest = rest[rest.index(after: end)...]
        return true
      }
      let letters = rest.prefix { $0.isLetter }
      rest = rest[letters.endIndex...]
      return letters.count >= 3
    }
    func clock() -> Int? {  // [+-]h[h][:mm[:ss]]
      var sign = 1
      if let c = rest.first, c == "-" || c == "+" {
        sign = c == "-" ? -1 : 1
        rest = rest.dropFirst()
      }
      let body = rest.prefix { $0.isNumber || $0 == ":" }
      rest = rest[body.endIndex...]
      let parts = body.split(separator: ":").map { Int($0) ?? 0 }
      guard let hours = parts.first else { return nil }
      return sign * (hours * 3600 + (parts.count > 1 ? parts[1] * 60 : 0) + (parts.count > 2 ? parts[2] : 0))
    }
    guard name(), let west = clock() else { return nil }
    standard = -west
    if rest.isEmpty {
      (summer, changes) = (-west, [])
      return
    }
    guard name() else { return nil }
    var offset = standard + 3600
    if rest.first != "," {
      guard let value = clock() else { return nil }
      offset = -value
    }
    summer = offset
    var found: [Change] = []
    for _ in 0..<2 {
      guard rest.hasPrefix(",M") else { return nil }
      rest = rest.dropFirst(2)
      let date = rest.prefix { $0 != "/" && $0 != "," }
      rest = rest[date.endIndex...]
      let numbers = date.split(separator: ".").compactMap { Int($0) }
      guard numbers.count == 3 else { return nil }
      var second = 7200
      if rest.first == "/" {
        rest = rest.dropFirst()
        guard let value = clock() else { return nil }
        second = value
      }
      found.append(Change(month: numbers[0], week: numbers[1], weekday: numbers[2], second: second))
    }
    changes = found
  }

  func offset(atUTC second: Int64) -> Int {
    guard changes.count == 2 else { return standard }
    let year = Instant(microseconds: (second + Int64(standard)) * 1_000_000).dayUTC.year
    let toSummer = local(changes[0], year) - Int64(standard)
    let toStandard = local(changes[1], year) - Int64(summer)
    let isSummer = toSummer < toStandard ? (second >= toSummer && second < toStandard) : !(second >= toStandard && second < toSummer)
    return isSummer ? summer : standard
  }

  private func local(_ change: Change, _ year: Int) -> Int64 {
    guard let first = Day(year: year, month: change.month, day: 1) else { return 0 }
    let wanted = change.weekday == 0 ? 7 : change.weekday  // POSIX counts Sunday as 0
    var day = first + (wanted - first.weekday + 7) % 7 + (change.week - 1) * 7
    while day.civil.month != change.month { day = day - 7 }  // week 5 means the last
    return Int64(day.ordinal) * 86_400 + Int64(change.second)
  }
}
