import Amounts
import Ledger

/// Capital that was given back lowers the cost of the lots that were held at entitlement, by units.
///
/// What exceeds a lot's cost is gain, and so is all that falls on units that were sold since. Entitlement is what the declared
/// distribution says (DESIGN 5); without one, the payment itself.
extension AssetBooker {
  /// A payment to come whose record day has not passed yet.
  struct AwaitedRecord {
    /// The end of the record day, microseconds UTC.
    let end: Int64
    /// The position of the payment in the event table.
    let event: Int
  }

  /// A lot that was held at entitlement; transfers and splits since do not make it another one.
  struct EntitledLot {
    let event: Int64
    let leg: Int16
    let acquired: Instant?
    var units: Decimal
  }

  /// The payments among a group's events with the ends of their record days, the next one last.
  static func awaitedRecords(_ book: Book, _ members: Members, _ indices: [Int32]) -> [AwaitedRecord] {
    let declared = book.distributions.filter { $0.isReturnOfCapital && members.contains($0.asset.raw) }
    if declared.isEmpty { return [] }
    var found: [AwaitedRecord] = []
    for index in indices where book.events.kinds[Int(index)] == EventKind.returnOfCapital.rawValue {
      let paid = book.settings.zone.day(of: Instant(microseconds: book.events.times[Int(index)]))
      let match = declared.filter { distribution in
        guard distribution.asset.raw == book.events.assets[Int(index)], let pay = distribution.pay else { return false }
        return pay <= paid + 3 && paid - pay <= 45
      }.max { ($0.payDay, $0.id) < ($1.payDay, $1.id) }
      let assetClass = book.assets[AssetID(book.events.assets[Int(index)])]?.assetClass
      if let day = match?.entitlementDay(isBrokered: assetClass == .stock || assetClass == .fund), day < paid {
        found.append(AwaitedRecord(end: book.settings.zone.end(of: day).microseconds, event: Int(index)))
      }
    }
    return found.sorted { $0.end > $1.end }
  }

  /// Notes the lots of the payments whose record day ends before an event.
  mutating func passRecords(before time: Int64) {
    while let next = awaited.last, next.end < time {
      entitled[next.event] = lotsHeld(for: next.event)
      awaited.removeLast()
    }
  }

  private func lotsHeld(for index: Int) -> [EntitledLot] {
    let place = place(events.assets[index], events.accounts[index])
    return shelf.open(at: place).map { EntitledLot(event: $0.event, leg: $0.leg, acquired: $0.instant, units: $0.quantity) }
  }

  /// A split between entitlement and payment: the units are the same ones.
  mutating func splitEntitled(_ asset: Int32, _ ratio: Ratio) throws(DecimalError) {
    for (index, lots) in entitled where events.assets[index] == asset {
      var lots = lots
      for place in lots.indices { lots[place].units = try lots[place].units.scaled(by: ratio) }
      entitled[index] = lots
    }
  }

  mutating func returnCapital(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let stated = try statedProceeds(index)
    let inKind = events.unitsInKind(at: index)
    let gross =
      if let inKind { try money.fairValue(inKind, of: AssetID(asset), on: money.day(index)) } else { stated }
    try receive(index, asset, gross: gross, tax: events.taxes[index] ?? .zero, fee: .zero)
    if let inKind { try acquire(asset, account, try inKind.subtracting(events.taxes[index] ?? .zero), gross, index) }
    guard case .known(let paid) = gross else { return }
    var lots = entitled.removeValue(forKey: index) ?? lotsHeld(for: index)
    var held = Decimal.zero
    for lot in lots { held = try held.adding(lot.units) }
    // Units that are entitled and in no lot were sold before anybody here saw them.
    var payment = Payment(index: index, unitsLeft: max(held, events.quantities[index] ?? .zero), moneyLeft: paid)
    guard payment.unitsLeft.isPositive else { return }
    try lower(&lots, &payment, at: place(asset, account), onlyMoved: false)
    for other in holders(asset, 0) where other != account && !shelf.areTogether(place(asset, other), place(asset, account)) {
      try lower(&lots, &payment, at: place(asset, other), onlyMoved: true)
    }
    for lot in lots where lot.units.isPositive {
      let part = try payment.take(lot.units)
      try realizeExcess(part, of: lot.units, acquired: lot.acquired, lot: EventID(lot.event), payment.index, paid.currency)
    }
    if payment.unitsLeft.isPositive {
      let units = payment.unitsLeft
      try realizeExcess(try payment.take(units), of: units, acquired: nil, lot: nil, payment.index, paid.currency)
    }
  }

