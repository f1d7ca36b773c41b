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
  /// Values day by day, when they are there.
  var valued: ValueHistory?

  func all() -> [Notice] {
    let rates = RateNotices(book: book, booking: booking, valuer: valuer, names: names).all()
    var notices =
      quotes() + BookedNotices(book: book, booking: booking, names: names, day: valuer.day).all()
      + rates + days(beside: Set(rates.compactMap(\.asset?.text))) + payments() + closedYears()
    notices.sort { a, b in
      if a.severity != b.severity { return a.severity > b.severity }
      if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
      if let x = a.asset, let y = b.asset, x != y { return AssetLabel.precedes(x, y) }
      return (a.since?.ordinal ?? 0, a.message) < (b.since?.ordinal ?? 0, b.message)
    }
    return notices
  }

  /// Days in the past on which something was held and nobody knows its worth.
  ///
  /// - Parameter told: currencies whose missing rates other notices tell already; so is what has no price today.
  private func days(beside told: Set<String>) -> [Notice] {
    let held = Set(HeldUnits(booking).assets)
    return (valued?.unknown ?? []).compactMap { id in
      if held.contains(id), valuer.unit(id).source != .cost, !valuer.unit(id).priceBase.isKnown { return nil }
      guard let gap = valued?.gap(of: id), let asset = book.assets[id] else { return nil }
      let label = names.asset(id)
      let when = gap.days == 1 ? "on \(gap.first)" : "on \(gap.days) days from \(gap.first) to \(gap.last)"
      let lacks = gap.lacksRate ? "no exchange rate for it" : "no quote and no trade of it"
      let currency = asset.currency.isEmpty || asset.currency == label.text ? names.currency(valuer.base) : asset.currency
      var fields: [Remedy.Field] = [
        .init("asset", label.text), .init("date", "\(gap.first)"), .init("price", asking: "PRICE"), .init("currency", currency),
      ]
      if gap.lacksRate {
        let money = asset.assetClass == .cash ? label.text : asset.currency.isEmpty ? label.text : asset.currency
        if told.contains(money) { return nil }
        fields = [
          .init("asset", money), .init("kind", "fx"), .init("date", "\(gap.first)"), .init("price", asking: "RATE"),
          .init("currency", names.currency(valuer.base)),
        ]
      }
      return Notice(
        severity: .info, kind: .unknownDays, asset: label, account: nil, since: gap.first, amount: Decimal(gap.days),
        message: "\(label.text) was held \(when), and there is \(lacks): those days leave it out, and returns over them are less sure",
        fix: "import \(gap.lacksRate ? "rates" : "prices") of those days", remedy: .add(.price, fields))
    }
  }

  private func quotes() -> [Notice] {
    var found: [Notice] = []
    for id in HeldUnits(booking).assets {
      guard let asset = book.assets[id] else { continue }
      let unit = valuer.unit(id)
      let label = names.asset(id)
      func quote(_ subject: Remedy.Subject) -> Remedy {
        let currency = asset.currency.isEmpty ? names.currency(valuer.base) : asset.currency
        return .add(
          subject,
          [.init("asset", label.text), .init("date", "\(valuer.day)"), .init("price", asking: "PRICE"), .init("currency", currency)])
      }
      if unit.source == nil {
        let isNav = unit.price.why == .noNav
        found.append(
          Notice(
            severity: .warning, kind: .unpriced, asset: label, account: nil, since: nil, amount: nil,
            message: "\(label.text) has no \(isNav ? "NAV" : "price"); it is not in any total",
            fix: "import prices or a NAV, or value it at cost", remedy: quote(isNav ? .nav : .price)))
      } else if unit.isStale, let age = unit.ageDays {
        let isNav = unit.source == .nav
        found.append(
          Notice(
            severity: .warning, kind: isNav ? .staleNav : .stalePrice, asset: label, account: nil, since: unit.day, amount: Decimal(age),
            message: "\(label.text): the \(isNav ? "NAV" : "price") is \(age) days old", fix: "import newer \(isNav ? "NAVs" : "prices")",
            remedy: quote(isNav ? .nav : .price)))
      }
      if asset.assetClass == .security && unit.nav == nil {
        found.append(
          Notice(
            severity: .info, kind: .missingNav, asset: label, account: nil, since: nil, amount: nil,
            message: "\(label.text) is a security token without any NAV", fix: "import its NAVs",
            remedy: quote(.nav)))
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
        fix: "undo the change, or florin reopen \(row.year)", event: row.event, remedy: .reopen(row.year))
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
      var notice = Notice(
        severity: kind == .overPaid ? .info : .warning, kind: kind, asset: label, account: nil, since: payment.distribution.pay,
        amount: kind == .overdue ? due?.amount : difference, message: message, fix: "ask the issuer or platform, or import the payment")
      if kind != .overPaid, let due, let missing = kind == .overdue ? due.amount : difference?.magnitude {
        notice.remedy = arrival(of: payment.distribution, Money(missing, due.currency))
      }
      return notice
    }
  }

  /// The receipt of a payment that has not arrived, where most of the asset is held.
  private func arrival(of distribution: Distribution, _ money: Money) -> Remedy {
    let kind: EventKind = distribution.isReturnOfCapital ? .returnOfCapital : distribution.kind == "interest" ? .interest : .dividend
    let holder = booking.positions.filter { $0.asset == distribution.asset }.max { $0.quantity < $1.quantity }
    var fields: [Remedy.Field] = [
      .init("type", kind.code), .init("timestamp", asking: "DATE"), .init("account", holder.map { names.account($0.account).text } ?? ""),
      .init("asset", names.asset(distribution.asset).text), .init("gross", "\(money.amount)"),
      .init("currency", names.currency(money.currency)),
    ]
    if kind == .dividend, distribution.kind != "dividend" { fields.append(.init("subtype", distribution.kind)) }
    return .add(.event, fields)
  }
}
