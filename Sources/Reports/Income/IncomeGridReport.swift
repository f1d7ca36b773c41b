public import Amounts
public import Engine
public import Ledger

extension IncomeGrid.Period {
  /// The months of a period.
  var months: Int { self == .month ? 1 : self == .quarter ? 3 : 12 }

  /// The number of a day's period, counting from year 0.
  func ordinal(of day: Day) -> Int { day.monthOrdinal / months }

  /// The name of a day's period: `2024-03`, `2024-Q1`, `2024`.
  public func key(of day: Day) -> String { key(ordinal: ordinal(of: day)) }

  func key(ordinal: Int) -> String {
    let month = ordinal * months
    let year = String(month / 12)
    switch self {
    case .year: return year
    case .quarter: return "\(year)-Q\(month % 12 / 3 + 1)"
    case .month: return "\(year)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
    }
  }
}

extension IncomeGrid {
  /// Net income received, asset by period, up to the end of a day.
  ///
  /// - Parameters:
  ///   - kinds: the kinds of income that count, as the income report names them; nil means all.
  ///   - filter: which assets' lines, in the terms of the income report.
  public init(
    _ book: Book, _ booking: Booking, asOf: Day, by period: Period = .month, kinds: Set<String>? = nil, filter: Filter = .all
  ) {
    self.init(
      book, booking, Valuer(book: book, on: asOf), IncomeLedger(book, booking, asOf: asOf), by: period, kinds: kinds, filter: filter)
  }

