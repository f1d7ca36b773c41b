public import Amounts
public import Engine
public import Ledger

extension AssetReport {
  /// Everything about one asset at the end of a day; nil when the book has no such asset.
  ///
  /// - Parameter seriesFrom: the first day of the price and NAV series; nil means all.
  public init?(_ book: Book, _ booking: Booking, of id: AssetID, asOf: Day, seriesFrom: Day? = nil) {
    self.init(
      book, booking, Valuer(book: book, on: asOf), IncomeLedger(book, booking, asOf: asOf), of: id, seriesFrom: seriesFrom)
  }

  /// Everything about one asset, with the valuer and the matching there already.
  public init?(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger, of id: AssetID, seriesFrom: Day? = nil
  ) {
    guard let asset = book.assets[id] else { return nil }
    let asOf = valuer.day
    let names = Names(book)
    var own = Booking(base: booking.base)
    own.positions = booking.positions.filter { $0.asset == id }
    own.lots = booking.lots.filter { $0.asset == id }
    let maker = IncomeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: names)
    var income = (ledger.byAsset[id] ?? []).map { maker.row(of: ledger.payments[$0]) }
    income += ledger.others(of: id).map { maker.row(ofReceipt: $0) }
    income.sort { a, b in
      (a.pay?.ordinal ?? Int32.max, a.event?.raw ?? Int64.max) > (b.pay?.ordinal ?? Int32.max, b.event?.raw ?? Int64.max)
    }
    let (held, cost) = HeldUnits(own)[id]
    let all = HoldingsReport(book, own, valuer, closed: true)
    let notices = NoticeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: names).all()
    let start = seriesFrom ?? Day(ordinal: -700_000)
    func points(_ kind: QuoteDraft.Kind) -> [Point] {
      book.quotes.adjustedPrices(kind, of: id, from: start, to: asOf).map { Point(day: $0.day, price: $0.price) }
    }
    let line = IncomeGrid(book, booking, valuer, ledger, by: .year, only: [id]).lines
    self.init(
      asOf: asOf, currency: names.currency(valuer.base), facts: asset, asset: names.asset(id), attributes: AssetReport.facts(of: asset),
      howey: AssetReport.howey(asset.attributes[.howey]), holding: all.rows.first,
      byAccount: HoldingsReport(book, own, valuer, byAccount: true).rows,
      nav: asset.assetClass == .security || valuer.unit(id).nav != nil ? NavReport.row(of: id, held, cost, book, valuer, names) : nil,
      supply: book.ownership(of: held, id, on: asOf).supply, lots: LotsReport(book, own, valuer).rows, income: income,
      yields: line.first { $0.asset.id == id }, events: AssetReport.events(of: id, in: book, asOf: asOf), market: points(.close),
      navs: points(.nav), notices: notices.filter { $0.asset?.id == id })
  }

  /// Positions of the events that name an asset, newest first.
  private static func events(of id: AssetID, in book: Book, asOf: Day) -> [Int] {
    let events = book.events
    let end = events.firstIndex(after: book.settings.zone.end(of: asOf))
    var found = (0..<end).filter { events.assets[$0] == id.raw || events.feeAssets[$0] == id.raw }
    if !events.extras.isEmpty {
      let others = (0..<end).filter { events.assets[$0] != id.raw && events.extra(at: $0)?.toAsset == id }
      if !others.isEmpty { found = (found + others).sorted() }
    }
    if book.view != nil { found.removeAll { !book.isInView(eventAt: $0) } }
    return found.reversed()
  }

  /// Stored facts in the order of the asset format, security token facts first.
  static func facts(of asset: Asset) -> [Fact] {
    AssetAttribute.allCases.compactMap { key in
      guard key != .howey, let value = asset.attributes[key], !value.isEmpty else { return nil }
      return Fact(key: key.rawValue, title: title(of: key), value: value)
    }
  }

  static func title(of key: AssetAttribute) -> String {
    switch key {
    case .isin, .cusip, .figi: return key.rawValue.uppercased()
    case .tokenID: return "Token id"
    default:
      let words = key.rawValue.split(separator: "_").joined(separator: " ")
      return words.prefix(1).uppercased() + words.dropFirst()
    }
  }

  /// Reads a Howey record: four answers `yes`, `no` or open, separated by commas.
  ///
  /// Four yes are an investment contract, one no is not, an open answer leaves it undetermined. US view only.
  ///
  /// - Source: DESIGN 2.
  static func howey(_ record: String?) -> String? {
    guard let record, !record.isEmpty else { return nil }
    let answers = record.lowercased().split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" || $0 == "/" }
      .map { String($0.filter { $0 != " " }) }
    if answers.contains("no") || answers.contains("n") { return "not by Howey" }
    return answers.count == 4 && answers.allSatisfy { $0 == "yes" || $0 == "y" } ? "investment contract" : "undetermined"
  }
}
