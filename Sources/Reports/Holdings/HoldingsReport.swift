public import Amounts
public import Engine
import Ledger

extension HoldingsReport {
  /// What is held at the end of a day.
  ///
  /// Works from positions alone, so that a book opens with its stored positions before anything is booked again.
  ///
  /// - Parameters:
  ///   - booking: the positions at the end of `asOf`.
  ///   - byAccount: one row for each account instead of one for all.
  ///   - closed: whether rows of which nothing is held any more are shown; the totals have them always.
  ///   - modes: which series counts.
  public init(
    _ book: Book, _ booking: Booking, asOf: Day, byAccount: Bool = false, closed: Bool = false, filter: Filter = .all,
    modes: Valuer.Modes = .chosen
  ) {
    self.init(book, booking, Valuer(book: book, on: asOf, modes: modes), byAccount: byAccount, closed: closed, filter: filter)
  }

  /// What is held, valued by a valuer that is there already.
  public init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, byAccount: Bool = false, closed: Bool = false, filter: Filter = .all
  ) {
    let names = Names(book)
    let maker = HoldingMaker(book: book, valuer: valuer, names: names, open: OpenMovements(book, asOf: valuer.day))
    var made: [(row: HoldingRow, unknowns: HoldingMaker.Unknowns)] = []
    var groups: [Group: [Position]] = [:]
    for position in booking.positions {
      groups[Group(asset: position.asset.raw, account: byAccount ? position.account.raw : 0), default: []].append(position)
    }
    for (_, positions) in groups {
      guard let (row, unknowns) = maker.row(of: positions, byAccount: byAccount), filter.matches(row) else { continue }
      made.append((row, unknowns))
    }
    // What a dictionary gave is in no order. Places are sorted by what they go by, not the rows, which are large.
    let keys = made.map { Key($0.row) }
    made = keys.indices.sorted { Key.precedes(keys[$0], keys[$1]) }.map { made[$0] }
    var totals = HoldingTotals()
    var excluded: [Exclusion] = []
    for (row, unknowns) in made { totals.add(row, unknowns, &excluded) }
    var rows = made.map(\.row)
    totals.unpriced = Set(excluded.filter { $0.what == "value" }.map(\.asset.id)).count
    totals.unknownBasis = Set(excluded.filter { $0.what == "cost" }.map(\.asset.id)).count
    if !closed { rows.removeAll { $0.quantity.isZero } }
    for index in rows.indices {
      rows[index].weight = rows[index].value.map { (value) throws(DecimalError) in try value.divided(by: totals.value) }
      if totals.value.isZero, rows[index].value.isKnown { rows[index].weight = .unknown(.zeroBase) }
    }
    self.init(asOf: valuer.day, currency: names.currency(valuer.base), rows: rows, totals: totals, excluded: excluded)
  }

  private struct Group: Hashable {
    let asset: Int32
    let account: Int32
  }

  /// What the order of rows goes by: class, asset, account.
  private struct Key {
    let assetClass: String
    let asset: AssetLabel
    let account: AccountLabel?

    init(_ row: HoldingRow) { (assetClass, asset, account) = (row.assetClass.rawValue, row.asset, row.account) }

    static func precedes(_ a: Key, _ b: Key) -> Bool {
      if a.assetClass != b.assetClass { return a.assetClass < b.assetClass }
      if a.asset != b.asset { return AssetLabel.precedes(a.asset, b.asset) }
      return (a.account?.text ?? "", a.account?.id.raw ?? 0) < (b.account?.text ?? "", b.account?.id.raw ?? 0)
    }
  }
}

/// Makes holding rows out of positions.
struct HoldingMaker {
  let book: Book
  let valuer: Valuer
  let names: Names
  let open: OpenMovements

  /// What a row's realised gain and income leave out.
  struct Unknowns {
    var gains = 0
    var receipts = 0
    var gainsWhy: Why?
    var receiptsWhy: Why?
  }

