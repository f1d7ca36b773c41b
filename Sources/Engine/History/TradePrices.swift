public import Amounts
public import Ledger

/// The prices at which assets were traded, for assets that nothing else prices yet.
struct TradePrices {
  /// What a quote that is a trade's price names as its source.
  static let source = "trade"

  /// The last prices of some assets at or before a day, in units of the day. Nothing where trades are not to count.
  static func last(_ book: Book, of assets: Set<AssetID>, on day: Day) -> [AssetID: Quote] {
    if assets.isEmpty || book.events.count == 0 { return [:] }
    var found: [AssetID: Quote] = [:]
    for (asset, series) in TradePrices(book, of: assets, upTo: day).series {
      guard let place = series.position(atOrBefore: day) else { continue }
      var quote = series[place]
      let amount = UnitPrices.adjusted(quote.price.perUnit, book.quotes.splits[asset] ?? [], after: quote.day, upTo: day)
      (quote.price, quote.source) = (Price(amount, quote.price.currency), source)
      found[asset] = quote
    }
    return found
  }

  /// One price a day, that of the day's last priced trade.
  private(set) var series: [AssetID: QuoteSeries] = [:]

  private var open: [AssetID: Quote] = [:]
  private let book: Book

  /// The trades of some assets up to a day's end.
  ///
  /// - Complexity: one look at every event when there are such assets, else nothing.
  init(_ book: Book, of assets: Set<AssetID>, upTo last: Day) {
    self.book = book
    if assets.isEmpty || !book.settings.tradePrices { return }
    let table = book.events
    var clock = DayClock(zone: book.settings.zone)
    for index in book.positions(naming: assets, upTo: last) where table.status(at: index) != .void {
      let day = clock.day(of: table.times[index])
      guard let (asset, price) = acquisition(index, day), assets.contains(asset) else { continue }
      if let quote = open[asset], quote.day != day { series[asset, default: QuoteSeries()].append(quote) }
      open[asset] = Quote(day: day, price: price, isAdjusted: false)
    }
    for (asset, quote) in open { series[asset, default: QuoteSeries()].append(quote) }
  }

  /// What an event acquires and at which price; nil when it says no price.
  private func acquisition(_ index: Int, _ day: Day) -> (AssetID, Price)? {
    let table = book.events
    let extra = table.extra(at: index)
    let asset = AssetID(table.assets[index])
    func perUnit(_ amount: Decimal?, _ units: Decimal?) -> Decimal? {
      guard let amount, let units, !units.isZero else { return nil }
      return try? amount.divided(by: units)
    }
    let currency = table.currencies[index] == 0 ? nil : Currency(id: table.currencies[index])
    let own = table.prices[index] ?? perUnit(table.grosses[index], table.quantities[index])
    switch table.kind(at: index) {
    case .buy, .deliveryIn: return own.flatMap { amount in currency.map { (asset, Price(amount, $0)) } }
    case .convert where extra?.toAsset == nil: return own.flatMap { amount in currency.map { (asset, Price(amount, $0)) } }
    case .reward, .airdrop, .mining: return table.prices[index].flatMap { amount in currency.map { (asset, Price(amount, $0)) } }
    case .swap, .convert:
      guard let target = extra?.toAsset, let units = extra?.toQuantity else { return nil }
      if let currency, let gross = table.grosses[index] ?? worth(index) {
        return perUnit(gross, units).map { (target, Price($0, currency)) }
      }
      return carried(asset, table.quantities[index], units, day).map { (target, $0) }
    case .dividend, .interest, .returnOfCapital:
      guard let target = extra?.toAsset, let units = extra?.toQuantity, let gross = table.grosses[index], let currency else { return nil }
      let net = try? gross.subtracting(table.taxes[index] ?? .zero).subtracting(table.feeValues[index] ?? .zero)
      return perUnit(net, units).map { (target, Price($0, currency)) }
    case .migration, .merger, .wrap, .unwrap:
      guard let target = extra?.toAsset else { return nil }
      if let units = extra?.toQuantity { return carried(asset, table.quantities[index], units, day).map { (target, $0) } }
      let ratio = extra?.ratio
      return carried(asset, Decimal(Int(ratio?.old ?? 1)), Decimal(Int(ratio?.new ?? 1)), day).map { (target, $0) }
    default: return nil
    }
  }

  private func worth(_ index: Int) -> Decimal? {
    guard let quantity = book.events.quantities[index], let price = book.events.prices[index] else { return nil }
    return try? quantity.multiplied(by: price)
  }

  /// What a unit received is worth when it takes the place of units of another asset.
  private func carried(_ source: AssetID, _ given: Decimal?, _ received: Decimal, _ day: Day) -> Price? {
    guard let given, !received.isZero else { return nil }
    var known = series
    if let quote = open[source] { known[source, default: QuoteSeries()].append(quote) }
    guard let price = UnitPrices(book, trades: known).price(of: source, on: day).value,
      let amount = try? price.perUnit.share(given, of: received)
    else { return nil }
    return Price(amount, price.currency)
  }
}

extension Book {
  /// The last trades of all assets that nothing is quoted for on a day, as quotes whose source is `trade`; kept ready for the next opening.
  public func lastTradePrices(on day: Day) -> [AssetID: Quote] {
    let open = assets.values.filter { asset in
      asset.hasLots && quotes.pegs[asset.id] == nil && quotes.quote(.close, of: asset.id, on: day) == nil
        && quotes.quote(.nav, of: asset.id, on: day) == nil
    }
    return TradePrices.last(self, of: Set(open.map(\.id)), on: day)
  }

  /// The positions of events up to a day's end that name one of some assets anywhere, ascending.
  func positions(naming assets: Set<AssetID>, upTo last: Day) -> [Int] {
    var wanted = [Bool](repeating: false, count: Int(self.assets.keys.map(\.raw).max() ?? 0) + 1)
    for asset in assets where wanted.indices.contains(Int(asset.raw)) { wanted[Int(asset.raw)] = true }
    return events.positions(naming: wanted, before: events.firstIndex(after: settings.zone.end(of: last)))
  }
}
