public import Amounts
public import Ledger

/// When a row says something happened: an instant, or a day without a time.
public struct Moment: Hashable, Sendable {
  /// The instant; for a day its first one.
  public var instant: Instant
  /// The local day when the row gives no time.
  public var dateOnly: Day?
  /// The zone the day or the clock is in.
  public var zone: Zone
  /// The text as written, when it is not simply ISO in UTC.
  public var text: String?
  /// The clock reading occurs twice in its zone; the earlier one was taken.
  public var isAmbiguous = false

  /// An instant.
  public init(_ instant: Instant) {
    self.instant = instant
    zone = .utc
  }

  /// A day of a zone.
  public init(_ day: Day, zone: Zone = .utc) {
    instant = zone.start(of: day)
    dateOnly = day
    self.zone = zone
  }

  /// The place an event of this kind takes in a day without a time: what brings units at the start, transfers at noon, the rest at the end.
  public func time(for kind: EventKind) -> Instant {
    guard let day = dateOnly else { return instant }
    switch kind.rank {
    case 0...5, 7: return zone.start(of: day)
    case 6: return zone.instant(day: day, second: 43_200).instant
    default: return zone.end(of: day)
    }
  }
}

extension Row {
  /// The time in a cell. Without patterns it is ISO 8601, with or without zone or time; a text without a zone is in `zone`, which by
  /// default is the import's zone.
  ///
  /// - Parameter patterns: forms as ``TimePattern`` writes them, tried in order: `"dd/MM/yyyy HH:mm[:ss]"`.
  public func moment(_ name: String, _ patterns: [String] = [], zone: Zone? = nil) throws(RowProblem) -> Moment {
    guard let moment = try optionalMoment(name, patterns, zone: zone) else { throw problem(name, .missing) }
    return moment
  }

  /// The time in a cell; nil when it is empty.
  public func optionalMoment(_ name: String, _ patterns: [String] = [], zone: Zone? = nil) throws(RowProblem) -> Moment? {
    let column = header.column(name)
    let bytes = bytes(column)
    if bytes.isEmpty { return nil }
    let zone = zone ?? self.zone
    var found: Moment?
    if patterns.isEmpty {
      found = Row.iso(bytes, zone)
    } else {
      for pattern in patterns where found == nil { found = Row.read(bytes, TimePattern(pattern), zone) }
    }
    guard let found else {
      throw problem(name, .notATime(expected: patterns.isEmpty ? "YYYY-MM-DD HH:MM:SS" : patterns.joined(separator: " or ")))
    }
    try checkYear(found, name)
    if found.isAmbiguous { buffer.remark = "\(CellText.string(bytes)) occurs twice in \(zone.name); the earlier one was taken" }
    return found
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size.
  public func epoch(_ name: String) throws(RowProblem) -> Moment {
    let value = try decimal(name)
    let size = value.magnitude.rounded(to: 0).mantissa
    let perUnit: Decimal = size < 100_000_000_000 ? 1_000_000 : size < 100_000_000_000_000 ? 1000 : 1
    let nano = size >= 100_000_000_000_000_000
    let scaled = nano ? try? value.divided(by: 1000, places: 0) : try? value.multiplied(by: perUnit, places: 0)
    guard let scaled, let micro = Int64(exactly: scaled.rounded(to: 0).mantissa) else {
      throw problem(name, .notATime(expected: "seconds since 1970"))
    }
    let moment = Moment(Instant(microseconds: micro))
    try checkYear(moment, name)
    return moment
  }

  /// A day in a cell that must not be empty.
  public func day(_ name: String, _ patterns: [String] = []) throws(RowProblem) -> Day {
    guard let day = try optionalDay(name, patterns) else { throw problem(name, .missing) }
    return day
  }

  /// A day in a cell; nil when it is empty. A time behind the date is ignored.
  public func optionalDay(_ name: String, _ patterns: [String] = []) throws(RowProblem) -> Day? {
    let moment: Moment?
    do throws(RowProblem) {
      moment = try optionalMoment(name, patterns, zone: .utc)
    } catch {
      guard patterns.isEmpty, case .notATime = error.reason else { throw error }
      throw problem(name, .notATime(expected: "YYYY-MM-DD"))
    }
    guard let moment else { return nil }
    return moment.dateOnly ?? moment.instant.dayUTC
  }

  private func checkYear(_ moment: Moment, _ name: String) throws(RowProblem) {
    let year = (moment.dateOnly ?? moment.instant.dayUTC).year
    if !(1970...2100).contains(year) { throw problem(name, .implausibleYear(year)) }
  }

  @inline(__always)
  static func iso(_ bytes: UnsafeRawBufferPointer, _ zone: Zone) -> Moment? {
    guard let clock = ClockText(utf8: bytes) else { return nil }
    if clock.isDateOnly { return Moment(clock.day, zone: zone) }
    return moment(clock.day, clock.second, clock.microsecond, clock.offset, zone, bytes)
  }

  private static func read(_ bytes: UnsafeRawBufferPointer, _ pattern: TimePattern, _ zone: Zone) -> Moment? {
    guard let (day, reading) = pattern.read(bytes) else { return nil }
    if !reading.hasTime { return Moment(day, zone: zone) }
    let second = reading.hour * 3600 + reading.minute * 60 + reading.second
    return moment(day, second, reading.microsecond, reading.offset, zone, bytes)
  }

  private static func moment(
    _ day: Day, _ second: Int, _ microsecond: Int, _ offset: Int?, _ zone: Zone, _ bytes: UnsafeRawBufferPointer
  ) -> Moment {
    if let offset {
      var moment = Moment(Instant(day: day, second: second, microsecond: microsecond).adding(seconds: -offset))
      if offset != 0 { moment.text = CellText.string(bytes) }
      return moment
    }
    if zone.name == "UTC" { return Moment(Instant(day: day, second: second, microsecond: microsecond)) }
    let (instant, isAmbiguous) = zone.instant(day: day, second: second, microsecond: microsecond)
    var moment = Moment(instant)
    moment.zone = zone
    moment.text = CellText.string(bytes) + " " + zone.name
    moment.isAmbiguous = isAmbiguous
    return moment
  }
}

extension EventDraft {
  /// An event at the moment a row names.
  public init(_ kind: EventKind, at moment: Moment, asset: AssetRef, quantity: Decimal? = nil) {
    self.init(kind, at: moment.time(for: kind), asset: asset, quantity: quantity)
    isDateOnly = moment.dateOnly != nil
    if let text = moment.text { detail { $0.timeText = text } }
  }
}
