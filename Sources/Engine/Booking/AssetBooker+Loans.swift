import Amounts
import Ledger

/// Units that are owed, with what they were worth when they came.
struct Debt {
  var quantity: Decimal
  var cost: Figure<Money>
  var costBase: Figure<Decimal>
  /// When they came, microseconds UTC.
  let time: Int64
  /// The event that brought them.
  let event: Int64

  /// Takes units of the debt away with their share of its worth; the last ones take all that is left.
  mutating func split(off units: Decimal) throws(DecimalError) -> Debt {
    var part = self
    part.quantity = units
    part.cost = cost.map { [quantity] (c) throws(DecimalError) in Money(try c.amount.share(units, of: quantity), c.currency) }
    part.costBase = costBase.map { [quantity] (c) throws(DecimalError) in try c.share(units, of: quantity) }
    cost = cost.with(part.cost) { (a, b) throws(DecimalError) in Money(try a.amount.subtracting(b.amount), a.currency) }
    costBase = costBase.with(part.costBase) { (a, b) throws(DecimalError) in try a.subtracting(b) }
    quantity = try quantity.subtracting(units)
    return part
  }
}

/// Borrowed coins.
///
/// They cost what they were worth when they came, and the same worth is owed. Whatever gives them back settles the oldest debt, and the
/// difference between its worth and the cost of what is given back is gain: 5 borrowed at 20, sold at 22 and bought back at 21 are +10
/// and -5. A loan account owes what it lacks; a loan without an account of its own owes what its rows say.
extension AssetBooker {
  /// Borrowed units arrive, and the loan owes them.
  mutating func borrow(_ asset: Int32, from loan: Int32, to account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    if account == 0 || account == loan {
      let worth = try loanWorth(quantity, index)
      try acquire(asset, loan, quantity, worth, index)
      if !money.rules.isLoan(loan) { report(.debtOutside, index, AssetID(asset), loan, quantity) }
      return try owe(quantity, worth, at: promise(asset, loan), index)
    }
    var parts: [Lot] = []
    let owed = try take(asset, loan, quantity, &parts, index)
    for lot in parts { try bring(lot, asset, to: account, index) }
    if owed.isPositive { try lend(owed, asset, from: loan, to: account, index) }
  }

  /// Units that a loan has not go out of it into another account.
  mutating func lend(_ owed: Decimal, _ asset: Int32, from loan: Int32, to account: Int32, _ index: Int) throws(DecimalError) {
    let worth = try loanWorth(owed, index)
    try acquire(asset, account, owed, worth, index)
    try owe(owed, worth, at: place(asset, loan), index)
  }

  /// Where the debts of a loan without an account of its own stand: below all places.
  private func promise(_ asset: Int32, _ account: Int32) -> Int { -1 - place(asset, account) }

  /// Units are given back to a loan without an account: those that settle it are disposed of, the others leave at cost.
  mutating func repay(_ asset: Int32, _ account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    var parts: [Lot] = []
    let short = try take(asset, account, quantity, &parts, index)
    if short.isPositive, money.rules.isLoan(account) {
      try owe(short, try loanWorth(short, index), at: place(asset, account), index)
    } else if short.isPositive {
      parts.append(Lot(short, acquired: .min, event: 0, account: account, currency: money.rates.base.id))
    }
    // The loan of the same account first.
    let own = promise(asset, account)
    let places = debts.keys.filter { $0 < 0 && (-1 - $0) / accounts == slot(asset) }.sorted { a, b in
      (a == own ? 0 : 1, -a) < (b == own ? 0 : 1, -b)
    }
    for lot in parts {
      var rest = lot
      for place in places { rest = try settle(place, with: rest, rest.quantity, asset, account, index) }
    }
  }

  /// What borrowed units are worth: as stated, else at the market price of the day.
  func loanWorth(_ quantity: Decimal, _ index: Int) throws(DecimalError) -> Figure<Money> {
    let stated = try statedCost(index)
    if case .known(let all) = stated, let units = events.quantities[index], !units.isZero {
      return .known(Money(try all.amount.share(quantity, of: units), all.currency))
    }
    return try money.fairValue(quantity, of: AssetID(events.assets[index]), on: money.day(index))
  }

  /// Notes that a loan owes units for what they brought.
  mutating func owe(_ quantity: Decimal, _ worth: Figure<Money>, at place: Int, _ index: Int) throws(DecimalError) {
    var inBase: Figure<Decimal> = .unknown(worth.why ?? .noRate)
    if case .known(let amount) = worth { inBase = try self.inBase(amount, events.assets[index], events.accounts[index], index) }
    debts[place, default: []].append(
      Debt(quantity: quantity, cost: worth, costBase: inBase, time: events.times[index], event: events.ids[index]))
  }

  /// What arrives in a loan account settles what it owes.
  mutating func pay(with lot: Lot, _ asset: Int32, _ account: Int32, _ index: Int) throws(DecimalError) {
    if debts.isEmpty || !money.rules.isLoan(account) { return }
    let place = place(asset, account)
    let short = -shelf.quantity(at: place)
    if !short.isPositive { return }
    _ = try settle(place, with: lot, min(short, lot.quantity), asset, account, index)
  }

  /// Settles the oldest debts of a place with some units of a lot.
  ///
  /// - Returns: what is left of the lot.
  private mutating func settle(
    _ place: Int, with lot: Lot, _ units: Decimal, _ asset: Int32, _ account: Int32, _ index: Int
  ) throws(DecimalError) -> Lot {
    var (rest, left) = (lot, units)
    while left.isPositive, var debt = debts[place]?.first {
      let part = min(left, debt.quantity)
      left = try left.subtracting(part)
      let (given, owed) = (try rest.split(off: part), try debt.split(off: part))
      if debt.quantity.isZero { debts[place]?.removeFirst() } else { debts[place]?[0] = debt }
      try realize(
        GainPiece(
          asset: AssetID(asset), account: AccountID(account), kind: .repay, acquired: given.instant,
          disposed: Instant(microseconds: events.times[index]), quantity: part, proceeds: owed.cost, cost: given.costFigure,
          proceedsBase: owed.costBase, costBase: given.baseFigure, event: EventID(events.ids[index]),
          lotEvent: given.event == 0 ? nil : EventID(given.event)))
    }
    if debts[place]?.isEmpty == true { debts[place] = nil }
    return rest
  }

  /// A split multiplies what is owed, too.
  mutating func splitDebts(_ asset: Int32, in wanted: Int32, _ ratio: Ratio) throws(DecimalError) {
    for key in debts.keys.sorted() {
      let place = key < 0 ? -1 - key : key
      if place / accounts != slot(asset) || (wanted != 0 && place % accounts != Int(wanted)) { continue }
      for slot in (debts[key] ?? []).indices {
        if let units = try debts[key]?[slot].quantity.scaled(by: ratio) { debts[key]?[slot].quantity = units }
      }
    }
  }
}
