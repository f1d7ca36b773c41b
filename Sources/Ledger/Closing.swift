public import Amounts

/// A year whose matches of lots are frozen for the accounts of a portfolio.
public struct ClosedYear: Hashable, Sendable {
  /// Its permanent id.
  public var id: Int64
  /// The portfolio's name; empty is the default one.
  public var portfolio: String
  /// The year.
  public var year: Int
  /// The code of the currency in which gains were frozen beside their own.
  public var base: String
  /// When it was closed.
  public var at: Instant

  /// A closed year.
  public init(id: Int64, portfolio: String, year: Int, base: String, at: Instant) {
    self.id = id
    self.portfolio = portfolio
    self.year = year
    self.base = base
    self.at = at
  }
}

/// Units that an event took from a lot, as frozen: whatever takes lots is pinned, transfers and gifts too.
///
/// The lot is named by what does not change when everything is computed again: the event and leg that made it and how many transfers
/// it went through.
public struct LotPin: Hashable, Sendable {
  /// The event that took.
  public var event: EventID
  /// What it took.
  public var asset: AssetID
  /// Where from.
  public var account: AccountID
  /// Counts how often the event takes lots of the asset.
  public var ordinal: Int
  /// The event that made the lot; nil for units that no lot covered.
  public var lotEvent: EventID?
  /// Its leg.
  public var lotLeg: Int
  /// How many transfers the lot went through.
  public var lotPath: Int
  /// Units.
  public var quantity: Decimal

  /// Units taken from a lot.
  public init(
    event: EventID, asset: AssetID, account: AccountID, ordinal: Int, lotEvent: EventID?, lotLeg: Int, lotPath: Int, quantity: Decimal
  ) {
    self.event = event
    self.asset = asset
    self.account = account
    self.ordinal = ordinal
    self.lotEvent = lotEvent
    self.lotLeg = lotLeg
    self.lotPath = lotPath
    self.quantity = quantity
  }
}

/// A part of a disposal with its figures as they were when its year was closed.
public struct FrozenGain: Hashable, Sendable {
  /// The asset disposed of.
  public var asset: AssetID
  /// Where it left.
  public var account: AccountID
  /// What kind of disposal, as the gains report calls it.
  public var kind: String
  /// When the lot was acquired; nil when unknown.
  public var acquired: Instant?
  /// When it was disposed of.
  public var disposed: Instant
  /// Units.
  public var quantity: Decimal
  /// Its share of the proceeds.
  public var proceeds: Figure<Money>
  /// The cost that left with it.
  public var cost: Figure<Money>
  /// Proceeds in the currency of the closing.
  public var proceedsBase: Figure<Decimal>
  /// Cost in the currency of the closing.
  public var costBase: Figure<Decimal>
  /// The event that disposed.
  public var event: EventID
  /// The event that acquired; nil for units that no lot covered.
  public var lotEvent: EventID?

  /// A frozen part of a disposal.
  public init(
    asset: AssetID, account: AccountID, kind: String, acquired: Instant?, disposed: Instant, quantity: Decimal, proceeds: Figure<Money>,
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
}
