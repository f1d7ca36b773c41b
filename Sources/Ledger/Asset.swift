import Amounts

/// What an asset is, by the nature of the claim. An editable label, never identity.
public enum AssetClass: String, CaseIterable, Hashable, Sendable {
  case security, utility, crypto, stablecoin, cash, stock, fund, collectible, other
}

/// How often a quote of an asset is expected.
public enum Cadence: String, CaseIterable, Hashable, Sendable {
  case daily, business, weekly, monthly, quarterly, yearly

  /// Days between two expected quotes.
  public var days: Int {
    switch self {
    case .daily: 1
    case .business: 3
    case .weekly: 7
    case .monthly: 31
    case .quarterly: 92
    case .yearly: 366
    }
  }

  /// Reads the `pricing` cell of florin.assets.v1, where `nav` means monthly.
  public init?(text: String) {
    if text == "nav" {
      self = .monthly
    } else {
      self.init(rawValue: text)
    }
  }

  /// Whether a quote of this age is stale: older than one and a half times the cadence.
  public func isStale(ageDays: Int) -> Bool { 2 * ageDays > 3 * days }
}

/// A further fact about an asset that Florin stores as text and shows as it is.
///
/// The raw value is the column name in florin.assets.v1.
public enum AssetAttribute: String, CaseIterable, Hashable, Sendable {
  case subtype, issuer, vehicle, underlying
  case underlyingValue = "underlying_value"
  case underlyingDebt = "underlying_debt"
  case chain, contract
  case tokenID = "token_id"
  case isin, cusip, figi, standard, exemption
  case reportingIssuer = "reporting_issuer"
  case issueDate = "issue_date"
  case issuePrice = "issue_price"
  case totalSupply = "total_supply"
  case venue
  case shareClass = "share_class"
  case liquidationPreference = "liquidation_preference"
  case distributionPolicy = "distribution_policy"
  case seniority, rating, face, coupon, maturity
  case dayCount = "day_count"
  case voting, document, jurisdiction, country, tags
  case riskNotes = "risk_notes"
  case howey, network, governance
  case incomePerYear = "income_per_year"
  case location
}

/// An asset: something that is held, or the money a price is in.
public struct Asset: Hashable, Sendable {
  /// Its permanent id.
  public var id: AssetID
  /// The ticker. A label: two assets may share one.
  public var symbol: String
  /// The full name; empty when unknown.
  public var name: String
  /// Its class.
  public var assetClass: AssetClass
  /// The code of the currency its quotes are expected in; empty when unknown.
  public var currency: String
  /// Fractional digits of a unit; nil when unknown.
  public var decimals: Int?
  /// How often a quote is expected; nil means the class's default.
  public var cadence: Cadence?
  /// The valuation mode the user chose; nil means the class's default.
  public var mode: ValuationMode?
  /// Everything else that is known.
  public var attributes: [AssetAttribute: String]

  /// An asset with these facts.
  public init(
    id: AssetID, symbol: String, name: String = "", assetClass: AssetClass, currency: String = "", decimals: Int? = nil,
    cadence: Cadence? = nil,
    mode: ValuationMode? = nil, attributes: [AssetAttribute: String] = [:]
  ) {
    self.id = id
    self.symbol = symbol
    self.name = name
    self.assetClass = assetClass
    self.currency = currency
    self.decimals = decimals
    self.cadence = cadence
    self.mode = mode
    self.attributes = attributes
  }

  /// The cadence that counts: its own, else monthly for securities and daily for the rest.
  public var expectedCadence: Cadence { cadence ?? (assetClass == .security ? .monthly : .daily) }
  /// The valuation mode that counts.
  public var valuationMode: ValuationMode { mode ?? (assetClass == .security ? .navElseMarket : .marketElseNav) }
  /// Whether units are booked in lots; cash only has a balance.
  public var hasLots: Bool { assetClass != .cash }
}

/// Which series an asset is valued by.
public enum ValuationMode: String, CaseIterable, Hashable, Sendable {
  case market, nav
  case navElseMarket = "nav-else-market"
  case marketElseNav = "market-else-nav"
  case cost
}

/// Where units are kept: a wallet, an exchange or broker account, a token platform, a loan.
public struct Account: Hashable, Sendable {
  /// Its permanent id.
  public var id: AccountID
  /// Its name, unique.
  public var name: String
  /// `wallet`, `exchange`, `broker`, `platform`, `bank`, `loan` or the user's own word.
  public var kind: String
  /// The venue or platform behind it; empty when unknown.
  public var venue: String
  /// The portfolio it belongs to; empty is the default one.
  public var portfolio: String

  /// An account with these facts.
  public init(id: AccountID, name: String, kind: String = "", venue: String = "", portfolio: String = "") {
    self.id = id
    self.name = name
    self.kind = kind
    self.venue = venue
    self.portfolio = portfolio
  }

  /// Loan accounts may be negative without an issue.
  public var isLoan: Bool { kind == "loan" }
}
