import Amounts
import Ledger

/// Keeps the balances of assets without lots: fiat cash.
struct CashBooker {
  let money: EventMoney
  let end: Int
  /// The accounts whose cash is wanted; nil means all.
  var only: Set<Int32>?

  /// Balances by account, receipts paid by cash itself (interest), and accounts that went below zero, with the first event that did.
  func booked() -> Booking {
    let book = money.book
    let events = book.events
    let accountCount = Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1
    let top = Int(book.assets.keys.map(\.raw).max() ?? 0) + 1
    var row = [Int](repeating: -1, count: top)
    var cash: [Int32] = []
    for asset in book.assets.values.sorted(by: { $0.id < $1.id }) where !asset.hasLots {
      row[Int(asset.id.raw)] = cash.count
      cash.append(asset.id.raw)
    }
    var balances = [Decimal](repeating: .zero, count: cash.count * accountCount)
    let base = money.rates.base.id
    var worths = [Worth](repeating: Worth(), count: balances.count)
    var isTouched = [Bool](repeating: false, count: balances.count)
    var isNegative = [Bool](repeating: false, count: balances.count)
    var income: [Int: Decimal] = [:]
    var receipts: [Receipt] = []
    var booking = Booking(base: money.rates.base)
    func report(_ kind: BookingIssue.Kind, _ index: Int, _ asset: Int32, _ account: Int32, _ amount: Decimal?) {
      booking.issues.append(
        BookingIssue(
          kind: kind, asset: AssetID(asset), account: account == 0 ? nil : AccountID(account), event: EventID(events.ids[index]),
          time: Instant(microseconds: events.times[index]), amount: amount))
    }
    var wanted = [Bool](repeating: only == nil, count: accountCount)
    for account in only ?? [] where Int(account) < accountCount { wanted[Int(account)] = true }
    // The places an event moved; looked at when all of it is done, for money may come and go in one event.
    var moved: [(place: Int, asset: Int32, account: Int32)] = []
    for index in 0..<end where events.status(at: index) != .void {
      let own = events.accounts[index]
      // Only an event with legs of its own can touch accounts that are not in the two columns.
      if only != nil, !wanted[Int(own)], !wanted[Int(events.toAccounts[index])], events.flags[index] & 16 == 0 { continue }
      moved.removeAll(keepingCapacity: true)
      do throws(DecimalError) {
        try events.forEachLeg(at: index) { (account, asset, quantity, _) throws(DecimalError) in
          guard Int(asset) < top, row[Int(asset)] >= 0, Int(account) < accountCount, wanted[Int(account)] else { return }
          let place = row[Int(asset)] * accountCount + Int(account)
          isTouched[place] = true
          do throws(DecimalError) {
            balances[place] = try balances[place].adding(quantity)
            moved.append((place, asset, account))
            if asset != base { try count(quantity, asset, index, &worths[place]) }
          } catch {
            report(.overflow, index, asset, account, nil)
          }
        }
        if let paid = try book.navPaid(at: index), Int(paid.currency.id) < top, row[Int(paid.currency.id)] >= 0, wanted[Int(own)] {
          let place = row[Int(paid.currency.id)] * accountCount + Int(own)
          isTouched[place] = true
          balances[place] = try balances[place].adding(paid.amount)
          if paid.currency.id != base { try count(paid.amount, paid.currency.id, index, &worths[place]) }
        }
        let asset = events.assets[index]
        if events.kind(at: index) == .interest, Int(asset) < top, row[Int(asset)] >= 0, wanted[Int(own)], let receipt = try interest(index)
        {
          receipts.append(receipt)
          if case .known(let net) = receipt.netBase {
            let place = row[Int(asset)] * accountCount + Int(own)
            income[place] = try (income[place] ?? .zero).adding(net)
          }
        }
      } catch {
        if wanted[Int(own)] { report(.overflow, index, events.assets[index], own, nil) }
      }
      for (place, asset, account) in moved where balances[place].isNegative && !isNegative[place] {
        isNegative[place] = true
        if book.accounts[AccountID(account)]?.isLoan != true { report(.negativeCash, index, asset, account, balances[place]) }
      }
    }
    booking.receipts = Receipts(receipts)
    booking.sortCashIssues()
    for place in balances.indices where isTouched[place] {
      var position = Position(asset: AssetID(cash[place / accountCount]), account: AccountID(Int32(place % accountCount)))
      position.quantity = balances[place]
      position.cost = .unknown(.cash)
      position.incomeBase = income[place] ?? .zero
      position.costBase = position.asset.raw == base ? balances[place] : worths[place].sum
      position.unknownBasisUnits = worths[place].unrated
      booking.positions.append(position)
    }
    return booking
  }

  /// What movements of money were worth in base when they happened.
  private struct Worth {
    var sum = Decimal.zero
    /// Units that moved on days without a rate.
    var unrated = Decimal.zero
  }

  private func count(_ amount: Decimal, _ asset: Int32, _ index: Int, _ worth: inout Worth) throws(DecimalError) {
    let currency = Currency(id: asset)
    var inBase: Decimal?
    if asset == money.book.events.currencies[index] {
      inBase = try money.base(amount, currency, index)
    } else if let rate = money.rates.rate(currency, money.day(index)) {
      inBase = try amount.multiplied(by: rate)
    }
    if let inBase {
      worth.sum = try worth.sum.adding(inBase)
    } else {
      worth.unrated = try worth.unrated.adding(amount.magnitude)
    }
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
