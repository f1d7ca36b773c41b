public import Amounts
public import Ledger

/// What came from outside and went outside on each day, in base at the day's rate.
///
/// Deposits, withdrawals, deliveries, gifts and corrections of balances are flows; income, rewards, fees and taxes are return. Units are
/// worth their unit value of the day, deliveries what their row states.
///
/// - Source: DESIGN 7.
public struct ExternalFlows: Sendable {
  /// One day's flows.
  public struct Flow: Hashable, Sendable {
    /// What came in.
    public var inflow = Decimal.zero
    /// What went out, a positive amount.
    public var outflow = Decimal.zero
  }
  /// Days with flows.
  public let days: [Day: Flow]
  /// Flows whose worth is unknown, which are in no figure.
  public let unknown: Int

  /// The flows of a book up to the end of a day.
  public init(_ book: Book, upTo last: Day) {
    let table = book.events
    var clock = DayClock(zone: book.settings.zone)
    var days: [Day: Flow] = [:]
    var unknown = 0
    for index in 0..<table.firstIndex(after: book.settings.zone.end(of: last)) {
      guard let sign = ExternalFlows.direction(of: table.kind(at: index)), table.status(at: index) != .void else { continue }
      let day = clock.day(of: table.times[index])
      guard let worth = ExternalFlows.worth(of: index, on: day, book).value else {
        unknown += 1
        continue
      }
      let comesIn = worth.isNegative ? sign < 0 : sign > 0
      var flow = days[day] ?? Flow()
      if comesIn {
        flow.inflow = (try? flow.inflow.adding(worth.magnitude)) ?? flow.inflow
      } else {
        flow.outflow = (try? flow.outflow.adding(worth.magnitude)) ?? flow.outflow
      }
      days[day] = flow
    }
    self.days = days
    self.unknown = unknown
  }

  /// 1 for what comes in, -1 for what goes out, nil for what is no flow. A correction carries its own sign.
  private static func direction(of kind: EventKind) -> Int? {
    switch kind {
    case .deposit, .deliveryIn, .giftIn, .adjust: 1
    case .withdraw, .deliveryOut, .giftOut, .donateOut: -1
    default: nil
    }
  }

  private static func worth(of index: Int, on day: Day, _ book: Book) -> Figure<Decimal> {
    let table = book.events
    let base = book.settings.base
    func converted(_ amount: Decimal, _ currency: Currency) -> Figure<Decimal> {
      if currency == base { return .known(amount) }
      return book.quotes.rate(from: currency, to: base, on: day).map { (rate) throws(DecimalError) in try amount.multiplied(by: rate) }
    }
    let kind = table.kind(at: index)
    if kind == .deliveryIn || kind == .deliveryOut, let gross = table.grosses[index], table.currencies[index] != 0 {
      return converted(gross, Currency(id: table.currencies[index]))
    }
    guard let quantity = table.quantities[index] ?? table.grosses[index], let asset = book.assets[AssetID(table.assets[index])] else {
      return .unknown(.nothing)
    }
    let unit = Valuer.unit(of: asset, in: book.quotes, on: day, mode: asset.valuationMode)
    guard let price = unit.price.value else { return .unknown(unit.price.why ?? .noPrice) }
    guard let worth = try? quantity.multiplied(by: price.perUnit) else { return .unknown(.overflow) }
    return converted(worth, price.currency)
  }
}
