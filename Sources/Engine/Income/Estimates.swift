import Amounts
import Ledger

extension IncomeLedger {
  /// The payments of the next twelve months that nobody declared: by policy, else by the terms of a debt, else from what repeated itself.
  static func estimates(
    _ asset: AssetID, _ policies: [Policy]?, _ declared: [Distribution], _ receipts: [Receipt], _ book: Book, _ steps: QuantitySteps,
    _ day: Day
  ) -> [(Distribution, PaymentStep)] {
    if let policies { return Policy.payments(policies, after: day, book) }
    let past = Past(asset, declared, receipts, book, steps, day)
    let repeated = past.repeated(after: day, upTo: book.maturity(of: asset))
    if repeated.isEmpty, let terms = book.assets[asset], terms.isDebt { return Coupons.payments(of: terms, after: day, book) }
    return repeated
  }

  /// What an asset paid or declared, as amounts per token by pay date.
  private struct Past {
    private let asset: AssetID
    private var payments: [(pay: Day, kind: String, perToken: Price)] = []

    /// - Parameter receipts: those that no distribution declared; several within two days are one payment.
    init(_ asset: AssetID, _ declared: [Distribution], _ receipts: [Receipt], _ book: Book, _ steps: QuantitySteps, _ day: Day) {
      self.asset = asset
      if book.assets[asset]?.hasLots != true { return }
      for one in declared where !one.isReturnOfCapital && !one.isDaily {
        guard let pay = one.pay else { continue }
        let amount = book.today(one.amountPerToken.perUnit, asset, since: one.entitlementDay(isBrokered: false) ?? pay, day)
        payments.append((pay, one.kind, Price(amount, one.amountPerToken.currency)))
      }
      var last: (pay: Day, kind: String, sum: Money)?
      func close() {
        guard let done = last else { return }
        last = nil
        let units = steps.quantity(of: asset, at: done.pay - 1)
        guard units.isPositive, done.sum.amount.isPositive, let each = try? done.sum.amount.divided(by: units) else { return }
        payments.append((done.pay, done.kind, Price(book.today(each, asset, since: done.pay, day), done.sum.currency)))
      }
      for receipt in receipts {
        let pay = book.settings.zone.day(of: receipt.time)
        guard let gross = receipt.gross.value else { continue }
        if let open = last, pay - open.pay <= 2, open.sum.currency == gross.currency, let sum = try? open.sum.amount.adding(gross.amount) {
          last = (open.pay, open.kind, Money(sum, gross.currency))
          continue
        }
        close()
        last = (pay, receipt.incomeKind, gross)
      }
      close()
      payments.sort { $0.pay < $1.pay }
    }

    /// The last amount again, at the step that the last three payments kept to; none when the asset has stopped paying: when two
    /// payments in a row did not come.
    func repeated(after day: Day, upTo maturity: Day?) -> [(Distribution, PaymentStep)] {
      let recent = payments.suffix(3)
      guard recent.count == 3, let last = recent.last, let step = PaymentStep(keptBy: recent.map(\.pay)),
        step.day(3, from: last.pay) > day
      else { return [] }
      let end = min(day.adding(months: 12), maturity ?? day.adding(months: 12))
      var found: [(Distribution, PaymentStep)] = []
      var number = max(1, step.firstStep(after: day, from: last.pay))
      while step.day(number, from: last.pay) <= end {
        let pay = step.day(number, from: last.pay)
        found.append((Distribution(id: -Int64(pay.ordinal), asset: asset, kind: last.kind, pay: pay, amountPerToken: last.perToken), step))
        number += 1
      }
      return found
    }
  }
}
