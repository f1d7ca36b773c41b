import Amounts
import Ledger

/// Keeps the balances of assets without lots: fiat cash.
struct CashBooker {
  let money: EventMoney
  let end: Int

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
    var isTouched = [Bool](repeating: false, count: balances.count)
    var isNegative = [Bool](repeating: false, count: balances.count)
    var income: [Int: Decimal] = [:]
    var booking = Booking(base: money.rates.base)
    func report(_ kind: BookingIssue.Kind, _ index: Int, _ asset: Int32, _ account: Int32, _ amount: Decimal?) {
      booking.issues.append(
        BookingIssue(
          kind: kind, asset: AssetID(asset), account: account == 0 ? nil : AccountID(account), event: EventID(events.ids[index]),
          time: Instant(microseconds: events.times[index]), amount: amount))
    }
    for index in 0..<end where events.status(at: index) != .void {
      do throws(DecimalError) {
        var lowest: (place: Int, asset: Int32, account: Int32)?
        try events.forEachLeg(at: index) { (account, asset, quantity, _) throws(DecimalError) in
          guard Int(asset) < top, row[Int(asset)] >= 0, Int(account) < accountCount else { return }
          let place = row[Int(asset)] * accountCount + Int(account)
          balances[place] = try balances[place].adding(quantity)
          isTouched[place] = true
          if balances[place].isNegative { lowest = (place, asset, account) }
        }
        if let (place, asset, account) = lowest, balances[place].isNegative, !isNegative[place] {
          isNegative[place] = true
          if book.accounts[AccountID(account)]?.isLoan != true { report(.negativeCash, index, asset, account, balances[place]) }
        }
        let asset = events.assets[index]
        if events.kind(at: index) == .interest, Int(asset) < top, row[Int(asset)] >= 0, let receipt = try interest(index) {
          booking.receipts.append(receipt)
          if case .known(let net) = receipt.netBase {
            let place = row[Int(asset)] * accountCount + Int(events.accounts[index])
            income[place] = try (income[place] ?? .zero).adding(net)
          }
        }
      } catch {
        report(.overflow, index, events.assets[index], events.accounts[index], nil)
      }
    }
    for place in balances.indices where isTouched[place] {
      var position = Position(asset: AssetID(cash[place / accountCount]), account: AccountID(Int32(place % accountCount)))
      position.quantity = balances[place]
      position.cost = .unknown(.cash)
      position.incomeBase = income[place] ?? .zero
      booking.positions.append(position)
    }
    return booking
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
