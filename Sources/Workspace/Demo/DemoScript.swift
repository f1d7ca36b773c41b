import Amounts
import Ledger

/// Collects what happens in the demo. Nothing after the last day is taken down, so a story may be told to its end.
struct DemoScript {
  let calendar: DemoCalendar
  let market: DemoMarket
  private var events: [EventDraft] = []
  private(set) var distributions: [DistributionDraft] = []
  private(set) var plans: [PlanDraft] = []

  init(_ calendar: DemoCalendar, _ market: DemoMarket) {
    self.calendar = calendar
    self.market = market
  }

  /// The events by time; those of one instant as they were told.
  var eventsInOrder: [EventDraft] {
    var order = Array(events.indices)
    order.sort { (events[$0].time, $0) < (events[$1].time, $1) }
    return order.enumerated().map { number, index in
      var event = events[index]
      let text = String(number + 1)
      event.externalID = "demo-" + String(repeating: "0", count: max(0, 5 - text.utf8.count)) + text
      event.lines = [number + 1]
      return event
    }
  }

  /// Takes down an event of a day, if the story gets that far. The minute is the day's own, so that days differ.
  mutating func note(
    _ kind: EventKind, _ day: Day, hour: Int, _ account: String, _ asset: String, _ quantity: Decimal?,
    _ edit: (inout EventDraft) -> Void = { _ in }
  ) {
    if day > calendar.today { return }
    let minute = Int(day.ordinal) * 7 % 60
    var event = EventDraft(kind, at: Instant(day: day, second: hour * 3600 + minute * 60), asset: AssetRef(asset), quantity: quantity)
    event.account = account
    edit(&event)
    events.append(event)
  }

  /// Money from outside, in hundredths.
  mutating func deposit(_ amount: Int, _ currency: String, to account: String, _ day: Day, _ note: String? = nil) {
    self.note(.deposit, day, hour: 7, account, currency, cents(amount)) { event in
      if let note { event.detail { $0.note = note } }
    }
  }

  /// Money or units between own accounts; `fee` is in `feeAsset`, else in what moves.
  mutating func move(
    _ quantity: Decimal, _ asset: String, from: String, to: String, _ day: Day, fee: Decimal? = nil, feeAsset: String? = nil,
    feeCents: Int? = nil,
    feeCurrency: String? = nil, hash: String? = nil
  ) {
    note(.transfer, day, hour: 9, from, asset, quantity) { event in
      event.toAccount = to
      event.fee = fee
      if fee != nil { event.feeAsset = AssetRef(feeAsset ?? asset) }
      event.feeValue = feeCents.map(cents)
      event.currency = feeCurrency.map { AssetRef($0) }
      if let hash { event.detail { $0.txHash = hash } }
    }
  }

  /// What units are worth at the day's price, in hundredths, rounded to the nearest.
  func worth(_ quantity: Int, of asset: String, _ day: Day) -> Int {
    let product = Int128(quantity) * Int128(market.price(asset, day))
    return Int((product + 50_000_000_000_000) / 100_000_000_000_000)
  }

  /// How many units so many hundredths buy, cut to `places` digits, in hundred-millionths.
  func units(for amount: Int, of asset: String, _ day: Day, places: Int) -> Int {
    let exact = Int(Int128(amount) * 100_000_000_000_000 / Int128(market.price(asset, day)))
    var step = 1
    for _ in places..<8 { step *= 10 }
    return exact / step * step
  }

  /// A purchase at the day's price.
  ///
  /// - Parameters:
  ///   - quantity: in hundred-millionths.
  ///   - fee: in hundredths of `currency`.
  ///   - feeToken: the asset the fee is paid in, when it is not `currency`.
  mutating func buy(
    _ quantity: Int, _ asset: String, _ currency: String, at account: String, _ day: Day, fee: Int = 0, feeToken: String? = nil
  ) {
    trade(.buy, quantity, asset, currency, at: account, day, fee: fee, feeToken: feeToken)
  }