  /// One row of the positions of one asset.
  func row(of positions: [Position], byAccount: Bool) -> (HoldingRow, Unknowns)? {
    guard let first = positions.first, let asset = book.assets[first.asset] else { return nil }
    var quantity = Figure.known(Decimal.zero)
    var (cost, realized, income) = (quantity, quantity, quantity)
    var (charges, carried) = (quantity, quantity)
    var unknownCharges = 0
    var basisWhy: Why?
    var unknowns = Unknowns()
    var lots = 0
    func add(_ sum: inout Figure<Decimal>, _ part: Decimal) {
      sum = sum.map { (sum) throws(DecimalError) in try sum.adding(part) }
    }
    for position in positions {
      add(&quantity, position.quantity)
      add(&cost, position.costBase)
      add(&realized, position.realizedBase)
      add(&income, position.incomeBase)
      add(&charges, position.chargesBase)
      add(&carried, position.carriedBase)
      unknownCharges += position.unknownCharges
      basisWhy = Why.graver(basisWhy, position.costBaseFigure.why)
      unknowns.gains += position.unknownGains
      unknowns.receipts += position.unknownReceipts
      unknowns.gainsWhy = Why.graver(unknowns.gainsWhy, position.gainsWhy)
      unknowns.receiptsWhy = Why.graver(unknowns.receiptsWhy, position.receiptsWhy)
      lots += position.lots
    }
    if unknowns.gains > 0 && realized == .known(.zero) { realized = .unknown(unknowns.gainsWhy ?? .unknownBasis) }
    if unknowns.receipts > 0 && income == .known(.zero) { income = .unknown(unknowns.receiptsWhy ?? .noPrice) }
    let isCash = asset.assetClass == .cash
    if isCash { cost = .unknown(.cash) } else if let basisWhy { cost = .unknown(basisWhy) }
    let unit = valuer.unit(asset.id)
    let held = quantity.value ?? .zero
    let value = quantity.isKnown ? (held.isZero ? .known(.zero) : valuer.value(of: held, asset.id, costBase: cost)) : .unknown(.overflow)
    let unrealized = value.with(cost) { (value, cost) throws(DecimalError) in try value.subtracting(cost) }
    let ratio: Figure<Decimal> =
      cost.value?.isZero == true
      ? .unknown(.zeroBase) : unrealized.with(cost) { (gain, cost) throws(DecimalError) in try gain.divided(by: cost) }
    let currencyPart = currencyPart(positions, value, isCash: isCash)
    // Cash has no cost; what it made is what its currency made since it came.
    let total = (isCash ? currencyPart : unrealized).with(realized) { (a, b) throws(DecimalError) in try a.adding(b) }
      .with(income) { (a, b) throws(DecimalError) in try a.adding(b) }
      .with(charges) { (a, b) throws(DecimalError) in try a.subtracting(b) }
      .with(carried) { (a, b) throws(DecimalError) in try a.adding(b) }
    let marketPrice: Figure<Price> =
      isCash || unit.source == .trade ? unit.price : unit.market.map { .known($0.price) } ?? .unknown(.noPrice)
    let navPrice: Figure<Price> = unit.nav.map { .known($0.price) } ?? .unknown(isCash ? .cash : .noNav)
    var row = HoldingRow(
      asset: names.asset(asset.id), assetClass: asset.assetClass, name: asset.name,
      account: byAccount ? names.account(first.account) : nil, quantity: held, price: marketPrice,
      priceCurrency: names.currency(marketPrice), priceDate: unit.source == .trade ? unit.day : unit.market?.day, nav: navPrice,
      navCurrency: names.currency(navPrice), navDate: unit.nav?.day,
      premium: isCash ? .unknown(.cash) : unit.premium, mode: unit.source, isStale: unit.isStale, ageDays: unit.ageDays, value: value,
      cost: cost, unrealized: unrealized, unrealizedRatio: ratio, realized: realized, incomeNet: income, totalReturn: total,
      weight: .unknown(value.why ?? .nothing), change1d: book.change(of: unit, asset.id, over: 1, upTo: valuer.day),
      change30d: book.change(of: unit, asset.id, over: 30, upTo: valuer.day), lots: lots)
    row.unrealizedCurrency = currencyPart
    (row.charges, row.unknownCharges, row.carried) = (charges.value ?? .zero, unknownCharges, carried.value ?? .zero)
    for position in positions {
      row.pending = (try? row.pending.adding(open.pending(position.asset, position.account))) ?? row.pending
      row.unsettled = (try? row.unsettled.adding(open.unsettled(position.asset, position.account))) ?? row.unsettled
    }
    return (row, unknowns)
  }
}

