import Amounts
import Ledger

/// Keeps the balances of assets without lots: fiat cash.
///
/// A place is such an asset's row, in id order, x the number of accounts + the account.
struct CashBooker {
  let money: EventMoney
  /// Events from this position on do not count.
  private let end: Int
  private let accountCount: Int
  /// The row of each asset; -1 for assets with lots.
  private let row: [Int]
  private let cash: [Int32]

  init(money: EventMoney, end: Int) {
    self.money = money
    self.end = end
    let book = money.book
    accountCount = Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1
    var row = [Int](repeating: -1, count: Int(book.assets.keys.map(\.raw).max() ?? 0) + 1)
    var cash: [Int32] = []
    for asset in book.assets.values.sorted(by: { $0.id < $1.id }) where !asset.hasLots {
      row[Int(asset.id.raw)] = cash.count
      cash.append(asset.id.raw)
    }
    (self.row, self.cash) = (row, cash)
  }

  /// Balances by account, receipts paid by cash itself (interest), and accounts that went below zero, with the first event that did.
  ///
  /// - Parameter stretches: all of them counted, by this booker or one of the same book before an edit elsewhere.
  func booked(_ stretches: CashStretches) -> Booking {
    // Where a number does not fit, one event after the other must be seen, to tell which one it is.
    if let sum = try? sum(stretches.known.map { $0 ?? CashStretch() }, stretches.ranges) { return sum }
    let all = 0..<end
    return (try? sum([count(all)], [all])) ?? Booking(base: money.rates.base)
  }

  /// Puts stretches together.
  ///
  /// - Throws: when a number does not fit, unless there is but one stretch, which says so itself.
  private func sum(_ stretches: [CashStretch], _ ranges: [Range<Int>]) throws(DecimalError) -> Booking {
    let book = money.book
    let base = money.rates.base
    var booking = Booking(base: base)
    var totals: [Int: CashMove] = [:]
    var isNegative: Set<Int> = []
    var receipts: [Receipt] = []
    var gaps = RateGaps()
    for (stretch, range) in zip(stretches, ranges) {
      if stretches.count > 1, !stretch.issues.isEmpty { throw .overflow }
      booking.issues += stretch.issues
      receipts += stretch.receipts
      gaps.add(stretch.gaps)
      var fell = false
      for move in stretch.moves where !isNegative.contains(move.place) {
        let before = totals[move.place]?.sum ?? .zero
        _ = try before.adding(move.high)
        if try before.adding(move.low).isNegative { fell = true }
      }
      if fell {
        let balances = totals.mapValues(\.sum)
        for move in count(range, from: balances).moves {
          guard let below = move.below, isNegative.insert(move.place).inserted else { continue }
          let account = Int32(move.place % accountCount)
          if book.accounts[AccountID(account)]?.isLoan == true { continue }
          booking.issues.append(issue(.negativeCash, below.event, cash[move.place / accountCount], account, below.balance))
        }
      }
      for move in stretch.moves {
        var total = totals[move.place] ?? CashMove(place: move.place)
        total.isTouched = total.isTouched || move.isTouched
        total.sum = try total.sum.adding(move.sum)
        total.worth = try total.worth.adding(move.worth)
        total.unrated = try total.unrated.adding(move.unrated)
        total.income = try total.income.adding(move.income)
        total.unvalued += move.unvalued
        total.charges = try total.charges.adding(move.charges)
        total.unknownCharges += move.unknownCharges
        totals[move.place] = total
      }
    }
    booking.receipts = Receipts(receipts)
    booking.issues += gaps.issues
    booking.sortCashIssues()
    for place in totals.keys.sorted() {
      guard let total = totals[place], total.isTouched else { continue }
      var position = Position(asset: AssetID(cash[place / accountCount]), account: AccountID(Int32(place % accountCount)))
      position.quantity = total.sum
      position.cost = .unknown(.cash)
      position.incomeBase = total.income
      position.costBase = position.asset.raw == base.id ? total.sum : total.worth
      position.unknownBasisUnits = total.unrated
      if !total.unrated.isZero { position.basisWhy = .noRate }
      position.chargesBase = total.charges
      if total.unknownCharges > 0 { (position.unknownCharges, position.chargesWhy) = (total.unknownCharges, .noRate) }
      if total.unvalued > 0 { (position.unknownReceipts, position.receiptsWhy) = (total.unvalued, .noRate) }
      booking.positions.append(position)
    }
    return booking
  }

