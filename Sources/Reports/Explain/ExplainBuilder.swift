public import Amounts
public import Engine
import Ledger

extension Explanation {
  /// The figures of an asset that can be explained.
  public static let figures = [
    "value", "price", "premium", "ownership", "cost", "unrealized", "realized", "income", "weight", "yield", "quantity",
  ]

  /// Explains a figure of an asset, or with `total` (or without an asset) of the whole portfolio.
  ///
  /// - Parameter label: the asset as reports name it.
  /// - Returns: nil when there is no such figure or asset.
  public init?(_ figure: String, of label: String?, _ book: Book, _ booking: Booking, asOf: Day) {
    let valuer = Valuer(book: book, on: asOf)
    let names = Names(book)
    let holdings = HoldingsReport(book, booking, valuer, closed: true)
    let isTotal = figure == "total"
    if isTotal || label == nil {
      self.init(total: isTotal ? label ?? "value" : figure, holdings)
      return
    }
    guard let label, Explanation.figures.contains(figure),
      let id = book.assets.keys.filter({ names.asset($0).text == label }).min()
        ?? book.assets.values.first(where: { $0.symbol == label })?.id
    else { return nil }
    let maker = AssetExplainer(
      book: book, booking: booking, valuer: valuer, names: names, asset: id, label: label,
      row: holdings.rows.first { $0.asset.id == id })
    guard let made = maker.explain(figure) else { return nil }
    self = made
  }

  private init?(total figure: String, _ holdings: HoldingsReport) {
    let (sum, path, words): (Decimal, KeyPath<HoldingRow, Figure<Decimal>>, String)
    switch figure {
    case "value": (sum, path, words) = (holdings.totals.value, \.value, "the sum of all holdings' values")
    case "cost": (sum, path, words) = (holdings.totals.cost, \.cost, "the sum of all open lots' costs")
    case "unrealized": (sum, path, words) = (holdings.totals.unrealized, \.unrealized, "the sum of value - cost")
    case "realized": (sum, path, words) = (holdings.totals.realized, \.realized, "the sum of all realised gains")
    case "income": (sum, path, words) = (holdings.totals.incomeNet, \.incomeNet, "the sum of all income, net of tax and fee")
    default: return nil
    }
    let left = holdings.excluded.count { $0.what == figure }
    self.init(
      figure: "total \(figure)", value: .decimal(sum), formula: words + (left > 0 ? "; \(left) left out" : ""),
      inputs: holdings.rows.filter { $0[keyPath: path] != .known(.zero) }.map { row in
        Input(row.asset.text, Cell(row[keyPath: path]), date: row.ageDays.map { holdings.asOf - $0 })
      }, rounding: "sums are exact", steps: [])
  }
}

/// Explains one asset's figures.
private struct AssetExplainer {
  let book: Book
  let booking: Booking
  let valuer: Valuer
  let names: Names
  let asset: AssetID
  let label: String
  let row: HoldingRow?

  private var rounding: String { "results are rounded half-even to 18 places, once" }

