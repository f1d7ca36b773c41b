import Amounts
import Engine
import Ledger

/// What the booking met, in words: the event, the amount, what probably is behind it, and what to do.
struct BookedNotices {
  let book: Book
  let booking: Booking
  let names: Names
  /// The last day that counts.
  let day: Day

  func all() -> [Notice] {
    let places = positions()
    let (links, explained) = transfers()
    // One event, one notice: units without a cost and what was given for them have one cause.
    let costless = Set(booking.issues.filter { $0.kind == .unknownBasis }.map(\.event))
    return links
      + booking.issues.compactMap { issue in
        // Rates that are missing have notices of their own, by currency.
        if issue.kind == .noRate { return nil }
        // Units that probably came from an own account have a cost there: linking says more than stating one.
        if issue.kind == .unknownBasis, explained.contains(issue.event) { return nil }
        if issue.kind == .unknownProceeds || issue.kind == .unknownIncome, costless.contains(issue.event) { return nil }
        let at = places[issue.event.raw]
        let words = words(issue, at)
        var notice = Notice(
          severity: words.severity, kind: words.kind, asset: names.asset(issue.asset), account: issue.account.map { names.account($0) },
          since: book.settings.zone.day(of: issue.time), amount: issue.amount, message: words.message, fix: words.fix, event: issue.event)
        notice.remedy = words.remedy
        return notice
      }
  }

  /// Withdrawals with a deposit that may be where they arrived, each deposit for the withdrawal that fits it best.
  private func transfers() -> (notices: [Notice], deposits: Set<EventID>) {
    let matcher = TransferMatcher(book, asOf: day)
    var deposits: Set<EventID> = []
    var notices: [Notice] = []
    for side in matcher.sides where side.isOut {
      guard let best = matcher.candidates(for: side).first(where: { !deposits.contains($0.deposit.event) }) else { continue }
      deposits.insert(best.deposit.event)
      let label = names.asset(side.asset).text
      let (from, to) = (names.account(side.account).text, names.account(best.deposit.account).text)
      var notice = Notice(
        severity: .warning, kind: .unmatchedTransfer, asset: names.asset(side.asset), account: names.account(side.account),
        since: book.settings.zone.day(of: side.time), amount: side.units,
        message: "\(side.units) \(label) left \(from), \(best.deposit.units) arrived in \(to): \(best.reasons.joined(separator: ", "))",
        fix: "if they are one transfer: florin link \(side.event.raw) \(best.deposit.event.raw), or l here", event: side.event,
        partner: best.deposit.event)
      notice.remedy = .link(side.event, best.deposit.event)
      notices.append(notice)
    }
    return (notices, deposits)
  }

  /// Where the issues' events stand in the table.
  private func positions() -> [Int64: Int] {
    var found: [Int64: Int] = [:]
    for issue in booking.issues where found[issue.event.raw] == nil {
      found[issue.event.raw] = book.events.position(of: issue.event, at: issue.time)
    }
    return found
  }

  private typealias Words = (severity: Notice.Severity, kind: Notice.Kind, message: String, fix: String, remedy: Remedy?)

  private func words(_ issue: BookingIssue, _ at: Int?) -> Words {
    let label = names.asset(issue.asset).text
    let place = issue.account.map { " in \(names.account($0).text)" } ?? ""
    let amount = issue.amount.map { "\($0)" } ?? "?"
    let what = at.map { " (\(book.events.kind(at: $0).reportName), event \(issue.event.raw))" } ?? ""
    let mender = IssueRemedies(book: book, booking: booking, names: names)
    func edit(_ fields: Remedy.Field...) -> Remedy { .edit(issue.event, fields) }
    switch issue.kind {
    case .oversold:
      let (cause, fix, remedy) = mender.shortage(issue, at)
      return (.error, .oversold, "\(amount) \(label) more left\(place) than was held\(what): \(cause)", fix, remedy)
    case .negativeCash:
      return (
        .warning, .negativeCash, "\(label)\(place) fell below zero", "import the missing deposit, or add it", mender.deposit(issue, at)
      )
    case .feeValueUnknown:
      return (
        .info, .feeValueUnknown, "a charge of \(amount) \(label)\(place) has no known worth",
        "state its worth, or import a price for its day",
        mender.feeValue(issue, at)
      )
    case .unknownBasis:
      let (message, fix, remedy) = mender.missingCost(issue, at)
      return (.warning, .unknownBasis, "\(amount) \(label)\(place): \(message)", fix, remedy)
    case .unknownDate:
      return (
        .info, .unknownDate, "\(amount) \(label)\(place): when the giver acquired them is not known, so their term is not either",
        "state the donor's date as acquired", edit(.init("acquired", asking: "DATE"))
      )
    case .unknownProceeds:
      return (
        .warning, .unknownProceeds, "\(amount) \(label) left\(place)\(what): what they brought is not known",
        "state it as gross, or import a price for its day", edit(.init("gross", asking: "AMOUNT"), mender.currency(at, issue.asset))
      )
    case .unknownIncome:
      return (
        .warning, .unknownIncome, "\(label)\(place)\(what): how much it paid is not stated", "state it as gross",
        edit(.init("gross", asking: "AMOUNT"), mender.currency(at, issue.asset))
      )
    case .basisShareUnknown:
      return (
        .warning, .basisShareUnknown, "\(label)\(place): which share of the cost goes with the spin-off is not stated",
        "edit the event: basis_share is the part of the cost, 0 to 1, that goes over", edit(.init("basis_share", asking: "SHARE"))
      )
    case .lotNotFound:
      return (
        .warning, .lotNotFound, "\(amount) \(label)\(place): the selected lots are not there, the earliest were taken",
        "correct the lot_selector", edit(.init("lot_selector", asking: "SELECTOR"))
      )
    case .debtOutside:
      return (
        .warning, .debtOutside, "\(amount) \(label) borrowed\(place) count, but that they are owed does not",
        "book the loan in an account of its own: account=LOAN (kind=loan) to_account=\(issue.account.map { names.account($0).text } ?? "ACCOUNT")",
        nil
      )
    case .overflow:
      return (
        .error, .overflow, "\(label)\(place): a number has more digits than Florin keeps", "check the quantities",
        edit(.init("quantity", asking: "QUANTITY"))
      )
    case .noRate: return (.warning, .noRate, "\(label)\(place): an exchange rate is missing", "import rates", nil)
    }
  }
}
