public import Amounts
public import Ledger

/// Income that arrived: a dividend, interest, a reward.
public struct Receipt: Hashable, Sendable {
  /// The asset that paid (for a reward, the asset itself).
  public var asset: AssetID
  /// Where it arrived.
  public var account: AccountID
  /// What it was.
  public var kind: EventKind
  /// The finer kind: `rent`, `staking`.
  public var subtype: String?
  /// When it arrived.
  public var time: Instant
  /// Units entitled, where the source says.
  public var entitled: Decimal?
  /// Before tax.
  public var gross: Figure<Money>
  /// Withheld, in the same currency.
  public var tax: Decimal
  /// Fee taken off it, in the same currency.
  public var fee: Decimal
  /// Gross in base at the day's rate.
  public var grossBase: Figure<Decimal>
  /// Tax in base.
  public var taxBase: Figure<Decimal>
  /// Fee in base.
  public var feeBase: Figure<Decimal>
  /// Accrued interest that was paid with the bonds and comes back with this coupon, in the same currency: no income.
  public var accrued: Decimal = .zero
  /// Accrued interest in base, at the rate of the purchase.
  public var accruedBase: Figure<Decimal> = .known(.zero)
  /// The event.
  public var event: EventID

  /// A receipt.
  public init(
    asset: AssetID, account: AccountID, kind: EventKind, subtype: String?, time: Instant, entitled: Decimal?, gross: Figure<Money>,
    tax: Decimal,
    fee: Decimal, grossBase: Figure<Decimal>, taxBase: Figure<Decimal>, feeBase: Figure<Decimal>, event: EventID
  ) {
    self.asset = asset
    self.account = account
    self.kind = kind
    self.subtype = subtype
    self.time = time
    self.entitled = entitled
    self.gross = gross
    self.tax = tax
    self.fee = fee
    self.grossBase = grossBase
    self.taxBase = taxBase
    self.feeBase = feeBase
    self.event = event
  }

  /// Gross less tax, fee and accrued interest, in base.
  public var netBase: Figure<Decimal> {
    grossBase.with(taxBase) { (g, t) throws(DecimalError) in try g.subtracting(t) }
      .with(feeBase) { (n, f) throws(DecimalError) in try n.subtracting(f) }
      .with(accruedBase) { (n, a) throws(DecimalError) in try n.subtracting(a) }
  }
}

/// Something the booking met that a person should look at.
public struct BookingIssue: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, Hashable, Sendable {
    /// More left than was held.
    case oversold
    /// Cash below zero.
    case negativeCash
    /// A fee whose worth is unknown.
    case feeValueUnknown
    /// Units arrived without a cost.
    case unknownBasis
    /// Units were given by somebody who acquired them on a day that is not stated.
    case unknownDate
    /// Units left for something whose worth is neither stated nor quoted.
    case unknownProceeds
    /// Income whose amount is not stated.
    case unknownIncome
    /// Amounts on days without an exchange rate into the base currency.
    case noRate
    /// A spin-off that does not say which share of the cost goes with it.
    case basisShareUnknown
    /// The lots that an event selects are not there; the earliest were taken.
    case lotNotFound
    /// Units were borrowed into an account that is no loan: they count, what is owed does not.
    case debtOutside
    /// A number does not fit.
    case overflow
  }
  /// What it is.
  public var kind: Kind
  /// The asset it concerns.
  public var asset: AssetID
  /// Where.
  public var account: AccountID?
  /// The first event that shows it.
  public var event: EventID
  /// When.
  public var time: Instant
  /// How many units.
  public var amount: Decimal?
  /// Which rates are missing; nil when it is about something else.
  public var gap: RateGap?

  /// An issue.
  public init(kind: Kind, asset: AssetID, account: AccountID?, event: EventID, time: Instant, amount: Decimal?) {
    self.kind = kind
    self.asset = asset
    self.account = account
    self.event = event
    self.time = time
    self.amount = amount
  }
}

/// Exchange rates that the booking of an asset in an account asked for in vain.
public struct RateGap: Hashable, Sendable {
  /// The currency of the amounts.
  public var currency: Currency
  /// The days without a rate, ascending.
  public var days: [Day]
  /// How many events have amounts on them.
  public var events: Int
}

/// What follows from a book's events: positions, open lots, income, and on demand the matched disposals.
public struct Booking: Sendable {
  /// By asset id, then account id. Closed positions stay, with their realised gain and income.
  public var positions: [Position] = []
  /// By asset id, then account id, then acquisition.
  public var lots: [OpenLot] = []
  /// In the events' order within each asset; empty unless asked for.
  public var pieces: [GainPiece] = []
  /// In the events' order.
  public var receipts = Receipts()
  /// In the events' order within each asset.
  public var issues: [BookingIssue] = []
  /// What events took from lots; empty unless a year is being closed.
  var pins: [LotPin] = []
  /// The currency of all `...Base` amounts.
  public var base: Currency

  /// Nothing booked yet.
  public init(base: Currency) { self.base = base }
}
