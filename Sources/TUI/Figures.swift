import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Figures as cells: grouped digits, a sign that does not rest on colour alone, and a reason where there is no figure.
struct Figures {
  /// Whether amounts are hidden; percentages stay.
  let isPrivate: Bool

  init(_ shared: Shared) { isPrivate = shared.isPrivate }

  /// What stands for a hidden amount.
  static let hidden = "•••"

  /// Money in the currency of totals.
  func money(_ figure: Figure<Decimal>, _ style: Style = .text) -> TableCell {
    switch figure {
    case .unknown(let why): TableCell(Figures.absent(why), .muted)
    case .known(let amount):
      isPrivate ? TableCell(Figures.hidden, style) : TableCell(NumberText.money(amount), style, shorter: Brief.money(amount))
    }
  }

  /// Money in a currency of its own, without the code.
  func money(_ figure: Figure<Money>, _ style: Style = .text) -> TableCell {
    money(figure.map { (money) throws(DecimalError) in money.amount }, style)
  }

  /// A gain or loss: signed, and coloured.
  func gain(_ figure: Figure<Decimal>) -> TableCell {
    guard case .known(let amount) = figure, !isPrivate else { return money(figure) }
    let sign = Figures.sign(amount)
    return TableCell(sign + NumberText.money(amount), Figures.tone(amount), shorter: Brief.money(amount).map { sign + $0 })
  }

  /// Units.
  func quantity(_ units: Decimal, _ style: Style = .text) -> TableCell {
    isPrivate ? TableCell(Figures.hidden, style) : TableCell(NumberText.quantity(units), style, shorter: Brief.quantity(units))
  }

  /// A unit price, which is no secret.
  func price(_ figure: Figure<Price>, stale: Bool = false) -> TableCell {
    switch figure {
    case .unknown: TableCell("–", .muted)
    case .known(let price):
      TableCell(Figures.unitPrice(price.perUnit), stale ? Style(.stale) : .text, shorter: Brief.money(price.perUnit))
    }
  }

  /// A share of a whole: 12.34 %.
  static func share(_ figure: Figure<Decimal>, _ style: Style = .text) -> TableCell {
    switch figure {
    case .unknown: TableCell("–", .muted)
    case .known(let ratio): TableCell(percent(ratio), style)
    }
  }

  /// A change: +1.23 %, coloured.
  static func change(_ figure: Figure<Decimal>) -> TableCell {
    switch figure {
    case .unknown: TableCell("–", .muted)
    case .known(let ratio): TableCell(sign(ratio) + percent(ratio), tone(ratio))
    }
  }

  /// A price with the digits that matter: two places from 100 on, five significant digits below.
  static func unitPrice(_ value: Decimal) -> String {
    let magnitude = value.magnitude
    if magnitude >= 100 || magnitude.isZero { return NumberText.grouped(value.text(places: 2)) }
    if magnitude >= 1 { return value.text(places: 4) }
    var places = 4
    var edge = Decimal(mantissa: 1, scale: 1)
    while magnitude < edge, places < 12 {
      places += 1
      edge = Decimal(mantissa: 1, scale: edge.scale + 1)
    }
    return value.text(places: places)
  }

  /// A fraction as percent with two places.
  static func percent(_ ratio: Decimal) -> String {
    NumberText.percent(ratio).replacingBlank()
  }

  /// `+` for a gain; a loss brings its own sign.
  static func sign(_ amount: Decimal) -> String { amount.isPositive ? "+" : "" }

  /// The colour of a gain or loss.
  static func tone(_ amount: Decimal) -> Style { amount.isPositive ? Style(.gain) : amount.isNegative ? Style(.loss) : .muted }

  /// Why there is no figure, short enough for a column.
  static func absent(_ why: Why) -> String {
    switch why {
    case .cash, .nothing: "–"
    default: "n/a"
    }
  }

  /// The role of a class's colour.
  static func role(_ assetClass: AssetClass) -> Role {
    switch assetClass {
    case .security: .classSecurity
    case .utility: .classUtility
    case .crypto: .classCrypto
    case .stablecoin: .classStablecoin
    case .cash: .classCash
    case .stock: .classStock
    case .fund: .classFund
    case .collectible: .classCollectible
    case .other: .classOther
    }
  }

  /// The sign of a class, so that colour is never alone.
  static func short(_ assetClass: AssetClass) -> String {
    switch assetClass {
    case .security: "sec"
    case .utility: "util"
    case .crypto: "cryp"
    case .stablecoin: "stab"
    case .cash: "cash"
    case .stock: "stck"
    case .fund: "fund"
    case .collectible: "coll"
    case .other: "othr"
    }
  }
}

extension String {
  /// `12.34 %` as `12.34%`: a column is narrow.
  fileprivate func replacingBlank() -> String { split(separator: " ").joined() }
}
