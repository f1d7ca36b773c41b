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
public struct PinnedLot<Asset: Hashable & Sendable, Account: Hashable & Sendable>: Hashable, Sendable {
  /// The event that took.
  public var event: EventID
  /// What it took.
  public var asset: Asset
  /// Where from.
  public var account: Account
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
    event: EventID, asset: Asset, account: Account, ordinal: Int, lotEvent: EventID?, lotLeg: Int, lotPath: Int, quantity: Decimal
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

/// A pin as the book keeps it.
public typealias LotPin = PinnedLot<AssetID, AccountID>
