import Amounts
public import Ledger

/// Years that are closed: their gains are what they were, and what their events took from lots is what they took.
///
/// - A closed year's gains are shown as frozen, whatever has become of their events; what the facts would give now is a
///   ``ClosingDifference``. A disposal that came into the year afterwards moves units but has no gain until the year is reopened.
/// - Lots that are open cost what the facts say now. When a purchase is corrected after some of it was sold in a closed year, the
///   closed gain keeps its cost, and what is left of the lot costs its corrected share.
/// - Pinned lots that are no longer there are replaced by those the method takes.
public struct Closings: Hashable, Sendable {
  /// The closed years, in the order they were closed.
  public var years: [ClosedYear] = []
  /// What their events took.
  public var pins: [LotPin] = []
  /// Their gains; the amounts in base are in the book's currency of totals.
  public var gains: [GainPiece] = []
  /// Whether booking notes what every event takes; only while a year is being closed.
  var isRecording = false

  /// Nothing is closed.
  public init() {}

  /// Whether a year is closed for a portfolio.
  public func isClosed(_ year: Int, of portfolio: String) -> Bool { years.contains { $0.year == year && $0.portfolio == portfolio } }
}

/// Closed years by what booking asks for.
struct FrozenYears: Sendable {
  private struct Key: Hashable {
    let event: Int64
    let asset: Int32
    let account: Int32
    let ordinal: Int
  }
  private let pins: [Key: [LotPin]]
  private let gains: [AssetID: [GainPiece]]
  /// By portfolio place: first and last moment of each closed year.
  private let spans: [[ClosedRange<Int64>]]
  /// Whether no year is closed and nothing is noted.
  let isNothing: Bool
  /// Whether what events take is noted.
  let isRecording: Bool

  init(_ book: Book, _ rules: RulePlan) {
    let closings = book.closings
    isRecording = closings.isRecording
    isNothing = closings.years.isEmpty && !isRecording
    var pins: [Key: [LotPin]] = [:]
    for pin in closings.pins {
      pins[Key(event: pin.event.raw, asset: pin.asset.raw, account: pin.account.raw, ordinal: pin.ordinal), default: []].append(pin)
    }
    self.pins = pins
    gains = Dictionary(grouping: closings.gains, by: \.asset)
    var spans = [[ClosedRange<Int64>]](repeating: [], count: rules.portfolioCount)
    for closed in closings.years {
      guard let place = rules.place(of: closed.portfolio) else { continue }
      spans[place].append(FrozenYears.span(of: closed.year, in: book.settings.zone))
    }
    self.spans = spans
  }

  /// The first and last moment of a year in a zone.
  static func span(of year: Int, in zone: Zone) -> ClosedRange<Int64> {
    guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else { return 0...0 }
    return zone.start(of: first).microseconds...zone.end(of: last).microseconds
  }

  /// Whether a moment is in a closed year of a portfolio.
  func isClosed(_ time: Int64, _ portfolio: Int) -> Bool { spans[portfolio].contains { $0.contains(time) } }

  /// What an event took; nil when it is not pinned.
  func taken(by event: Int64, _ asset: Int32, _ account: Int32, _ ordinal: Int) -> [LotPin]? {
    pins.isEmpty ? nil : pins[Key(event: event, asset: asset, account: account, ordinal: ordinal)]
  }

  /// The frozen gains of an asset up to a moment.
  func gains(of asset: AssetID, upTo end: Int64) -> [GainPiece] {
    (gains[asset] ?? []).filter { $0.disposed.microseconds <= end }
  }
}

extension Book {
  /// Whether a year is closed in every portfolio that has an account in view.
  public func isClosed(_ year: Int) -> Bool {
    let portfolios = Set(accounts.values.filter { isInView($0.id) }.map(\.portfolio))
    return !portfolios.isEmpty && portfolios.allSatisfy { closings.isClosed(year, of: $0) }
  }

  /// What closing a year of a portfolio freezes: what its events take, and its gains. Years that are closed already stay as they are.
  public func matches(of year: Int, in portfolio: String) -> (pins: [LotPin], gains: [GainPiece]) {
    var book = self
    book.view = nil
    book.closings.isRecording = true
    let booking = book.booked(pieces: true)
    let accounts = accounts(of: [portfolio])
    let span = FrozenYears.span(of: year, in: settings.zone)
    let events = Set(self.events.indices.filter { span.contains(self.events.times[$0]) }.map { self.events.ids[$0] })
    return (
      booking.pins.filter { accounts.contains($0.account) && events.contains($0.event.raw) },
      booking.pieces.filter { accounts.contains($0.account) && span.contains($0.disposed.microseconds) }
    )
  }
}
