public import Amounts

/// What a disposal was. The raw value is the `kind` of the gains report.
public enum DisposalKind: String, CaseIterable, Hashable, Sendable {
  case sell, swap, fee, redemption, writeoff, liquidation, gift, rocExcess, slash, delivery
  /// Units that were owed, given back: what they were worth when they came, against what the units given back cost.
  case repay
}

/// A part of a disposal matched with a lot: as the book has it now, or as it was when its year was closed.
public struct GainPiece: Hashable, Sendable {
  /// The asset disposed of.
  public var asset: AssetID
  /// Where it left.
  public var account: AccountID
  /// What kind of disposal.
  public var kind: DisposalKind
  /// When the lot was acquired; nil when unknown.
  public var acquired: Instant?
  /// When it was disposed of.
  public var disposed: Instant
  /// Units.
  public var quantity: Decimal
  /// This part's share of the proceeds.
  public var proceeds: Figure<Money>
  /// The cost that left with it.
  public var cost: Figure<Money>
  /// Proceeds in base at the disposal's rate.
  public var proceedsBase: Figure<Decimal>
  /// Cost in base at the acquisition's rate.
  public var costBase: Figure<Decimal>
  /// The event that disposed.
  public var event: EventID
  /// The event that acquired; nil for the short part.
  public var lotEvent: EventID?

  /// A matched part of a disposal.
  public init(
    asset: AssetID, account: AccountID, kind: DisposalKind, acquired: Instant?, disposed: Instant, quantity: Decimal,
    proceeds: Figure<Money>,
    cost: Figure<Money>, proceedsBase: Figure<Decimal>, costBase: Figure<Decimal>, event: EventID, lotEvent: EventID?
  ) {
    self.asset = asset
    self.account = account
    self.kind = kind
    self.acquired = acquired
    self.disposed = disposed
    self.quantity = quantity
    self.proceeds = proceeds
    self.cost = cost
    self.proceedsBase = proceedsBase
    self.costBase = costBase
    self.event = event
    self.lotEvent = lotEvent
  }

  /// Proceeds less cost in their own currency; unknown when those differ.
  public var gain: Figure<Money> {
    proceeds.and(cost) { (p, c) throws(DecimalError) in (p, c) }.flatGain
  }

  /// Proceeds less cost in base.
  public var gainBase: Figure<Decimal> {
    proceedsBase.and(costBase) { (p, c) throws(DecimalError) in try p.subtracting(c) }
  }
}

extension Figure where Value == (Money, Money) {
  /// First less second, when both are in one currency.
  fileprivate var flatGain: Figure<Money> {
    switch self {
    case .unknown(let why): .unknown(why)
    case .known(let (a, b)): a.adding(Money(-b.amount, b.currency))
    }
  }
}