  /// A sale at the day's price.
  mutating func sell(
    _ quantity: Int, _ asset: String, _ currency: String, at account: String, _ day: Day, fee: Int = 0, feeToken: String? = nil,
    _ edit: (inout EventDraft) -> Void = { _ in }
  ) {
    trade(.sell, quantity, asset, currency, at: account, day, fee: fee, feeToken: feeToken, edit)
  }

  private mutating func trade(
    _ kind: EventKind, _ quantity: Int, _ asset: String, _ currency: String, at account: String, _ day: Day, fee: Int, feeToken: String?,
    _ edit: (inout EventDraft) -> Void = { _ in }
  ) {
    let split = asset == "BRK" && day < calendar.day(DemoMarket.splitMonth, 1)  // before it, shares are three times the size
    let price = market.price(asset, day) * (split ? 3 : 1)
    let gross = worth(quantity, of: asset, day) * (split ? 3 : 1)
    let paid = feeToken.map { exact(units(for: fee, of: $0, day, places: 4)) } ?? cents(fee)
    note(kind, day, hour: kind == .buy ? 13 : 15, account, asset, exact(quantity)) { event in
      event.price = exact(price)
      event.currency = AssetRef(currency)
      event.gross = cents(gross)
      if fee > 0 {
        event.feeAsset = AssetRef(feeToken ?? currency)
        event.feeValue = cents(fee)
        event.fee = paid
      }
      edit(&event)
    }
  }

  /// Income in money from an asset, in hundredths.
  ///
  /// - Parameters:
  ///   - entitled: units, in hundred-millionths.
  ///   - withheld: tax, rate and country.
  mutating func receive(
    _ kind: EventKind, _ gross: Int, _ currency: String, from asset: String, entitled: Int, at account: String, _ day: Day,
    subtype: String? = nil,
    withheld: (tax: Int, rate: Decimal, country: String)? = nil
  ) {
    note(kind, day, hour: 8, account, asset, exact(entitled)) { event in
      event.currency = AssetRef(currency)
      event.gross = cents(gross)
      if let withheld {
        event.tax = cents(withheld.tax)
        event.detail {
          $0.taxRate = withheld.rate
          $0.taxCountry = withheld.country
        }
      }
      if let subtype { event.detail { $0.subtype = subtype } }
    }
  }

  /// What an issuer announces, unless it would do so after the last day.
  mutating func announce(
    _ asset: String, _ kind: String, _ perToken: Decimal, _ currency: String, declared: Day, ex: Day? = nil, record: Day?, pay: Day,
    note: String = ""
  ) {
    if declared > calendar.today { return }
    var row = DistributionDraft(asset: AssetRef(asset), kind: kind, amountPerToken: perToken, currency: AssetRef(currency))
    row.declared = declared
    row.ex = ex
    row.record = record
    row.pay = pay
    row.note = note
    distributions.append(row)
  }

  /// What an issuer accrues day by day over a month.
  mutating func accrue(_ asset: String, _ perDay: Decimal, _ currency: String, month: Int, pay: Day) {
    if calendar.day(month, 1) > calendar.today { return }
    var row = DistributionDraft(asset: AssetRef(asset), kind: "interest", amountPerToken: perDay, currency: AssetRef(currency))
    row.isDaily = true
    row.declared = calendar.day(month, 1)
    row.from = calendar.day(month, 1)
    row.to = calendar.end(of: month)
    row.pay = pay
    distributions.append(row)
  }

  /// A row of restrictions, targets or policies.
  mutating func plan(_ kind: PlanDraft.Kind, asset: String? = nil, _ cells: [String: String]) {
    var all = cells
    if let asset { all["asset"] = asset }
    plans.append(PlanDraft(kind: kind, asset: asset.map { AssetRef($0) }, cells: all))
  }
}