  /// The grid, with the valuer and the matching there already.
  ///
  /// - Parameter only: the assets that have a line; nil means all.
  public init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger, by period: Period = .month, kinds: Set<String>? = nil,
    only: Set<AssetID>? = nil, filter: Filter = .all
  ) {
    var yields: [AssetID: Yields] = [:]
    self.init(book, booking, valuer, ledger, by: period, kinds: kinds, only: only, filter: filter, &yields)
  }

  /// The grids of all periods: what an asset yields is the same in each.
  public static func all(_ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger) -> [Period: IncomeGrid] {
    var yields: [AssetID: Yields] = [:]
    var found: [Period: IncomeGrid] = [:]
    for period in Period.allCases { found[period] = IncomeGrid(book, booking, valuer, ledger, by: period, &yields) }
    return found
  }

  private init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger, by period: Period, kinds: Set<String>? = nil,
    only: Set<AssetID>? = nil, filter: Filter = .all, _ known: inout [AssetID: Yields]
  ) {
    let names = Names(book)
    let sums =
      filter.isEmpty && kinds == nil && only == nil
      ? GridSums(ledger.months, period) : IncomeGrid.chosen(book, booking, valuer, ledger, period, kinds, only, filter)
    let (cells, trailing, before, bounds) = (sums.cells, sums.trailing, sums.before, sums.bounds)
    let day = valuer.day
    let held = HeldUnits(booking)
    var assets = Set(cells.keys)
    if filter.isEmpty && kinds == nil {
      assets.formUnion(ledger.byAsset.keys.filter { held[$0].quantity.isPositive && only?.contains($0) ?? true })
    }
    let keys = bounds.map { Array($0.low...max($0.high, period.ordinal(of: day))) } ?? [period.ordinal(of: day)]
    let lines = assets.map { asset in
      let (quantity, cost) = held[asset]
      let yields = known[asset] ?? ledger.yields(of: asset, held: quantity, costBase: cost, book, booking, valuer)
      known[asset] = yields
      var net = cells[asset] ?? []
      net += repeatElement(.zero, count: keys.count - net.count)
      return Line(
        asset: names.asset(asset), net: net, total: IncomeGrid.sum(net), trailing12: trailing[asset] ?? .zero,
        forward12: yields.forward12, growth: IncomeGrid.growth(trailing[asset], before[asset]), yieldTrailing: yields.trailing,
        yieldForward: yields.forward, yieldOnCost: yields.onCost)
    }.sorted { AssetLabel.precedes($0.asset, $1.asset) }
    self.period = period
    self.lines = lines
    self.keys = keys.map { period.key(ordinal: $0) }
    totals = keys.indices.map { place in IncomeGrid.sum(lines.map { $0.net[place] }) }
    total = IncomeGrid.sum(totals)
    trailing12 = IncomeGrid.sum(lines.map(\.trailing12))
    forward12 = IncomeGrid.sum(lines.compactMap(\.forward12.value))
    growth = IncomeGrid.growth(trailing12, IncomeGrid.sum(lines.map { before[$0.asset.id] ?? .zero }))
    calendar = IncomeGrid.calendar(ledger, valuer, book, Set(lines.map(\.asset.id)))
  }

  /// Sums of the receipts that are wanted.
  private static func chosen(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger, _ period: Period, _ kinds: Set<String>?,
    _ only: Set<AssetID>?, _ filter: Filter
  ) -> GridSums {
    let maker =
      filter.isEmpty ? nil : IncomeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: Names(book))
    let day = valuer.day
    let year = day.adding(months: -12)
    let yearBefore = day.adding(months: -24)
    var sums = GridSums()
    var cells: [AssetID: [Int: Decimal]] = [:]
    for (place, receipt) in booking.receipts.enumerated() {
      let on = book.settings.zone.day(of: receipt.time)
      // Returned capital is no income.
      guard receipt.kind != .returnOfCapital, on <= day, only?.contains(receipt.asset) ?? true, kinds?.contains(receipt.incomeKind) ?? true,
        let net = receipt.netBase.value
      else { continue }
      if let maker, !filter.matches(maker.row(ofReceipt: place)) { continue }
      let key = period.ordinal(of: on)
      sums.bounds = sums.bounds.map { (min($0.low, key), max($0.high, key)) } ?? (key, key)
      cells[receipt.asset, default: [:]].add(net, key)
      if on > year { sums.trailing.add(net, receipt.asset) } else if on > yearBefore { sums.before.add(net, receipt.asset) }
    }
    if let bounds = sums.bounds { sums.cells = cells.mapValues { own in (bounds.low...bounds.high).map { own[$0] ?? .zero } } }
    return sums
  }

  private static func sum(_ values: [Decimal]) -> Decimal {
    values.reduce(.zero) { sum, value in (try? sum.adding(value)) ?? sum }
  }

  private static func growth(_ now: Decimal?, _ before: Decimal?) -> Figure<Decimal> {
    guard let now, let before, !before.isZero else { return .unknown(.tooShort) }
    return Figure.known(now).map { (now) throws(DecimalError) in try now.divided(by: before).subtracting(.one) }
  }

  private static func calendar(_ ledger: IncomeLedger, _ valuer: Valuer, _ book: Book, _ assets: Set<AssetID>) -> [CalendarMonth] {
    let first = valuer.day.monthOrdinal
    var months = (first...(first + 12)).map {
      CalendarMonth(key: Period.month.key(ordinal: $0), declared: .zero, estimated: .zero)
    }
    for payment in ledger.payments where payment.status == .declared || payment.status == .estimated {
      guard let pay = payment.distribution.pay, pay > valuer.day, assets.contains(payment.distribution.asset),
        months.indices.contains(pay.monthOrdinal - first),
        let amount = payment.expected.value.flatMap({ valuer.inBase($0, book.quotes).value })
      else { continue }
      let month = pay.monthOrdinal - first
      if payment.status == .declared {
        months[month].declared = (try? months[month].declared.adding(amount)) ?? months[month].declared
      } else {
        months[month].estimated = (try? months[month].estimated.adding(amount)) ?? months[month].estimated
      }
    }
    return months
  }
}

/// What a grid is filled from.
private struct GridSums {
  /// By asset, one sum for each period from the lowest to the highest; the last ones may be missing.
  var cells: [AssetID: [Decimal]] = [:]
  /// The twelve months up to the day.
  var trailing: [AssetID: Decimal] = [:]
  /// The twelve months before those.
  var before: [AssetID: Decimal] = [:]
  /// The first and the last period with a receipt.
  var bounds: (low: Int, high: Int)?

  init() {}

  /// Months that are added up already, as periods.
  init(_ months: IncomeMonths, _ period: IncomeGrid.Period) {
    guard let first = months.first, let last = months.last else { return }
    (trailing, before) = (months.trailing, months.before)
    let low = first / period.months
    bounds = (low, last / period.months)
    for asset in months.assets {
      var own: [Decimal] = []
      for (place, sum) in months[asset].enumerated() {
        let key = (first + place) / period.months - low
        if own.count <= key { own.append(.zero) }
        own[key] = (try? own[key].adding(sum)) ?? own[key]
      }
      cells[asset] = own
    }
  }
}

extension Dictionary where Value == Decimal {
  fileprivate mutating func add(_ amount: Decimal, _ key: Key) {
    self[key] = (try? (self[key] ?? .zero).adding(amount)) ?? self[key]
  }
}
