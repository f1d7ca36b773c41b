import Engine
import Ledger

/// The fields of everything but events.
extension EditField {
  static let quoteHead: [EditField] = [
    EditField("asset", .asset, "whose price"),
    EditField("date", .day, "the day it holds for"),
    EditField("price", .amount(allowsZero: true), "per unit"),
    EditField("currency", .currency, "what the price is in"),
  ]
  static let navTail: [EditField] = [
    EditField("method", .text, "appraisal, audited, issuer estimate, dcf, cost"),
    EditField("appraiser", .text, "who said so"),
    EditField("published", .day, "when it became known"),
    EditField("total_nav", .amount(allowsZero: true), "of the whole issue"),
    EditField("underlying_value", .amount(allowsZero: true), "of what the issue owns"),
    EditField("debt", .amount(allowsZero: true), "of the issue"),
    EditField("supply", .amount(allowsZero: false), "tokens outstanding"),
    EditField("document", .text, "a reference"),
  ]
  static let quoteTail: [EditField] = [
    EditField("source", .text, "where it comes from"),
    EditField("adjusted", .choice(["yes", "no"]), "for splits already"),
  ]

  static let assets: [EditField] =
    [
      EditField("symbol", .text, "the ticker"),
      EditField("class", .choice(AssetClass.allCases.map(\.rawValue)), "what it is"),
      EditField("name", .text, "in full"),
      EditField("currency", .currency, "its quotes are in"),
      EditField("decimals", .whole, "of a unit, 0 to 38"),
      EditField("pricing", .choice(Cadence.allCases.map(\.rawValue)), "how often a quote is expected"),
      EditField("mode", .choice(ValuationMode.allCases.map(\.rawValue)), "what it is valued by"),
    ]
    + AssetAttribute.allCases.map { attribute in
      switch attribute {
      case .issueDate, .maturity: EditField(attribute.rawValue, .day, "")
      case .issuePrice, .totalSupply, .underlyingValue, .underlyingDebt, .face, .incomePerYear:
        EditField(attribute.rawValue, .amount(allowsZero: true), "")
      case .reportingIssuer: EditField(attribute.rawValue, .choice(["yes", "no"]), "")
      default: EditField(attribute.rawValue, .text, "")
      }
    }

  static let accounts: [EditField] = [
    EditField("account", .text, "its name"),
    EditField("kind", .usual(["wallet", "exchange", "broker", "platform", "bank", "loan"]), "where it is kept; a loan may be negative"),
    EditField("venue", .text, "who keeps it"),
    EditField("portfolio", .portfolio, "it belongs to; empty is the default"),
  ]

  static let distributions: [EditField] = [
    EditField("asset", .asset, "who pays"),
    EditField(
      "kind", .usual(["dividend", "rent", "interest", "revenue share", "return of capital"]),
      "dividend, rent, interest, revenue share, return of capital"),
    EditField("amount_per_token", .amount(allowsZero: false), "per token, or per token and day"),
    EditField("currency", .currency, "what is paid"),
    EditField("declared", .day, "when it was announced"),
    EditField("ex", .day, "the first day without entitlement"),
    EditField("record", .day, "whose holders are entitled"),
    EditField("pay", .day, "when it is paid"),
    EditField("basis", .choice(["record", "daily"]), "record, or daily accrual over a period"),
    EditField("from", .day, "first day of the period"),
    EditField("to", .day, "last day of the period"),
    EditField("note", .text, "a remark"),
  ]

  static let restrictions: [EditField] = [
    EditField("asset", .asset, "whose units"),
    EditField("kind", .choice(["lock", "vesting", "frozen", "pledged", "whitelist", "window"]), "what holds them"),
    EditField("quantity", .amount(allowsZero: false), "units; empty is all"),
    EditField("from", .day, "the first day it holds"),
    EditField("until", .day, "the first free day; empty is open"),
    EditField("account", .account, "where; empty is everywhere"),
    EditField("lot", .text, "an event's number or the day of a lot; empty is all"),
    EditField("schedule", .usual(["linear", "monthly", "quarterly"]), "linear, monthly, quarterly or DATE:UNITS;DATE:UNITS"),
    EditField("reason", .text, "why, as it is shown"),
  ]

  static let targets: [EditField] = [
    EditField("dimension", .choice(Dimension.allCases.map(\.rawValue)), "what the portfolio is split by"),
    EditField("key", .text, "the part, as Allocation names it"),
    EditField("target", .fraction, "its share, 0 to 1 or as 75 %"),
    EditField("band", .fraction, "how far it may drift before a trade"),
  ]

  static let policies: [EditField] = [
    EditField("asset", .asset, "who pays"),
    EditField(
      "frequency", .choice(["daily", "weekly", "biweekly", "monthly", "bimonthly", "quarterly", "semiannual", "yearly"]),
      "how often it pays"),
    EditField("amount_per_token", .amount(allowsZero: false), "a payment, per token"),
    EditField("share_of_income", .fraction, "or its share of the asset's income a year"),
    EditField("currency", .currency, "what is paid"),
    EditField("day", .monthDay, "of the month, 1 to 31; weekly: of the week, 1 is Monday"),
    EditField("from", .day, "the first day it holds; of several each holds until the next one's"),
    EditField("basis", .choice(["record", "daily"]), "record, or an amount for each day between two payments"),
  ]
}
