import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// What an asset is, as lines of label and value: first what follows from the holding, then what was recorded.
enum AssetFacts {
  static func all(_ report: AssetReport, _ shared: Shared) -> [KeyValues.Item] {
    derived(report, shared) + report.attributes.map { KeyValues.Item($0.title, worded($0)) } + identity(report)
  }

  /// Share of the issue, share of what lies below it, NAV, Howey, yields.
  private static func derived(_ report: AssetReport, _ shared: Shared) -> [KeyValues.Item] {
    var items: [KeyValues.Item] = []
    func money(_ figure: Figure<Money>, _ code: String?) -> String {
      switch figure {
      case .unknown(let why): "n/a, \(why.text)"
      case .known(let money): shared.isPrivate ? Figures.hidden : NumberText.money(money.amount) + (code.map { " " + $0 } ?? "")
      }
    }
    if let nav = report.nav {
      if let supply = report.supply.value {
        let share = nav.ownership.value.map { exactPercent($0) } ?? "n/a"
        items.append(.init("Ownership", "\(share) of \(NumberText.quantity(supply)) tokens"))
      } else {
        items.append(.init("Ownership", "n/a, supply not stated", .muted))
      }
      if nav.impliedUnderlying.isKnown { items.append(.init("Underlying share", money(nav.impliedUnderlying, nav.navCurrency))) }
      if let debt = nav.impliedDebt.value, !debt.amount.isZero {
        items.append(.init("Debt share", money(nav.impliedDebt, nav.navCurrency)))
      }
      if nav.nav.isKnown {
        let by = [nav.method, nav.source].compactMap { $0 }.joined(separator: ", ")
        if !by.isEmpty { items.append(.init("NAV by", by)) }
        if let published = nav.published { items.append(.init("NAV published", "\(published)")) }
        if let document = nav.document { items.append(.init("NAV document", document)) }
      }
    }
    if let howey = report.howey {
      let isOdd = howey == "investment contract" && report.facts.assetClass != .security
      items.append(
        .init(
          "Howey, US view", isOdd ? "\(howey), yet classed \(report.facts.assetClass.rawValue)" : howey, isOdd ? Style(.warning) : .text))
    }
    if let line = report.yields {
      let parts = [("trailing", line.yieldTrailing), ("forward", line.yieldForward), ("on cost", line.yieldOnCost)]
      let known = parts.compactMap { name, figure in figure.value.map { "\(name) \(Figures.percent($0))" } }
      if !known.isEmpty { items.append(.init("Yield", known.joined(separator: ", "))) }
    }
    return items
  }

  /// Class, currency, rhythm and mode: what every asset has.
  private static func identity(_ report: AssetReport) -> [KeyValues.Item] {
    let facts = report.facts
    var items: [KeyValues.Item] = [.init("Class", facts.assetClass.rawValue, Style(Figures.role(facts.assetClass)))]
    if !facts.currency.isEmpty { items.append(.init("Currency", facts.currency)) }
    if let decimals = facts.decimals { items.append(.init("Decimals", String(decimals))) }
    if facts.hasLots {
      items.append(.init("Quotes expected", facts.expectedCadence.rawValue + (facts.cadence == nil ? ", by class" : "")))
      items.append(.init("Valued by", facts.valuationMode.rawValue + (facts.mode == nil ? ", by class" : "")))
    }
    return items
  }

  /// A stored fact with its digits grouped, where it is a number.
  private static func worded(_ fact: AssetReport.Fact) -> String {
    switch AssetAttribute(rawValue: fact.key) {
    case .underlyingValue, .underlyingDebt, .totalSupply, .face, .incomePerYear, .issuePrice:
      Decimal(fact.value).map { NumberText.quantity($0) } ?? fact.value
    case .coupon: Decimal(fact.value).map { Figures.percent($0) } ?? fact.value
    default: fact.value
    }
  }

  /// Percent with the digits that matter: small shares of large issues are the rule.
  static func exactPercent(_ ratio: Decimal) -> String {
    guard let hundred = try? ratio.multiplied(by: 100) else { return "n/a" }
    var places = 2
    while places < 8, !hundred.isZero, hundred.rounded(to: places).magnitude < Decimal(mantissa: 10, scale: UInt8(places)) { places += 1 }
    return NumberText.quantity(hundred.rounded(to: places)) + "%"
  }
}
