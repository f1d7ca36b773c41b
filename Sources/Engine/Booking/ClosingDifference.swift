public import Amounts
public import Ledger

/// A disposal of a closed year that the facts and rules of today would book otherwise.
public struct ClosingDifference: Hashable, Sendable {
  /// Why it would.
  public enum Cause: String, CaseIterable, Hashable, Sendable {
    /// The event is gone, or no longer disposes.
    case gone
    /// It was not there when the year was closed.
    case new
    /// Other units are disposed of.
    case quantity
    /// Other lots are matched: another method, or other lots to choose from.
    case lots
    /// The proceeds are others.
    case proceeds
    /// The same lots cost something else.
    case cost
    /// Only the amounts in base differ: exchange rates have changed.
    case rates
  }
  /// The closed year.
  public var closed: ClosedYear
  /// What is disposed of.
  public var asset: AssetID
  /// Where it leaves.
  public var account: AccountID
  /// The event.
  public var event: EventID
  /// When.
  public var disposed: Instant
  /// What kind of disposal.
  public var kind: DisposalKind
  /// Units as frozen.
  public var quantity: Decimal
  /// Units now.
  public var quantityNow: Decimal
  /// Gain in base as frozen.
  public var gain: Figure<Decimal>
  /// Gain in base now.
  public var gainNow: Figure<Decimal>
  /// Why.
  public var cause: Cause
}

extension Book {
  /// The book as if no year were closed.
  public var reopened: Book {
    var book = self
    book.closings = Closings()
    return book
  }

  /// What would change if all closed years were reopened, by time, event and asset.
  ///
  /// - Complexity: a booking of everything; nothing while no year is closed.
  public func closingDifferences() -> [ClosingDifference] {
    if closings.years.isEmpty { return [] }
    var now = reopened
    now.view = nil
    let pieces = now.booked(pieces: true).pieces
    var found: [ClosingDifference] = []
    for closed in closings.years {
      let accounts = accounts(of: [closed.portfolio])
      let span = FrozenYears.span(of: closed.year, in: settings.zone)
      func isMeant(_ account: AccountID, _ time: Instant) -> Bool { accounts.contains(account) && span.contains(time.microseconds) }
      var disposals: [DisposalKey: (then: [GainPiece], now: [GainPiece])] = [:]
      for frozen in closings.gains where isMeant(frozen.account, frozen.disposed) {
        disposals[DisposalKey(frozen), default: ([], [])].then.append(frozen)
      }
      for piece in pieces where isMeant(piece.account, piece.disposed) {
        disposals[DisposalKey(piece), default: ([], [])].now.append(piece)
      }
      for (key, (then, now)) in disposals {
        if let cause = ClosingDifference.cause(then, now), let first = then.first ?? now.first {
          found.append(
            ClosingDifference(
              closed: closed, asset: key.asset, account: key.account, event: key.event, disposed: first.disposed, kind: key.kind,
              quantity: then.units, quantityNow: now.units, gain: then.gain, gainNow: now.gain, cause: cause))
        }
      }
    }
    return found.sorted { a, b in
      (a.disposed, a.event, a.asset, a.account, a.kind.rawValue) < (b.disposed, b.event, b.asset, b.account, b.kind.rawValue)
    }
  }
}

/// A disposal: an event may dispose of several assets, and of one asset as a sale and as a fee.
private struct DisposalKey: Hashable {
  let event: EventID
  let asset: AssetID
  let account: AccountID
  let kind: DisposalKind

  init(_ piece: GainPiece) { (event, asset, account, kind) = (piece.event, piece.asset, piece.account, piece.kind) }
}

extension [GainPiece] {
  fileprivate var units: Decimal { reduce(.zero) { (try? $0.adding($1.quantity)) ?? $0 } }
  fileprivate var gain: Figure<Decimal> {
    reduce(.known(.zero)) { sum, piece in sum.with(piece.gainBase) { (a, b) throws(DecimalError) in try a.adding(b) } }
  }
}

extension ClosingDifference {
  /// The heaviest difference between two matchings of one disposal; nil when there is none.
  fileprivate static func cause(_ then: [GainPiece], _ now: [GainPiece]) -> Cause? {
    if now.isEmpty { return .gone }
    if then.isEmpty { return .new }
    if then.units != now.units { return .quantity }
    func differ<Part: Equatable>(_ part: (GainPiece) -> Part) -> Bool { then.map(part) != now.map(part) }
    if differ({ [$0.lotEvent?.raw, $0.acquired?.microseconds] }) || differ(\.quantity) { return .lots }
    if differ(\.proceeds) { return .proceeds }
    if differ(\.cost) { return .cost }
    return differ(\.proceedsBase) || differ(\.costBase) ? .rates : nil
  }
}
