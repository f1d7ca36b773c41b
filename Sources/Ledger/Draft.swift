public import Amounts

/// An asset as a file names it, before it is matched with the assets Florin knows.
public struct AssetRef: Hashable, Sendable {
  /// The ticker or currency code, as written.
  public var symbol: String
  /// What else the file tells about it.
  public var hint: AssetHint?

  /// An asset named by its ticker alone.
  @inline(__always)
  public init(_ symbol: String, _ hint: AssetHint? = nil) {
    self.symbol = symbol
    self.hint = hint
  }
}

/// What a file tells about an asset beside its ticker. Shared by many rows, hence a class.
public final class AssetHint: Hashable, Sendable {
  /// The class, when the source is sure of it.
  public let assetClass: AssetClass?
  /// The class an asset of this source has as long as nobody says otherwise.
  public let likely: AssetClass?
  /// The full name.
  public let name: String?
  /// The quote currency.
  public let currency: String?
  /// Identifiers and other facts.
  public let attributes: [AssetAttribute: String]

  /// A hint with these facts.
  public init(
    assetClass: AssetClass? = nil, likely: AssetClass? = nil, name: String? = nil, currency: String? = nil,
    attributes: [AssetAttribute: String] = [:]
  ) {
    self.assetClass = assetClass
    self.likely = likely
    self.name = name
    self.currency = currency
    self.attributes = attributes
  }

  /// Equality of all facts.
  public static func == (a: AssetHint, b: AssetHint) -> Bool {
    a === b
      || (a.assetClass == b.assetClass && a.likely == b.likely && a.name == b.name && a.currency == b.currency
        && a.attributes == b.attributes)
  }

  /// Hashes all facts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(assetClass)
    hasher.combine(likely)
    hasher.combine(name)
    hasher.combine(currency)
    hasher.combine(attributes)
  }
}

/// What a leg of an event is.
public enum LegRole: UInt8, CaseIterable, Hashable, Sendable {
  case principal = 0
  case fee = 1
  case tax = 2

  /// The `role` of FORMATS 2.
  public var code: String {
    switch self {
    case .principal: "principal"
    case .fee: "fee"
    case .tax: "tax"
    }
  }
}

/// One movement of an event with more than the usual legs.
public struct LegDraft: Hashable, Sendable {
  /// The account; nil is the event's own.
  public var account: String?
  /// What moves.
  public var asset: AssetRef
  /// Positive arrives, negative leaves.
  public var quantity: Decimal
  /// What the movement is.
  public var role: LegRole

  /// A movement.
  public init(account: String? = nil, asset: AssetRef, quantity: Decimal, role: LegRole = .principal) {
    self.account = account
    self.asset = asset
    self.quantity = quantity
    self.role = role
  }
}

/// A ratio new:old of a split, migration or merger: a pair of positive integers.
public struct Ratio: Hashable, Sendable {
  /// Units after.
  public let new: Int64
  /// Units before.
  public let old: Int64

  /// `new` units for every `old`; nil unless both are positive.
  public init?(new: Int64, old: Int64) {
    guard new > 0, old > 0 else { return nil }
    self.new = new
    self.old = old
  }

  /// Reads `3:2`; a decimal on either side (`1.5:1`) is brought to integers.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let a = Decimal(parts[0])?.normalized, let b = Decimal(parts[1])?.normalized else { return nil }
    func scaled(_ value: Decimal, _ places: UInt8) -> Int64? {
      var m = value.mantissa
      for _ in 0..<(places - value.scale) {
        let (product, overflow) = m.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        m = product
      }
      return Int64(exactly: m)
    }
    let places = max(a.scale, b.scale)
    guard let new = scaled(a, places), let old = scaled(b, places), new > 0, old > 0 else { return nil }
    var (x, y) = (new, old)
    while y != 0 { (x, y) = (y, x % y) }
    self.new = places == 0 ? new : new / x
    self.old = places == 0 ? old : old / x
  }

  /// `3:2`.
  public var text: String { "\(new):\(old)" }
}

