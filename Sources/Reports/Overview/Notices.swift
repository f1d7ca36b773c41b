import Amounts
import Engine
import Ledger

/// Everything a person should look at, heaviest first.
struct NoticeMaker {
  let book: Book
  let booking: Booking
  let valuer: Valuer
  let ledger: IncomeLedger
  let names: Names

  func all() -> [Notice] {
    var notices =
      quotes() + BookedNotices(book: book, booking: booking, names: names, day: valuer.day).all() + payments()
      + closedYears()
    notices.sort { a, b in
      if a.severity != b.severity { return a.severity > b.severity }
      if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
      if let x = a.asset, let y = b.asset, x != y { return AssetLabel.precedes(x, y) }
      return (a.since?.ordinal ?? 0, a.message) < (b.since?.ordinal ?? 0, b.message)
    }
    return notices
  }

  private func quotes() -> [Notice] {
    var found: [Notice] = []
    for id in HeldUnits(booking).assets {
      guard let asset = book.assets[id] else { continue }
      let unit = valuer.unit(id)
      let label = names.asset(id)
      if unit.source == nil {
        found.append(
          Notice(
            severity: .warning, kind: .unpriced, asset: label, account: nil, since: nil, amount: nil,
            message: "\(label.text) has no price; it is not in any total", fix: "import prices or a NAV, or value it at cost"))
      } else if unit.isStale, let age = unit.ageDays {
        let isNav = unit.source == .nav
        found.append(
          Notice(
            severity: .warning, kind: isNav ? .staleNav : .stalePrice, asset: label, account: nil, since: unit.day, amount: Decimal(age),
            message: "\(label.text): the \(isNav ? "NAV" : "price") is \(age) days old", fix: "import newer \(isNav ? "NAVs" : "prices")"))
      }
      if asset.assetClass == .security && unit.nav == nil {
        found.append(
          Notice(
            severity: .info, kind: .missingNav, asset: label, account: nil, since: nil, amount: nil,
            message: "\(label.text) is a security token without any NAV", fix: "import its NAVs"))
      }
    }
    return found
  }

  /// Disposals of closed years that the facts would book otherwise now.
  private func closedYears() -> [Notice] {
    ClosingDifferenceRow.all(in: book).filter { book.isInView($0.account.id) && $0.disposed <= valuer.day }.map { row in
      func text(_ gain: Figure<Decimal>) -> String { gain.value.map { $0.text(places: 2) } ?? "unknown" }
      return Notice(
        severity: .warning, kind: .closedYearDiffers, asset: row.asset, account: row.account, since: row.disposed, amount: nil,
        message: "closed year \(row.year): \(row.kind.rawValue) of \(row.asset.text), event \(row.event.raw): gain \(text(row.gain)) then, "
          + "\(text(row.gainNow)) now: \(row.why)",
        fix: "undo the change, or florin reopen \(row.year)")
    }
  }

  private func payments() -> [Notice] {
    ledger.payments.compactMap { payment in
      let label = names.asset(payment.distribution.asset)
      let due = payment.expected.value
      let code = due.map { " " + names.currency($0.currency) } ?? ""
      let difference = payment.received.value.flatMap { got in due.flatMap { got.adding(Money(-$0.amount, $0.currency)).value?.amount } }
      let kind: Notice.Kind
      let message: String
      switch payment.status {
      case .overdue:
        kind = .overdue
        message = "\(label.text): \(payment.distribution.kind) of \(due?.amount.description ?? "?")\(code) has not arrived"
      case .shortPaid:
        kind = .shortPaid
        message = "\(label.text): \(payment.distribution.kind) is short by \(difference?.magnitude.description ?? "?")\(code)"
      case .overPaid:
        kind = .overPaid
        message = "\(label.text): \(payment.distribution.kind) is over by \(difference?.magnitude.description ?? "?")\(code)"
      case .declared, .estimated, .received: return nil
      }
      return Notice(
        severity: kind == .overPaid ? .info : .warning, kind: kind, asset: label, account: nil, since: payment.distribution.pay,
        amount: kind == .overdue ? due?.amount : difference, message: message, fix: "ask the issuer or platform, or import the payment")
    }
  }
}
