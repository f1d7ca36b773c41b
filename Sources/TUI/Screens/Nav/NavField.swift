import Amounts
import Engine
import Reports
import TermKit

/// The columns of the NAV desk.
enum NavField: CaseIterable {
  case asset, nav, currency, date, age, method, source, market, premium, bar, mode, value, ownership, underlying, document

  var column: TermKit.Column {
    switch self {
    case .asset: Column("Asset", min: 7, ideal: 8, priority: 200)
    case .nav: Column("NAV", .right, min: 8, ideal: 10, priority: 195)
    case .currency: Column("Cur", min: 3, ideal: 4, priority: 100)
    case .date: Column("NAV of", min: 10, ideal: 10, priority: 130)
    case .age: Column("Age", .right, min: 6, ideal: 6, priority: 180)
    case .method: Column("Method", min: 9, ideal: 15, flex: 1, priority: 90)
    case .source: Column("Appraiser", min: 8, ideal: 12, flex: 1, priority: 60)
    case .market: Column("Market", .right, min: 8, ideal: 10, priority: 190)
    case .premium: Column("Premium", .right, min: 8, ideal: 8, priority: 185)
    case .bar: Column("- NAV +", min: 9, ideal: 9, priority: 80)
    case .mode: Column("Used", min: 6, ideal: 6, priority: 120)
    case .value: Column("Value", .right, min: 10, ideal: 13, priority: 170)
    case .ownership: Column("Owned", .right, min: 9, ideal: 10, priority: 75)
    case .underlying: Column("Underlying", .right, min: 10, ideal: 13, priority: 65)
    case .document: Column("Document", min: 8, ideal: 12, flex: 1, priority: 40)
    }
  }

  func cell(_ row: NavRow, _ figures: Figures, most: Double, isAscii: Bool) -> TableCell {
    let isStale = row.isStale == true
    let tone = isStale ? Style(.stale) : Style.text
    switch self {
    case .asset: return TableCell(row.asset.text, .title)
    case .nav: return row.nav.isKnown ? figures.price(row.nav, stale: isStale) : TableCell("no NAV", Style(.warning))
    case .currency: return TableCell(row.navCurrency ?? "", .muted)
    case .date: return row.navDate.map { TableCell("\($0)", tone) } ?? TableCell("–", .muted)
    case .age:
      return row.ageDays.map { TableCell((isStale ? "!" : "") + "\($0) d", isStale ? Style(.warning) : .text) } ?? TableCell("–", .muted)
    case .method: return TableCell(row.method ?? "–", .muted)
    case .source: return TableCell(row.source ?? "–", .muted)
    case .market: return row.market.isKnown ? figures.price(row.market) : TableCell("none", .muted)
    case .premium: return Figures.change(row.premium)
    case .bar:
      guard let premium = row.premium.value else { return TableCell("") }
      return TableCell(DivergingBar.text(premium.approximate, of: most, width: 9, isAscii: isAscii), Figures.tone(premium))
    case .mode: return TableCell(row.mode?.rawValue ?? "none", row.mode == nil ? Style(.warning) : .muted)
    case .value: return figures.money(row.value, tone)
    case .ownership: return row.ownership.value.map { TableCell(AssetFacts.exactPercent($0)) } ?? TableCell("–", .muted)
    case .underlying: return row.impliedUnderlying.isKnown ? figures.money(row.impliedUnderlying, .muted) : TableCell("–", .muted)
    case .document: return TableCell(row.document ?? "", .muted)
    }
  }

  private func number(_ row: NavRow) -> Decimal? {
    switch self {
    case .nav: row.nav.value?.perUnit
    case .date: row.navDate.map { Decimal(Int($0.ordinal)) }
    case .age: row.ageDays.map { Decimal($0) }
    case .market: row.market.value?.perUnit
    case .premium, .bar: row.premium.value
    case .value: row.value.value
    case .ownership: row.ownership.value
    case .underlying: row.impliedUnderlying.value?.amount
    case .asset, .currency, .method, .source, .mode, .document: nil
    }
  }

  private func text(_ row: NavRow) -> String {
    switch self {
    case .currency: row.navCurrency ?? ""
    case .method: row.method ?? ""
    case .source: row.source ?? ""
    case .mode: row.mode?.rawValue ?? ""
    case .document: row.document ?? ""
    default: row.asset.text
    }
  }

  private var isNumber: Bool {
    switch self {
    case .asset, .currency, .method, .source, .mode, .document: false
    default: true
    }
  }

  /// Places in order; what is unknown comes last either way.
  static func sorted(_ order: [Int32], _ rows: [NavRow], by field: NavField, descending: Bool) -> [Int32] {
    order.sorted { a, b in
      let (x, y) = (rows[Int(a)], rows[Int(b)])
      if field.isNumber {
        switch (field.number(x), field.number(y)) {
        case (let p?, let q?): return p == q ? a < b : descending ? p > q : p < q
        case (.some, nil): return true
        case (nil, .some): return false
        case (nil, nil): return a < b
        }
      }
      let (s, t) = (field.text(x), field.text(y))
      return s == t ? a < b : descending ? s > t : s < t
    }
  }
}
