public import Amounts
public import Engine
public import Ledger

/// What is held of an asset, in all accounts or in one. Amounts without a currency are in the report's base currency.
public struct HoldingRow: Hashable, ReportRow {
  /// The asset.
  public var asset: AssetLabel
  /// Its class.
  public var assetClass: AssetClass
  /// Its full name; empty when unknown.
  public var name: String
  /// The account; nil when all accounts are taken together.
  public var account: AccountLabel?
  /// Units.
  public var quantity: Decimal
  /// The last market price per unit.
  public var price: Figure<Price>
  /// The code of the price's currency.
  public var priceCurrency: String?
  /// The market price's day.
  public var priceDate: Day?
  /// The last net asset value per token.
  public var nav: Figure<Price>
  /// The code of the NAV's currency.
  public var navCurrency: String?
  /// The NAV's day.
  public var navDate: Day?
  /// Market / NAV - 1, a fraction.
  public var premium: Figure<Decimal>
  /// The series the value is taken from; nil when there is no price.
  public var mode: ValueSource?
  /// Whether the quote behind the value is stale.
  public var isStale: Bool
  /// Days since the quote behind the value.
  public var ageDays: Int?
  /// Worth.
  public var value: Figure<Decimal>
  /// Cost of the open lots at their acquisition rates.
  public var cost: Figure<Decimal>
  /// Value - cost.
  public var unrealized: Figure<Decimal>
  /// Unrealized / cost, a fraction.
  public var unrealizedRatio: Figure<Decimal>
  /// Realised gain so far.
  public var realized: Figure<Decimal>
  /// Income so far, net of tax and fee.
  public var incomeNet: Figure<Decimal>
  /// Unrealized + realized + income + carried - charges; for cash also what its currency made.
  public var totalReturn: Figure<Decimal>
  /// Value / total value, a fraction.
  public var weight: Figure<Decimal>
  /// Change of the unit value over a day, a fraction.
  public var change1d: Figure<Decimal>
  /// Change of the unit value over 30 days, a fraction.
  public var change30d: Figure<Decimal>
  /// Open lots.
  public var lots: Int
  /// Of the unrealized gain, what the currency of the cost made; for cash all that its currency made since it came.
  public var unrealizedCurrency: Figure<Decimal> = .unknown(.nothing)
  /// Fees and taxes that are in no cost, no gain and no income; refunds are taken off.
  public var charges = Decimal.zero
  /// Charges of unknown worth, which are in no figure.
  public var unknownCharges = 0
  /// Gain of units that left at cost, less gain that units brought along.
  public var carried = Decimal.zero
  /// Where the value's price is from: `quote`, `nav`, `trade`, `peg`, `cash`, `cost`; nil without one.
  public var priceSource: String? {
    switch mode {
    case .market?: "quote"
    case let source?: source.rawValue
    case nil: nil
    }
  }
  /// Units of the quantity that are announced, not posted: in value, not free. Negative where more is to leave.
  public var pending = Decimal.zero
  /// Units of the quantity that are traded and not settled yet.
  public var unsettled = Decimal.zero

  /// Of the unrealized gain, what the price made.
  public var unrealizedPrice: Figure<Decimal> {
    unrealized.with(unrealizedCurrency) { (all, currency) throws(DecimalError) in try all.subtracting(currency) }
  }

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("asset", "Asset", .text), Column("class", "Class", .text), Column("name", "Name", .text, quiet: true),
    Column("account", "Account", .text), Column("quantity", "Quantity", .quantity), Column("price", "Price", .price),
    Column("priceDate", "Priced", .day, quiet: true), Column("priceCurrency", "Cur", .text), Column("nav", "NAV", .price),
    Column("navDate", "NAV of", .day, quiet: true), Column("premium", "Premium", .ratio), Column("mode", "By", .text),
    Column("value", "Value", .money), Column("cost", "Cost", .money), Column("unrealized", "Unrealized", .money),
    Column("unrealizedRatio", "Unr. %", .ratio), Column("realized", "Realized", .money), Column("incomeNet", "Income", .money),
    Column("totalReturn", "Return", .money, quiet: true), Column("weight", "Weight", .ratio),
    Column("change1d", "1 day", .ratio, quiet: true),
    Column("change30d", "30 days", .ratio, quiet: true), Column("stale", "Stale", .flag),
    Column("unrealizedPrice", "By price", .money, quiet: true), Column("unrealizedCurrency", "By currency", .money, quiet: true),
    Column("pending", "Pending", .quantity, quiet: true), Column("unsettled", "Unsettled", .quantity, quiet: true),
    Column("charges", "Charges", .money, quiet: true), Column("unknownCharges", "Unknown charges", .integer, quiet: true),
    Column("carried", "Carried", .money, quiet: true), Column("priceSource", "Priced by", .text, quiet: true),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), .text(assetClass.rawValue), Cell(name), Cell(account?.text), .decimal(quantity), Cell(price), Cell(priceDate),
      Cell(priceCurrency), Cell(nav), Cell(navDate), .ratio(premium), Cell(mode?.rawValue), Cell(value), Cell(cost), Cell(unrealized),
      .ratio(unrealizedRatio), Cell(realized), Cell(incomeNet), Cell(totalReturn), .ratio(weight), .ratio(change1d), .ratio(change30d),
      .flag(isStale), Cell(unrealizedPrice), Cell(unrealizedCurrency), .decimal(pending), .decimal(unsettled),
      .decimal(charges), .integer(unknownCharges), .decimal(carried), Cell(priceSource),
    ]
  }
}

/// The sums of a holdings report, each over what is known.
public struct HoldingTotals: Hashable, Sendable {
  /// Worth, cash included, unpriced assets left out.
  public var value: Decimal = .zero
  /// Cost of open lots.
  public var cost: Decimal = .zero
  /// Unrealized gain.
  public var unrealized: Decimal = .zero
  /// Realised gain.
  public var realized: Decimal = .zero
  /// Net income.
  public var incomeNet: Decimal = .zero
  /// The sum of the rows' returns, each over what is known of it.
  public var totalReturn: Decimal = .zero
  /// Fees and taxes that are in no cost, no gain and no income.
  public var charges: Decimal = .zero
  /// Charges of unknown worth.
  public var unknownCharges = 0
  /// Gain of units that left at cost, less gain that units brought along.
  public var carried: Decimal = .zero
  /// Held assets without a value.
  public var unpriced = 0
  /// Held assets that count at the price of their last trade.
  public var tradePriced = 0
  /// What they are worth.
  public var tradeValue: Decimal = .zero
  /// Held assets whose cost is not fully known.
  public var unknownBasis = 0
  /// What currencies made of what is held, cash included.
  public var unrealizedCurrency: Decimal = .zero

  /// Nothing held.
  public init() {}
}

/// What is held at the end of a day. Rows by class, asset, account.
public struct HoldingsReport: Hashable, Sendable {
  /// The last day that counts.
  public var asOf: Day
  /// The base currency's code.
  public var currency: String
  /// One row an asset, or an asset and account.
  public var rows: [HoldingRow]
  /// The sums.
  public var totals: HoldingTotals
  /// What the sums leave out.
  public var excluded: [Exclusion]
}