  /// What is left to be spread.
  private struct Payment {
    let index: Int
    var unitsLeft: Decimal
    var moneyLeft: Money

    /// The share of some units; the last ones take the remainder.
    mutating func take(_ units: Decimal) throws(DecimalError) -> Decimal {
      let part = try moneyLeft.amount.share(units, of: unitsLeft)
      moneyLeft = Money(try moneyLeft.amount.subtracting(part), moneyLeft.currency)
      unitsLeft = try unitsLeft.subtracting(units)
      return part
    }
  }

  /// Lowers the cost of the entitled lots that are at a place.
  private mutating func lower(
    _ lots: inout [EntitledLot], _ payment: inout Payment, at place: Int, onlyMoved: Bool
  ) throws(DecimalError) {
    if lots.allSatisfy({ $0.units.isZero }) { return }
    let index = payment.index
    let currency = payment.moneyLeft.currency
    let day = money.day(index)
    var excesses: [(lot: Lot, units: Decimal, amount: Decimal)] = []
    var returned: [(lot: Lot, units: Decimal, amount: Decimal, costBase: Decimal)] = []
    try shelf.updateEach(at: place) { (lot) throws(DecimalError) in
      if onlyMoved && lot.path == 0 { return }
      guard let slot = lots.firstIndex(where: { $0.event == lot.event && $0.leg == lot.leg && $0.units.isPositive }) else { return }
      let units = min(lots[slot].units, lot.quantity)
      if !units.isPositive { return }
      lots[slot].units = try lots[slot].units.subtracting(units)
      let part = try payment.take(units)
      lot.isRanked = false
      let rate =
        lot.currency == currency.id ? .known(.one) : money.book.quotes.rate(from: currency, to: Currency(id: lot.currency), on: day)
      guard lot.costKnown, case .known(let rate) = rate else {
        lot.costKnown = false
        lot.baseKnown = false
        return
      }
      let own = try part.multiplied(by: rate)
      let lowered = min(own, lot.cost)
      if own > lot.cost { excesses.append((lot, units, try part.subtracting(try lot.cost.divided(by: rate)))) }
      if lot.baseKnown, !lot.cost.isZero {
        let costBase = try lot.costBase.share(lowered, of: lot.cost)
        if !lowered.isZero { returned.append((lot, units, own > lot.cost ? try lot.cost.divided(by: rate) : part, costBase)) }
        lot.costBase = try lot.costBase.subtracting(costBase)
      }
      lot.cost = try lot.cost.subtracting(lowered)
    }
    for one in returned { try realizeRate(one.amount, costBase: one.costBase, of: one.units, one.lot, index, currency) }
    for excess in excesses {
      try realizeExcess(
        excess.amount, of: excess.units, acquired: excess.lot.instant, lot: EventID(excess.lot.event), index, currency)
    }
  }

  /// What a rate did to capital between its payment and its return is gain: cost at the rate of then, money at the rate of now.
  private mutating func realizeRate(
    _ amount: Decimal, costBase: Decimal, of units: Decimal, _ lot: Lot, _ index: Int, _ currency: Currency
  ) throws(DecimalError) {
    let inBase = try inBase(Money(amount, currency), events.assets[index], events.accounts[index], index)
    if case .known(let now) = inBase, now == costBase { return }
    let money = Figure.known(Money(amount, currency))
    try realize(
      GainPiece(
        asset: AssetID(events.assets[index]), account: AccountID(events.accounts[index]), kind: .rocExcess, acquired: lot.instant,
        disposed: Instant(microseconds: events.times[index]), quantity: units, proceeds: money, cost: money, proceedsBase: inBase,
        costBase: .known(costBase), event: EventID(events.ids[index]), lotEvent: EventID(lot.event)))
  }

  /// What was given back beyond the cost is gain.
  private mutating func realizeExcess(
    _ amount: Decimal, of units: Decimal, acquired: Instant?, lot: EventID?, _ index: Int, _ currency: Currency
  ) throws(DecimalError) {
    if !amount.isPositive { return }
    let inBase = try inBase(Money(amount, currency), events.assets[index], events.accounts[index], index)
    try realize(
      GainPiece(
        asset: AssetID(events.assets[index]), account: AccountID(events.accounts[index]), kind: .rocExcess, acquired: acquired,
        disposed: Instant(microseconds: events.times[index]), quantity: units, proceeds: .known(Money(amount, currency)),
        cost: .known(Money(.zero, currency)), proceedsBase: inBase, costBase: .known(.zero),
        event: EventID(events.ids[index]), lotEvent: lot))
  }
}
