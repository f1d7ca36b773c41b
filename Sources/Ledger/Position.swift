public import Amounts

/// What an account holds of an asset, with what it cost and earned.
public struct Position: Hashable, Sendable {
  /// The asset.
  public var asset: AssetID
  /// Where it is held.
  public var account: AccountID
  /// Units; for cash the balance. Always equals the sum of the lots.
  public var quantity: Decimal
  /// Total cost of the open lots in their own currency; unknown when one is unknown or they differ in currency.
  public var cost: Figure<Money>
  /// Total cost of the open lots with known cost, in base at each acquisition's rate. For cash: what its movements were worth in base at
  /// the rates of their days.
  public var costBase: Decimal
  /// Units whose cost is unknown; for cash those that moved on days without a rate.
  public var unknownBasisUnits: Decimal
  /// Why their cost is unknown, the gravest reason; nil when none is.
  public var basisWhy: Why?
  /// Realised gain so far in base, of disposals whose gain is known.
  public var realizedBase: Decimal
  /// Disposal pieces whose gain is unknown.
  public var unknownGains: Int
  /// Why their gain is unknown, the gravest reason; nil when none is.
  public var gainsWhy: Why?
  /// Income so far in base, net of tax and fee.
  public var incomeBase: Decimal
  /// Receipts whose value is unknown.
  public var unknownReceipts: Int
  /// Why their value is unknown, the gravest reason; nil when none is.
  public var receiptsWhy: Why?
  /// Charges so far in base that are in no cost, no gain and no income; refunds are taken off.
  public var chargesBase: Decimal = .zero
  /// Charges whose worth is unknown.
  public var unknownCharges = 0
  /// Why their worth is unknown, the gravest reason; nil when none is.
  public var chargesWhy: Why?
  /// Gain of units that left at cost, less gain that units brought along, in base: worth when they crossed the border - cost.
  public var carriedBase: Decimal = .zero
  /// Open lots.
  public var lots: Int

  /// An empty position.
  public init(asset: AssetID, account: AccountID) {
    self.asset = asset
    self.account = account
    quantity = .zero
    cost = .unknown(.nothing)
    costBase = .zero
    unknownBasisUnits = .zero
    realizedBase = .zero
    unknownGains = 0
    incomeBase = .zero
    unknownReceipts = 0
    lots = 0
  }

  /// Total cost of the open lots in base; unknown when some unit's is.
  public var costBaseFigure: Figure<Decimal> {
    unknownBasisUnits.isZero && basisWhy == nil ? .known(costBase) : .unknown(basisWhy ?? .unknownBasis)
  }
}

/// A quantity acquired at one time, with what is left of its cost.
public struct OpenLot: Hashable, Sendable {
  /// The asset.
  public var asset: AssetID
  /// Where it is held now.
  public var account: AccountID
  /// When it was acquired; carried through transfers and splits. Nil when unknown.
  public var acquired: Instant?
  /// Units left; negative is the short part of an oversold position.
  public var quantity: Decimal
  /// Cost of what is left, in its own currency.
  public var cost: Figure<Money>
  /// Cost of what is left, in base at the acquisition's rate.
  public var costBase: Figure<Decimal>
  /// The event that made it.
  public var event: EventID
  /// Which of the event's legs made it.
  public var leg: Int
  /// How many transfers it went through: with event and leg this is the lot's identity.
  public var path: Int

  /// A lot.
  public init(
    asset: AssetID, account: AccountID, acquired: Instant?, quantity: Decimal, cost: Figure<Money>, costBase: Figure<Decimal>,
    event: EventID, leg: Int,
    path: Int
  ) {
    self.asset = asset
    self.account = account
    self.acquired = acquired
    self.quantity = quantity
    self.cost = cost
    self.costBase = costBase
    self.event = event
    self.leg = leg
    self.path = path
  }
}
