import Workspace
import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Draws the holdings as a table that drops columns on narrow screens.
struct HoldingsView {
  let screen: HoldingsScreen
  let shared: Shared

  /// Columns of the table, in order.
  enum Field: CaseIterable {
    case asset, kind, name, account, quantity, price, nav, premium, value, cost, gain, gainRatio, weight, bar, day, month, trend
  }

  /// What can be sorted by: every column that is not a drawing.
  static let sortable = Field.allCases.filter { $0 != .trend && $0 != .bar }

  /// The order nobody chose: class by class, in each the largest first, what has no value last.
  static func byClassAndValue(_ order: [Int32], _ rows: [HoldingRow]) -> [Int32] {
    let ranks = Dictionary(uniqueKeysWithValues: AssetClass.allCases.enumerated().map { ($0.element, $0.offset) })
    let keys = order.map { place in
      (place: place, rank: ranks[rows[Int(place)].assetClass] ?? 0, value: rows[Int(place)].value.value)
    }
    return keys.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      switch (a.value, b.value) {
      case (let x?, let y?): return x == y ? a.place < b.place : x > y
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return a.place < b.place
      }
    }.map(\.place)
  }

  static func sorted(_ order: [Int32], _ rows: [HoldingRow], by field: Field, descending: Bool) -> [Int32] {
    func key(_ row: HoldingRow) -> Figure<Decimal>? {
      switch field {
      case .quantity: .known(row.quantity)
      case .price: row.price.map { (p) throws(DecimalError) in p.perUnit }
      case .nav: row.nav.map { (p) throws(DecimalError) in p.perUnit }
      case .premium: row.premium
      case .value: row.value
      case .cost: row.cost
      case .gain: row.unrealized
      case .gainRatio: row.unrealizedRatio
      case .weight: row.weight
      case .day: row.change1d
      case .month: row.change30d
      case .asset, .kind, .name, .account, .trend, .bar: nil
      }
    }
    func text(_ row: HoldingRow) -> String {
      switch field {
      case .kind: row.assetClass.rawValue
      case .name: row.name
      case .account: row.account?.text ?? ""
      default: row.asset.text
      }
    }
    return order.sorted { a, b in
      let (x, y) = (rows[Int(a)], rows[Int(b)])
      if let kx = key(x), let ky = key(y) {
        switch (kx, ky) {
        case (.known(let p), .known(let q)): if p != q { return descending ? p > q : p < q }
        // What is unknown comes last, whichever way round.
        case (.known, .unknown): return true
        case (.unknown, .known): return false
        case (.unknown, .unknown): break
        }
        return a < b
      }
      let (s, t) = (text(x), text(y))
      return s == t ? a < b : descending ? s > t : s < t
    }
  }

  private static let columns: [TermKit.Column] = Field.allCases.map { field in
    switch field {
    case .asset: Column("Asset", min: 7, ideal: 8, priority: 200)
    case .kind: Column("Class", min: 5, ideal: 5, priority: 70)
    case .name: Column("Name", min: 8, ideal: 22, flex: 1, priority: 30)
    case .account: Column("Account", min: 8, ideal: 14, priority: 95)
    case .quantity: Column("Quantity", .right, min: 10, ideal: 13, priority: 120)
    case .price: Column("Price", .right, min: 8, ideal: 11, priority: 85)
    case .nav: Column("NAV", .right, min: 8, ideal: 10, priority: 62)
    case .premium: Column("Prem.", .right, min: 8, ideal: 8, priority: 60)
    case .value: Column("Value", .right, min: 12, ideal: 14, priority: 190)
    case .cost: Column("Cost", .right, min: 9, ideal: 13, priority: 50)
    case .gain: Column("Gain", .right, min: 11, ideal: 13, priority: 110)
    case .gainRatio: Column("Gain %", .right, min: 9, ideal: 9, priority: 100)
    case .weight: Column("Weight", .right, min: 7, ideal: 7, priority: 90)
    case .bar: Column("", min: 5, ideal: 10, priority: 58)
    case .day: Column("1 day", .right, min: 8, ideal: 8, priority: 56)
    case .month: Column("30 days", .right, min: 8, ideal: 8, priority: 40)
    case .trend: Column("30 days", min: 8, ideal: 10, priority: 57)
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = screen.rows(shared)
    let note = screen.list.filter.isEmpty ? "\(rows.count)" : "\(screen.order.count) of \(rows.count)"
    let excluded = excludedText
    let inside = Panel(screen.title, note: note, footnote: excluded, isFocused: true).draw(in: area, on: &canvas)
    let fields = Field.allCases.filter { screen.byAccount || $0 != .account }
    var table = Table(
      fields.map { HoldingsView.columns[Field.allCases.firstIndex(of: $0) ?? 0] }, rowCount: screen.order.count,
      selected: screen.list.selected,
      scroll: screen.list.scroll)
    if let sort = screen.list.sortColumn { table.sortColumn = fields.firstIndex(of: HoldingsView.sortable[sort]) }
    table.isDescending = screen.list.isDescending
    table.emptyText = rows.isEmpty ? "nothing is held" : "no holding matches \(screen.list.filter)"
    table.totals = totals(fields)
    let figures = Figures(shared)
    let most = rows.compactMap(\.weight.value).max()?.approximate ?? 1
    let hits = table.draw(in: inside, on: &canvas) { place in
      let row = rows[Int(screen.order[place])]
      return TableRow(fields.map { cell($0, row, figures, most) })
    }
    return hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(row))
      case .header(let column): HoldingsView.sortable.firstIndex(of: fields[column]).map { HitRegion(region.rect, .header($0)) }
      case .scroll(let first): HitRegion(region.rect, .scroll(first))
      }
    }
  }

  private func cell(_ field: Field, _ row: HoldingRow, _ figures: Figures, _ most: Double) -> TableCell {
    switch field {
    case .asset: return TableCell(row.asset.text, .title)
    case .kind: return TableCell(Figures.short(row.assetClass), Style(Figures.role(row.assetClass)))
    case .name: return TableCell(row.name, .muted)
    case .account: return TableCell(row.account?.text ?? "", .text)
    case .quantity: return figures.quantity(row.quantity)
    case .price: return figures.price(row.price, stale: row.isStale && row.mode == .market || row.mode == .trade)
    case .nav: return figures.price(row.nav, stale: row.isStale && row.mode == .nav)
    case .premium: return Figures.change(row.premium)
    case .value: return value(row, figures)
    case .cost: return figures.money(row.cost, .muted)
    case .gain: return figures.gain(row.unrealized)
    case .gainRatio: return Figures.change(row.unrealizedRatio)
    case .weight: return Figures.share(row.weight)
    case .bar:
      return TableCell("", graphic: .bar(max(0, (row.weight.value?.approximate ?? 0) / max(most, 0.0001)), Figures.role(row.assetClass)))
    case .day: return Figures.change(row.change1d)
    case .month: return Figures.change(row.change30d)
    case .trend: return TableCell("", graphic: .spark(Trend.values(of: row, shared), .chart))
    }
  }

  /// The worth, with `~` where it comes from a stale quote or a trade.
  private func value(_ row: HoldingRow, _ figures: Figures) -> TableCell {
    let isRough = row.isStale || row.mode == .trade
    let cell = figures.money(row.value, isRough ? Style(.stale) : .text)
    return row.value.isKnown && isRough ? cell.prefixed("~") : cell
  }

  /// What the rows that are shown add up to, each over what is known.
  private struct Shown {
    var value = Decimal.zero
    var cost = Decimal.zero
    var gain = Decimal.zero
    var unpriced = 0
    var unknownCost = 0
    var atTrade = 0

    init(_ rows: some Sequence<HoldingRow>) {
      func add(_ sum: inout Decimal, _ figure: Figure<Decimal>) { sum = figure.value.flatMap { try? sum.adding($0) } ?? sum }
      for row in rows {
        add(&value, row.value)
        add(&cost, row.cost)
        add(&gain, row.unrealized)
        if !row.value.isKnown { unpriced += 1 }
        if !row.cost.isKnown, row.assetClass != .cash { unknownCost += 1 }
        if row.mode == .trade { atTrade += 1 }
      }
    }
  }

  private var shown: Shown {
    let rows = screen.rows(shared)
    return Shown(screen.order.lazy.map { rows[Int($0)] })
  }

  private func totals(_ fields: [Field]) -> TableRow? {
    guard shared.snapshot != nil, !screen.order.isEmpty else { return nil }
    let (figures, sums) = (Figures(shared), shown)
    return TableRow(
      fields.map { field in
        switch field {
        case .asset: TableCell(screen.list.filter.isEmpty ? "Total" : "Shown", .title)
        case .value: figures.money(.known(sums.value), Style(.total))
        case .cost: figures.money(.known(sums.cost), Style(.total))
        case .gain: figures.gain(.known(sums.gain))
        default: TableCell("")
        }
      })
  }

  private var excludedText: String {
    let sums = shown
    var parts: [String] = []
    if sums.atTrade > 0 { parts.append("~ \(sums.atTrade) at trade prices") }
    if sums.unpriced > 0 { parts.append("excl. \(sums.unpriced) unpriced") }
    if sums.unknownCost > 0 { parts.append("\(sums.unknownCost) of unknown cost") }
    return parts.joined(separator: " · ")
  }
}

/// The last month of the series an asset is valued by, for a sparkline.
enum Trend {
  static func values(of row: HoldingRow, _ shared: Shared) -> [Double?] {
    guard let snapshot = shared.snapshot else { return [] }
    let kind: QuoteDraft.Kind = row.mode == .nav ? .nav : .close
    let from = snapshot.asOf - 30
    // A NAV of before the month still counts in it, so the series begins with the last one known then, unless it is over a year old.
    let quotes = snapshot.book.quotes
    let series = kind == .nav ? quotes.nav[row.asset.id] : quotes.market[row.asset.id]
    let last = series.flatMap { series in series.position(atOrBefore: from).map { Day(ordinal: series.days[$0]) } }
    let first = last.map { $0 < from - 400 ? from : $0 } ?? from
    let points = DaySeries.points(kind, row.asset.id, in: snapshot.book, from: first, to: snapshot.asOf)
    return DaySeries.values(points, from: from, to: snapshot.asOf)
  }
}