extension HoldingMaker {
  /// The cost at today's rate less the cost at the rates of the acquisitions; for cash its value less what it was worth when it came.
  private func currencyPart(_ positions: [Position], _ value: Figure<Decimal>, isCash: Bool) -> Figure<Decimal> {
    var sum = Figure.known(Decimal.zero)
    for position in positions {
      if let why = position.costBaseFigure.why { return .unknown(why) }
      let now: Figure<Decimal> =
        switch position.cost {
        case .known(let cost): valuer.inBase(cost, book.quotes)
        case .unknown(.nothing): .known(.zero)
        case .unknown(.cash): valuer.inBase(Money(position.quantity, position.asset.asCurrency), book.quotes)
        case .unknown(let why): .unknown(why)
        }
      sum = sum.with(now) { (a, b) throws(DecimalError) in try a.adding(b).subtracting(position.costBase) }
    }
    return sum
  }
}

extension HoldingTotals {
  /// Adds a row, or says what of it is left out.
  mutating func add(_ row: HoldingRow, _ unknowns: HoldingMaker.Unknowns, _ excluded: inout [Exclusion]) {
    func sum(_ total: inout Decimal, _ figure: Figure<Decimal>, _ what: String) {
      switch figure {
      case .known(let amount):
        do throws(DecimalError) { total = try total.adding(amount) } catch {
          excluded.append(Exclusion(asset: row.asset, what: what, why: .overflow))
        }
      case .unknown(.cash): return
      case .unknown(let why):
        if !excluded.contains(where: { $0.asset == row.asset && $0.what == what }) {
          excluded.append(Exclusion(asset: row.asset, what: what, why: why))
        }
      }
    }
    sum(&value, row.value, "value")
    sum(&cost, row.cost, "cost")
    if row.value.isKnown && row.cost.isKnown { sum(&unrealized, row.unrealized, "unrealized") }
    if case .known(let part) = row.unrealizedCurrency { unrealizedCurrency = (try? unrealizedCurrency.adding(part)) ?? unrealizedCurrency }
    sum(&realized, row.realized, "realized")
    if row.realized.isKnown && unknowns.gains > 0 {
      excluded.append(Exclusion(asset: row.asset, what: "realized", why: unknowns.gainsWhy ?? .unknownBasis))
    }
    sum(&incomeNet, row.incomeNet, "income")
    if row.incomeNet.isKnown && unknowns.receipts > 0 {
      excluded.append(Exclusion(asset: row.asset, what: "income", why: unknowns.receiptsWhy ?? .noPrice))
    }
    if row.mode == .trade, !row.quantity.isZero, let value = row.value.value {
      tradePriced += 1
      tradeValue = (try? tradeValue.adding(value)) ?? tradeValue
    }
    charges = (try? charges.adding(row.charges)) ?? charges
    carried = (try? carried.adding(row.carried)) ?? carried
    unknownCharges += row.unknownCharges
    // What is known of a row counts, even where its whole return is not.
    var parts = [row.realized, row.incomeNet, .known(-row.charges), .known(row.carried)]
    parts.append(row.assetClass == .cash ? row.unrealizedCurrency : row.unrealized)
    for part in parts { if let part = part.value { totalReturn = (try? totalReturn.adding(part)) ?? totalReturn } }
  }
}
