public import Amounts

/// A row of florin.settings.v1: a setting, a choice of lot rule, or what is said of a portfolio.
public struct SettingDraft: Hashable, Sendable {
  /// What is set: a setting's name; with a portfolio also `portfolio` (it exists), `base` and `timezone`.
  public var key: String
  /// What it is set to.
  public var value: String
  /// What people call the portfolio it is for; nil is all.
  public var portfolio: String?
  /// The first day it holds; nil is the beginning.
  public var from: Day?
  /// The line it came from.
  public var line = 0

  /// A setting.
  public init(_ key: String, _ value: String, portfolio: String? = nil, from: Day? = nil) {
    self.key = key
    self.value = value
    self.portfolio = portfolio
    self.from = from
  }
}

/// A row of florin.closings.v1: a closed year, or a part of what it froze. Events go by Florin's own numbers.
public struct ClosingDraft: Hashable, Sendable {
  /// What a row tells.
  public enum Row: Hashable, Sendable {
    /// The year is closed: the code of the currency of totals then, and when it was closed.
    case year(base: String, at: Instant)
    /// Units that an event took from a lot.
    case pin(Pin)
    /// A part of a disposal with its figures.
    case gain(Gain)
  }

  /// Units that an event took from a lot, by the names that files use.
  public typealias Pin = PinnedLot<AssetRef, String>

  /// A part of a disposal; see ``GainPiece``.
  public struct Gain: Hashable, Sendable {
    /// The event that took or disposed, by its number.
    public var event: EventID
    /// The event that made the lot; nil for units that no lot covered.
    public var lotEvent: EventID?
    /// What.
    public var asset: AssetRef
    /// Where it left.
    public var account: String
    /// What kind of disposal, as the gains report calls it.
    public var kind: String
    /// When the lot was acquired; nil when unknown.
    public var acquired: Instant?
    /// When it was disposed of.
    public var disposed: Instant
    /// Units.
    public var quantity: Decimal
    /// Its share of the proceeds.
    public var proceeds: Figure<Decimal>
    /// What the proceeds are in; nil when they are unknown.
    public var proceedsCurrency: AssetRef?
    /// The cost that left with it.
    public var cost: Figure<Decimal>
    /// What the cost is in; nil when it is unknown.
    public var costCurrency: AssetRef?
    /// Proceeds in the currency of the closing.
    public var proceedsBase: Figure<Decimal>
    /// Cost in the currency of the closing.
    public var costBase: Figure<Decimal>

    /// A part of a disposal, without its figures.
    public init(event: EventID, lotEvent: EventID?, asset: AssetRef, account: String, kind: String, disposed: Instant, quantity: Decimal) {
      self.event = event
      self.lotEvent = lotEvent
      self.asset = asset
      self.account = account
      self.kind = kind
      self.disposed = disposed
      self.quantity = quantity
      (proceeds, cost) = (.unknown(.nothing), .unknown(.nothing))
      (proceedsBase, costBase) = (.unknown(.nothing), .unknown(.nothing))
    }
  }

  /// What people call the portfolio.
  public var portfolio: String
  /// The year.
  public var year: Int
  /// What the row tells.
  public var row: Row
  /// The line it came from.
  public var line = 0

  /// A row.
  public init(portfolio: String, year: Int, row: Row) {
    self.portfolio = portfolio
    self.year = year
    self.row = row
  }
}

/// A row of florin.links.v1: a withdrawal or deposit that a linked transfer stands for.
public struct LinkDraft: Hashable, Sendable {
  /// Florin's number of the transfer that counts.
  public var transfer: EventID
  /// The side: a withdrawal or a deposit, which does not count by itself.
  public var side: EventDraft
  /// Whether it is what arrived.
  public var isArrival: Bool
  /// The line it came from.
  public var line = 0

  /// A side of a transfer.
  public init(transfer: EventID, side: EventDraft, isArrival: Bool) {
    self.transfer = transfer
    self.side = side
    self.isArrival = isArrival
  }
}
