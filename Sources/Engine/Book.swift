public import Amounts
public import Ledger

/// Everything a portfolio is made of, as one immutable value: the facts, not what follows from them.
public struct Book: Sendable {
  /// All assets by id.
  public var assets: [AssetID: Asset]
  /// All accounts by id.
  public var accounts: [AccountID: Account]
  /// All events in their total order, reverted batches left out.
  public var events: EventTable
  /// Market prices, NAVs and exchange rates.
  public var quotes: QuoteBook
  /// What issuers declared.
  public var distributions: [Distribution]
  /// Restrictions, targets and policies, as their cells.
  public var plans: [Plan]
  /// How the book is read.
  public var settings: BookSettings
  /// What is said of portfolios; those that accounts are in without a word about them are not among them.
  public var portfolios: [Portfolio] = []
  /// Closed years with what they froze.
  public var closings = Closings()
  /// The accounts that reports are about; nil is all. Lots are matched over all accounts whichever these are.
  public var view: Set<AccountID>?
  /// Events by the id their source gave them, for the ids that `lot_selector`s name; several events may share one.
  public var externalIDs: [String: [Int64]] = [:]
  /// Counts the changes of the facts; two books of one database with the same generation are equal.
  public var generation: Int64

  /// A book of these facts.
  public init(
    assets: [AssetID: Asset] = [:], accounts: [AccountID: Account] = [:], events: EventTable = EventTable(),
    quotes: QuoteBook = QuoteBook(),
    distributions: [Distribution] = [], plans: [Plan] = [], settings: BookSettings, generation: Int64 = 0
  ) {
    self.assets = assets
    self.accounts = accounts
    self.events = events
    self.quotes = quotes
    self.distributions = distributions
    self.plans = plans
    self.settings = settings
    self.generation = generation
  }

  /// The symbol people type and read: the ticker when it is unique, else `TICKER~id`.
  public func label(of asset: AssetID) -> String {
    guard let found = assets[asset] else { return "~\(asset.raw)" }
    return assets.values.contains { $0.symbol == found.symbol && $0.id != asset } ? "\(found.symbol)~\(asset.raw)" : found.symbol
  }

  /// The labels of all assets at once.
  public var labels: [AssetID: String] {
    var bearers: [String: Int] = [:]
    for asset in assets.values { bearers[asset.symbol, default: 0] += 1 }
    return assets.mapValues { bearers[$0.symbol] == 1 ? $0.symbol : "\($0.symbol)~\($0.id.raw)" }
  }
}

/// How a book is read: what changes figures but not facts.
public struct BookSettings: Hashable, Sendable {
  /// The currency of totals.
  public var base: Currency
  /// Which lots leave first.
  public var method: LotMethod
  /// Whether lots are matched inside one account or across all.
  public var scope: LotScope
  /// Whether trading fees are part of cost and proceeds.
  public var feeRule: FeeRule
  /// The zone of days, months and years.
  public var zone: Zone
  /// A disposal after this many months is long-term.
  public var holdingMonths: Int
  /// Choices of method, scope and fee rule from a day on, by portfolio; see ``LotRule``. What is above holds where none does.
  public var rules: [LotRule] = []
  /// What giving units away is.
  public var gifts = GiftRule.cost
  /// What units that arrive as income cost.
  public var incomePolicy = IncomePolicy.stated
  /// Whether cash that an account never had is taken as contributed when returns are told.
  public var assumedOpenings = true
  /// Whether what was paid or received in a trade counts as a price where no quote does.
  public var tradePrices = true

  /// Florin's defaults in a base currency: FIFO per account, fees capitalized, UTC, twelve months.
  public init(
    base: Currency, method: LotMethod = .fifo, scope: LotScope = .account, feeRule: FeeRule = .capitalized, zone: Zone = .utc,
    holdingMonths: Int = 12
  ) {
    self.base = base
    self.method = method
    self.scope = scope
    self.feeRule = feeRule
    self.zone = zone
    self.holdingMonths = holdingMonths
  }
}

/// Which lots a disposal takes.
public enum LotMethod: String, CaseIterable, Hashable, Sendable {
  /// The earliest acquired first.
  case fifo
  /// The latest acquired first.
  case lifo
  /// The dearest first, by the cost of a unit in base at the acquisition's rate.
  case hifo
  /// The cheapest first, by the same.
  case lofo
  /// Every unit at the moving average; dates and terms as with `fifo`.
  case average
  /// Those an event selects, else as with `fifo`.
  case specific
}

/// Where a disposal looks for lots.
public enum LotScope: String, CaseIterable, Hashable, Sendable {
  /// In the account it leaves.
  case account
  /// In one pool for all accounts of a portfolio; a transfer inside it moves nothing in it.
  case global
}

/// What becomes of a trading fee.
public enum FeeRule: String, CaseIterable, Hashable, Sendable {
  /// Part of the lot's cost, and off the proceeds.
  case capitalized
  /// Neither; it is an expense of its own.
  case separate
}