/// The less common facts of an event, apart so that the common event stays small.
public struct EventDetails: Hashable, Sendable {
  /// What arrives in a swap, DRIP, migration, merger or spin-off.
  public var toAsset: AssetRef?
  /// How much of it.
  public var toQuantity: Decimal?
  /// New:old of a split, migration or merger.
  public var ratio: Ratio?
  /// A finer kind: `staking`, `rebase`, `rent`.
  public var subtype: String?
  /// Units of `settleCurrency` (else of the base currency) for one unit of the event's currency.
  public var fxRate: Decimal?
  /// The currency the cash leg is in, when it is not the price's.
  public var settleCurrency: AssetRef?
  /// When it settled, if not at once.
  public var settleDate: Day?
  /// 0...1 of the parent's cost that goes to a spin-off.
  public var basisShare: Decimal?
  /// The donor's or an earlier acquisition date.
  public var acquired: Day?
  /// Which lots leave, as JSON (FORMATS 1).
  public var lotSelector: String?
  /// Accrued interest paid on a purchase.
  public var accrued: Decimal?
  /// Country that withheld.
  public var taxCountry: String?
  /// The rate withheld, as a fraction.
  public var taxRate: Decimal?
  /// The transaction's hash on its chain.
  public var txHash: String?
  /// A remark.
  public var note: String?
  /// Movements beyond the usual ones; when given they are all of the event's movements.
  public var legs: [LegDraft] = []
  /// The time as written, when it was more than ISO UTC.
  public var timeText: String?
  /// What identifies the same trade in other exports of the same source.
  public var tradeKey: String?

  /// No details.
  public init() {}
}

/// Details on the heap; never changed once made.
private final class DetailsBox: Hashable, Sendable {
  let value: EventDetails
  init(_ value: EventDetails) { self.value = value }
  static func == (a: DetailsBox, b: DetailsBox) -> Bool { a === b || a.value == b.value }
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// An event as a file tells it: names instead of ids. FORMATS 1 says what each field means for each kind.
public struct EventDraft: Hashable, Sendable {
  /// What happened.
  public var kind: EventKind
  /// When, in UTC.
  public var time: Instant
  /// The source gave a date without a time; `time` is then the place the kind takes in that day.
  public var isDateOnly = false
  /// The account's name; nil is the import's own account.
  public var account: String?
  /// The receiving account of a transfer; nil is the import's own account.
  public var toAccount: String?
  /// The asset.
  public var asset: AssetRef
  /// Units, positive except for an adjustment.
  public var quantity: Decimal?
  /// Per unit, in `currency`.
  public var price: Decimal?
  /// The currency of price, gross, fee value and tax.
  public var currency: AssetRef?
  /// The cash that moves, without fee and tax.
  public var gross: Decimal?
  /// In units of `feeAsset`.
  public var fee: Decimal?
  /// What the fee is paid in.
  public var feeAsset: AssetRef?
  /// The fee's worth in `currency`.
  public var feeValue: Decimal?
  /// Withheld, in `currency`.
  public var tax: Decimal?
  /// Whether it counts.
  public var status: EventStatus = .posted
  /// The source's own id.
  public var externalID: String?
  /// Florin's own number, as its export tells it; 0 where there is none.
  public var number: Int64 = 0
  /// The less common facts. They live apart, so that an event without them is half the size.
  public var details: EventDetails? {
    get { box?.value }
    set { box = newValue.map(DetailsBox.init) }
  }
  private var box: DetailsBox?
  /// The lines (CSV) or element numbers (JSON) it came from, ascending, 1-based as in the file.
  public var lines: [Int] = []

  /// An event with its mandatory facts.
  public init(_ kind: EventKind, at time: Instant, asset: AssetRef, quantity: Decimal? = nil) {
    self.kind = kind
    self.time = time
    self.asset = asset
    self.quantity = quantity
  }

  /// Edits the details, which are made when first needed.
  public mutating func detail(_ edit: (inout EventDetails) -> Void) {
    var value = details ?? EventDetails()
    edit(&value)
    details = value
  }
}

/// A quote as a file tells it (florin.prices.v1).
public struct QuoteDraft: Hashable, Sendable {
  /// Which series a quote belongs to.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    case close = 0
    case nav = 1
    case fx = 2

    /// The `kind` cell.
    public var code: String {
      switch self {
      case .close: "close"
      case .nav: "nav"
      case .fx: "fx"
      }
    }
  }
  /// The day it holds for.
  public var day: Day
  /// Whose quote; for fx the currency that is priced.
  public var asset: AssetRef
  /// What the price is in.
  public var currency: AssetRef
  /// Per unit.
  public var price: Decimal
  /// Market close, NAV or exchange rate.
  public var kind: Kind
  /// Facts of a NAV.
  public var nav: NavFacts?
  /// Whether the series is already adjusted for splits.
  public var isAdjusted = false
  /// Where it comes from; empty when unknown.
  public var source = ""
  /// The line it came from.
  public var line = 0