  func explain(_ figure: String) -> Explanation? {
    let unit = valuer.unit(asset)
    let held = row?.quantity ?? .zero
    func make(_ value: Cell, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = []) -> Explanation {
      Explanation(figure: "\(figure) \(label)", value: value, formula: formula, inputs: inputs, rounding: rounding, steps: steps)
    }
    switch figure {
    case "value":
      return make(
        row.map { Cell($0.value) } ?? .unknown(.nothing), "quantity x unit value x exchange rate", [quantity] + price + rate,
        steps(unit, held))
    case "price":
      return make(Cell(unit.price), chosen(unit), series(unit))
    case "premium":
      return make(.ratio(unit.premium), "market / NAV - 1", series(unit))
    case "ownership":
      let share = book.ownership(of: held, asset, on: valuer.day)
      return make(.ratio(share.share), "quantity / outstanding supply", [quantity, .init("supply", Cell(share.supply))])
    case "quantity":
      return make(
        .decimal(held), "the sum over all accounts",
        booking.positions.filter { $0.asset == asset && !$0.quantity.isZero }.map {
          .init(names.account($0.account).text, .decimal($0.quantity))
        })
    case "cost":
      return make(row.map { Cell($0.cost) } ?? .unknown(.nothing), "the sum of the open lots' costs at their acquisition rates", lots)
    case "unrealized":
      return make(
        row.map { Cell($0.unrealized) } ?? .unknown(.nothing), "value - cost",
        [.init("value", row.map { Cell($0.value) } ?? .none), .init("cost", row.map { Cell($0.cost) } ?? .none)])
    case "realized":
      return make(
        row.map { Cell($0.realized) } ?? .unknown(.nothing), "the sum of proceeds - cost over all disposals (see florin gains)", [])
    case "income":
      return make(row.map { Cell($0.incomeNet) } ?? .unknown(.nothing), "the sum of gross - tax - fee over all receipts", receipts)
    case "weight":
      return make(
        row.map { .ratio($0.weight) } ?? .unknown(.nothing), "value / total value", [.init("value", row.map { Cell($0.value) } ?? .none)])
    case "yield":
      let ledger = IncomeLedger(book, booking, asOf: valuer.day)
      let yields = ledger.yields(of: asset, held: held, costBase: row?.cost ?? .unknown(.nothing), book, booking, valuer)
      return make(
        .ratio(yields.forward), "expected in the next 12 months / value",
        [
          .init("expected in 12 months", Cell(yields.forward12)), .init("value", row.map { Cell($0.value) } ?? .none),
          .init("trailing yield", .ratio(yields.trailing)), .init("yield on cost", .ratio(yields.onCost)),
        ])
    default: return nil
    }
  }

  private var quantity: Explanation.Input { .init("quantity", row.map { .decimal($0.quantity) } ?? .none) }

  private var price: [Explanation.Input] {
    let unit = valuer.unit(asset)
    let quote = unit.source == .nav ? unit.nav : unit.market
    let code = names.currency(unit.price) ?? ""
    return [
      .init(
        "\(unit.source?.rawValue ?? "price") in \(code)", Cell(unit.price), date: unit.day, source: quote?.nav?.appraiser ?? quote?.source)
    ]
  }

  private var rate: [Explanation.Input] {
    let unit = valuer.unit(asset)
    guard let own = unit.price.value?.currency, own != valuer.base else { return [] }
    return [.init("\(names.currency(valuer.base)) per \(names.currency(own))", Cell(unit.rate), date: valuer.day)]
  }

  private func series(_ unit: UnitValue) -> [Explanation.Input] {
    var found: [Explanation.Input] = []
    if let market = unit.market {
      found.append(
        .init("market in \(names.currency(market.price.currency))", .decimal(market.price.perUnit), date: market.day, source: market.source)
      )
    }
    if let nav = unit.nav {
      found.append(
        .init(
          "NAV in \(names.currency(nav.price.currency))", .decimal(nav.price.perUnit), date: nav.day,
          source: nav.nav?.appraiser ?? nav.source))
    }
    return found
  }

  private func chosen(_ unit: UnitValue) -> String {
    let mode = book.assets[asset]?.valuationMode.rawValue ?? ""
    let used = unit.source.map { "the \($0.rawValue) counts" } ?? "there is no quote"
    return "mode \(mode): \(used)" + (unit.isStale ? ", though it is stale" : "")
  }

  private func steps(_ unit: UnitValue, _ held: Decimal) -> [String] {
    guard let price = unit.price.value, let own = try? held.multiplied(by: price.perUnit) else { return [] }
    var steps = ["\(held) x \(price.perUnit) = \(own) \(names.currency(price.currency))"]
    if price.currency != valuer.base, let rate = unit.rate.value, let value = try? own.multiplied(by: rate) {
      steps.append("\(own) x \(rate) = \(value) \(names.currency(valuer.base))")
    }
    return steps
  }

  private var lots: [Explanation.Input] {
    booking.lots.filter { $0.asset == asset }.prefix(1000).map { lot in
      .init(
        "lot of \(lot.quantity) in \(names.account(lot.account).text)", Cell(lot.costBase),
        date: lot.acquired.map { book.settings.zone.day(of: $0) }, event: lot.event)
    }
  }

  private var receipts: [Explanation.Input] {
    booking.receipts.filter { $0.asset == asset }.suffix(1000).map { receipt in
      .init(
        "\(receipt.incomeKind) in \(names.account(receipt.account).text)", Cell(receipt.netBase),
        date: book.settings.zone.day(of: receipt.time), event: receipt.event)
    }
  }
}