  /// Counts a stretch of events by itself.
  ///
  /// - Parameter balances: what there was before, by place; it only says when a balance is below zero.
  func count(_ range: Range<Int>, from balances: [Int: Decimal] = [:]) -> CashStretch {
    let book = money.book
    let events = book.events
    let base = money.rates.base.id
    var slots = [Int32](repeating: -1, count: cash.count * accountCount)
    var running: [Decimal] = []
    var stretch = CashStretch()
    /// The slot of a place, which is made when it is first touched.
    func slot(_ asset: Int32, _ account: Int32) -> Int? {
      guard Int(asset) < row.count, row[Int(asset)] >= 0, Int(account) < accountCount else { return nil }
      let place = row[Int(asset)] * accountCount + Int(account)
      if slots[place] >= 0 { return Int(slots[place]) }
      slots[place] = Int32(running.count)
      stretch.moves.append(CashMove(place: place))
      running.append(balances[place] ?? .zero)
      return running.count - 1
    }
    // The slots an event moved; looked at when all of it is done, for money may come and go in one event.
    var moved: [Int] = []
    for index in range.lowerBound..<max(range.lowerBound, min(range.upperBound, end)) where events.status(at: index) != .void {
      let own = events.accounts[index]
      moved.removeAll(keepingCapacity: true)
      do throws(DecimalError) {
        try events.forEachLeg(at: index) { (account, asset, quantity, _) throws(DecimalError) in
          guard let slot = slot(asset, account) else { return }
          stretch.moves[slot].isTouched = true
          do throws(DecimalError) {
            running[slot] = try running[slot].adding(quantity)
            moved.append(slot)
            if asset != base, try !count(quantity, asset, index, &stretch.moves[slot]) {
              stretch.gaps.add(
                Currency(id: asset), on: money.day(index), asset, account, event: events.ids[index], time: events.times[index])
            }
          } catch {
            stretch.issues.append(issue(.overflow, index, asset, account, nil))
          }
        }
        if let paid = try book.navPaid(at: index), let slot = slot(paid.currency.id, own) {
          stretch.moves[slot].isTouched = true
          running[slot] = try running[slot].adding(paid.amount)
          if paid.currency.id != base { _ = try count(paid.amount, paid.currency.id, index, &stretch.moves[slot]) }
        }
        let asset = events.assets[index]
        if events.kind(at: index) == .interest, Int(asset) < row.count, row[Int(asset)] >= 0, let receipt = try interest(index) {
          stretch.receipts.append(receipt)
          if let slot = slot(asset, own) {
            if case .known(let net) = receipt.netBase {
              stretch.moves[slot].income = try stretch.moves[slot].income.adding(net)
            } else {
              stretch.moves[slot].unvalued += 1
            }
          }
        }
        if money.mayCharge(index), let slot = slot(money.chargedAsset(index), own), let charge = try money.openCharge(index) {
          stretch.moves[slot].isTouched = true
          if case .known(let amount) = charge {
            stretch.moves[slot].charges = try stretch.moves[slot].charges.adding(amount)
          } else {
            stretch.moves[slot].unknownCharges += 1
          }
        }
      } catch {
        stretch.issues.append(issue(.overflow, index, events.assets[index], own, nil))
      }
      for slot in moved {
        let balance = running[slot]
        if balance.isNegative, stretch.moves[slot].below == nil { stretch.moves[slot].below = (index, balance) }
        if balance < stretch.moves[slot].low { stretch.moves[slot].low = balance }
        if balance > stretch.moves[slot].high { stretch.moves[slot].high = balance }
      }
    }
    for slot in running.indices { stretch.moves[slot].sum = running[slot] }
    return stretch
  }

  private func issue(_ kind: BookingIssue.Kind, _ index: Int, _ asset: Int32, _ account: Int32, _ amount: Decimal?) -> BookingIssue {
    let events = money.book.events
    return BookingIssue(
      kind: kind, asset: AssetID(asset), account: account == 0 ? nil : AccountID(account), event: EventID(events.ids[index]),
      time: Instant(microseconds: events.times[index]), amount: amount)
  }

  /// Adds what a movement of money was worth in base when it happened.
  ///
  /// - Returns: whether there is a rate for it.
  private func count(_ amount: Decimal, _ asset: Int32, _ index: Int, _ move: inout CashMove) throws(DecimalError) -> Bool {
    let currency = Currency(id: asset)
    var inBase: Decimal?
    if asset == money.book.events.currencies[index] {
      inBase = try money.base(amount, currency, index)
    } else if let rate = money.rates.rate(currency, money.day(index)) {
      inBase = try amount.multiplied(by: rate)
    }
    if let inBase {
      move.worth = try move.worth.adding(inBase)
    } else {
      move.unrated = try move.unrated.adding(amount.magnitude)
    }
    return inBase != nil
  }

  /// Interest on cash: the asset is the currency itself.
  private func interest(_ index: Int) throws(DecimalError) -> Receipt? {
    let events = money.book.events
    let currency = money.currency(index) ?? AssetID(events.assets[index]).asCurrency
    guard let gross = try money.gross(index) ?? events.quantities[index] else { return nil }
    let tax = events.taxes[index] ?? .zero
    let fee = try money.feeValue(index).value ?? .zero
    func inBase(_ amount: Decimal) throws(DecimalError) -> Figure<Decimal> {
      try money.base(amount, currency, index).map { .known($0) } ?? .unknown(.noRate)
    }
    return Receipt(
      asset: AssetID(events.assets[index]), account: AccountID(events.accounts[index]), kind: .interest,
      subtype: events.extra(at: index)?.subtype,
      time: Instant(microseconds: events.times[index]), entitled: nil, gross: .known(Money(gross, currency)), tax: tax, fee: fee,
      grossBase: try inBase(gross), taxBase: try inBase(tax), feeBase: try inBase(fee), event: EventID(events.ids[index]))
  }
}