  /// A quote.
  public init(day: Day, asset: AssetRef, currency: AssetRef, price: Decimal, kind: Kind) {
    self.day = day
    self.asset = asset
    self.currency = currency
    self.price = price
    self.kind = kind
  }
}

/// What stands behind a NAV.
public struct NavFacts: Hashable, Sendable {
  /// Appraisal, audited, issuer estimate, DCF, cost.
  public var method: String?
  /// Who appraised.
  public var appraiser: String?
  /// A reference to the document.
  public var document: String?
  /// When it was published.
  public var published: Day?
  /// Net asset value of the whole issue.
  public var totalNav: Decimal?
  /// Value of what the issue owns.
  public var underlyingValue: Decimal?
  /// Debt of the issue.
  public var debt: Decimal?
  /// Tokens outstanding.
  public var supply: Decimal?

  /// Nothing known.
  public init() {}
}

/// Master data of an asset as a file tells it (florin.assets.v1, token lists).
public struct AssetDraft: Hashable, Sendable {
  /// The symbol and all hints.
  public var ref: AssetRef
  /// Fractional digits of a unit.
  public var decimals: Int?
  /// How often a quote is expected.
  public var cadence: Cadence?
  /// What it is valued by; nil is its class's default.
  public var mode: ValuationMode?
  /// Florin's own number, as its export tells it; 0 where there is none.
  public var number: Int32 = 0
  /// The line it came from.
  public var line = 0

  /// Master data.
  public init(ref: AssetRef, decimals: Int? = nil, cadence: Cadence? = nil) {
    self.ref = ref
    self.decimals = decimals
    self.cadence = cadence
  }
}

/// An account as a file tells it (florin.accounts.v1).
public struct AccountDraft: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its kind.
  public var kind: String
  /// Its venue; empty when unknown.
  public var venue: String
  /// Its portfolio; empty is the default.
  public var portfolio: String
  /// The line it came from.
  public var line = 0

  /// An account.
  public init(name: String, kind: String, venue: String = "", portfolio: String = "") {
    self.name = name
    self.kind = kind
    self.venue = venue
    self.portfolio = portfolio
  }
}

/// A row of florin.distributions.v1: what an issuer declared.
public struct DistributionDraft: Hashable, Sendable {
  /// Who pays.
  public var asset: AssetRef
  /// dividend, rent, interest, revenue share, return of capital.
  public var kind: String
  /// The day it was announced.
  public var declared: Day?
  /// The first day without entitlement.
  public var ex: Day?
  /// The day whose holders are entitled.
  public var record: Day?
  /// The day it is paid.
  public var pay: Day?
  /// Whether it accrues day by day instead of at the record date.
  public var isDaily = false
  /// First day of the period.
  public var from: Day?
  /// Last day of the period.
  public var to: Day?
  /// Per token (per token and day when daily).
  public var amountPerToken: Decimal
  /// The currency of the amount.
  public var currency: AssetRef
  /// A remark; empty when there is none.
  public var note = ""
  /// The line it came from.
  public var line = 0

  /// A declared distribution.
  public init(asset: AssetRef, kind: String, amountPerToken: Decimal, currency: AssetRef) {
    self.asset = asset
    self.kind = kind
    self.amountPerToken = amountPerToken
    self.currency = currency
  }
}

/// A row of florin.restrictions.v1, florin.targets.v1 or florin.policies.v1, kept as its cells.
public struct PlanDraft: Hashable, Sendable {
  /// Which file it belongs to.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    case restriction = 0
    case target = 1
    case policy = 2
  }
  /// Which file it belongs to.
  public var kind: Kind
  /// The asset it speaks of, where the file names one.
  public var asset: AssetRef?
  /// Column name -> cell, without empty cells.
  public var cells: [String: String]
  /// The line it came from.
  public var line = 0

  /// A row.
  public init(kind: Kind, asset: AssetRef?, cells: [String: String]) {
    self.kind = kind
    self.asset = asset
    self.cells = cells
  }
}

/// Anything a decoded row can be.
public enum Fact: Hashable, Sendable {
  case event(EventDraft)
  case quote(QuoteDraft)
  case asset(AssetDraft)
  case account(AccountDraft)
  case distribution(DistributionDraft)
  case plan(PlanDraft)
  case setting(SettingDraft)
  case closing(ClosingDraft)
  case link(LinkDraft)
}
