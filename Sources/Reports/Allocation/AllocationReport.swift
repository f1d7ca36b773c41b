public import Amounts
public import Engine
import Ledger

extension AllocationReport {
  /// How the value at the end of a day is spread.
  public init(_ book: Book, _ booking: Booking, asOf: Day, by dimension: Dimension = .assetClass, filter: Filter = .all) {
    self.init(book, booking, Valuer(book: book, on: asOf), by: dimension, filter: filter)
  }

  /// How the value is spread, valued by a valuer that is there already.
  ///
  /// - Parameters:
  ///   - filter: which holdings count, in the terms of the holdings report.
  ///   - known: those holdings, when they are there already; by account where that is the dimension.
  public init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, by dimension: Dimension = .assetClass, filter: Filter = .all,
    of known: HoldingsReport? = nil
  ) {
    let holdings = known ?? HoldingsReport(book, booking, valuer, byAccount: dimension == .account, filter: filter)
    let total = holdings.totals.value
    var values: [String: Decimal] = [:]
    var assets: [String: AssetID] = [:]
    for row in holdings.rows {
      guard let value = row.value.value, let asset = book.assets[row.asset.id] else { continue }
      for key in AllocationReport.keys(of: row, asset, valuer, dimension) {
        values[key] = (try? (values[key] ?? .zero).adding(value)) ?? values[key]
        if dimension == .asset { assets[key] = asset.id }
      }
    }
    let targets = AllocationReport.targets(book, dimension)
    for key in targets.keys where values[key] == nil { values[key] = .zero }
    func ratio(_ value: Decimal) -> Figure<Decimal> {
      total.isZero ? .unknown(.zeroBase) : Figure.known(value).map { (value) throws(DecimalError) in try value.divided(by: total) }
    }
    // Without lots, as when a book has just been opened, nobody can tell what may be sold.
    let sellable = targets.isEmpty || booking.lots.isEmpty ? [:] : AllocationReport.sellable(book, booking, valuer, holdings, dimension)
    var rows: [AllocationRow] = []
    for (key, value) in values {
      let weight = ratio(value)
      let target = targets[key]
      let wanted: Figure<Decimal> = target.map { .known($0.weight) } ?? .unknown(.notStated)
      let drift = weight.with(wanted) { (weight, wanted) throws(DecimalError) in try weight.subtracting(wanted) }
      var trade = wanted.map { (wanted) throws(DecimalError) in try wanted.multiplied(by: total).subtracting(value) }
      if let band = target?.band, let drift = drift.value, drift.magnitude <= band { trade = .known(.zero) }
      var limit: String?
      if let wanted = trade.value, wanted.isNegative, let most = sellable[key], most.value < wanted.magnitude {
        trade = .known(-most.value)
        limit = most.reasons.isEmpty ? "not all may be sold" : most.reasons.joined(separator: "; ")
      }
      let asset = assets[key] ?? (dimension == .asset ? book.assets.values.first { $0.symbol == key }?.id : nil)
      let unit: Figure<Decimal> = asset.map { valuer.unit($0).priceBase } ?? .unknown(.nothing)
      let units = trade.with(unit) { (trade, unit) throws(DecimalError) in try trade.divided(by: unit) }
      rows.append(
        AllocationRow(
          key: key, value: value, weight: weight, target: wanted, drift: drift, trade: trade, tradeQuantity: units, limit: limit))
    }
    rows.sort { $0.value == $1.value ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) : $0.value > $1.value }
    let weights = rows.map(\.weight)
    self.init(
      asOf: valuer.day, currency: holdings.currency, dimension: dimension, rows: rows, value: total,
      hhi: AllocationReport.sum(weights.map { $0.map { (weight) throws(DecimalError) in try weight.multiplied(by: weight) } }),
      top5: AllocationReport.sum(Array(weights.prefix(5))), isOverlapping: dimension == .tag,
      excluded: holdings.excluded.filter { $0.what == "value" })
  }

  /// What may be sold today of each part, in base, and why not all of it.
  private static func sellable(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ holdings: HoldingsReport, _ dimension: Dimension
  ) -> [String: (value: Decimal, reasons: [String])] {
    let restrictions = Restrictions(book, booking, asOf: valuer.day)
    var found: [String: (value: Decimal, reasons: [String])] = [:]
    for row in holdings.rows {
      guard let value = row.value.value, let asset = book.assets[row.asset.id] else { continue }
      var (free, reasons) = (row.quantity, [String]())
      if asset.hasLots {
        free = .zero
        for position in booking.positions where position.asset == asset.id && row.account.map({ $0.id == position.account }) ?? true {
          let state = restrictions.state(of: asset.id, in: position.account, on: valuer.day)
          free = (try? free.adding(state.free)) ?? free
          if state.free < state.held { reasons += state.reasons }
        }
      }
      guard row.quantity.isPositive, let part = try? value.share(min(free, row.quantity), of: row.quantity) else { continue }
      for key in AllocationReport.keys(of: row, asset, valuer, dimension) {
        var own = found[key] ?? (.zero, [])
        own.value = (try? own.value.adding(part)) ?? own.value
        for reason in reasons where !own.reasons.contains(reason) { own.reasons.append(reason) }
        found[key] = own
      }
    }
    return found
  }

  private static func sum(_ figures: [Figure<Decimal>]) -> Figure<Decimal> {
    guard var total = figures.first else { return .unknown(.nothing) }
    for figure in figures.dropFirst() { total = total.with(figure) { (a, b) throws(DecimalError) in try a.adding(b) } }
    return total
  }

  /// The parts a holding belongs to: one, or with tags several.
  static func keys(of row: HoldingRow, _ asset: Asset, _ valuer: Valuer, _ dimension: Dimension) -> [String] {
    func attribute(_ keys: AssetAttribute...) -> [String] {
      [keys.lazy.compactMap { asset.attributes[$0] }.first { !$0.isEmpty } ?? "unknown"]
    }
    switch dimension {
    case .assetClass: return [asset.assetClass.rawValue]
    case .asset: return [row.asset.text]
    case .subtype: return attribute(.subtype)
    case .issuer: return attribute(.issuer)
    case .chain: return attribute(.chain)
    case .account: return [row.account?.text ?? "unknown"]
    case .jurisdiction: return attribute(.jurisdiction, .country)
    case .currency:
      if asset.assetClass == .cash { return [row.asset.text] }
      let own = row.mode == .nav ? row.nav : row.price
      return [own.isKnown ? row.navCurrencyOrPrice ?? "unknown" : asset.currency.isEmpty ? "unknown" : asset.currency]
    case .tag:
      let tags = (asset.attributes[.tags] ?? "").split { $0 == "," || $0 == ";" }.map { $0.trimmed }.filter { !$0.isEmpty }
      return tags.isEmpty ? ["untagged"] : tags
    }
  }

  static func targets(_ book: Book, _ dimension: Dimension) -> [String: (weight: Decimal, band: Decimal?)] {
    var found: [String: (weight: Decimal, band: Decimal?)] = [:]
    for plan in book.plans where plan.kind == .target && plan.cells["dimension"] == dimension.rawValue {
      guard let key = plan.cells["key"], let weight = plan.cells["target"].flatMap({ Decimal($0) }) else { continue }
      found[key] = (weight, plan.cells["band"].flatMap { Decimal($0) })
    }
    return found
  }
}

extension HoldingRow {
  /// The code of the currency of the series that counts.
  fileprivate var navCurrencyOrPrice: String? { mode == .nav ? navCurrency : priceCurrency }
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    var rest = drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
