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
    return links
      + booking.issues.compactMap { issue in
        // Units that probably came from an own account have a cost there: linking says more than stating one.
        if issue.kind == .unknownBasis, explained.contains(issue.event) { return nil }
        let at = places[issue.event.raw]
        let (severity, kind, message, fix) = words(issue, at)
        return Notice(
          severity: severity, kind: kind, asset: names.asset(issue.asset), account: issue.account.map { names.account($0) },
          since: book.settings.zone.day(of: issue.time), amount: issue.amount, message: message, fix: fix, event: issue.event)
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
      notices.append(
        Notice(
          severity: .warning, kind: .unmatchedTransfer, asset: names.asset(side.asset), account: names.account(side.account),
          since: book.settings.zone.day(of: side.time), amount: side.units,
          message: "\(side.units) \(label) left \(from), \(best.deposit.units) arrived in \(to): \(best.reasons.joined(separator: ", "))",
          fix: "if they are one transfer: florin link \(side.event.raw) \(best.deposit.event.raw), or l here", event: side.event,
          partner: best.deposit.event))
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

  private func words(_ issue: BookingIssue, _ at: Int?) -> (Notice.Severity, Notice.Kind, String, String) {
    let label = names.asset(issue.asset).text
    let place = issue.account.map { " in \(names.account($0).text)" } ?? ""
    let amount = issue.amount.map { "\($0)" } ?? "?"
    let what = at.map { " (\(book.events.kind(at: $0).reportName), event \(issue.event.raw))" } ?? ""
    switch issue.kind {
    case .oversold:
      let (cause, fix) = shortage(issue, at)
      return (.error, .oversold, "\(amount) \(label) more left\(place) than was held\(what): \(cause)", fix)
    case .negativeCash: return (.warning, .negativeCash, "\(label)\(place) fell below zero", "import the missing deposit")
    case .feeValueUnknown:
      return (.info, .feeValueUnknown, "a charge of \(amount) \(label)\(place) has no known worth", "import a price for its day")
    case .unknownBasis:
      let fix = missingCost(at)
      return (.warning, .unknownBasis, "\(amount) \(label)\(place): units arrived without a cost", fix)
    case .basisShareUnknown:
      return (
        .warning, .basisShareUnknown, "\(label)\(place): which share of the cost goes with the spin-off is not stated",
        "edit the event: basis_share is the part of the cost, 0 to 1, that goes over"
      )
    case .lotNotFound:
      return (
        .warning, .lotNotFound, "\(amount) \(label)\(place): the selected lots are not there, the earliest were taken",
        "correct the lot_selector"
      )
    case .overflow:
      return (.error, .overflow, "\(label)\(place): a number has more digits than Florin keeps", "check the quantities")
    }
  }

  /// What probably is behind units that left and were not there.
  private func shortage(_ issue: BookingIssue, _ at: Int?) -> (cause: String, fix: String) {
    guard let at, let account = issue.account, let missing = issue.amount else {
      return ("something is missing before it", "import the missing purchase or transfer")
    }
    let events = book.events
    let zone = book.settings.zone
    let today = zone.day(of: Instant(microseconds: events.times[at]))
    var wasHere = false
    for index in 0..<at where events.assets[index] == issue.asset.raw && events.status(at: index) != .void {
      if events.accounts[index] == account.raw || events.toAccounts[index] == account.raw { wasHere = true }
    }
    var next = at + 1
    while next < events.count, zone.day(of: Instant(microseconds: events.times[next])) == today {
      if events.assets[next] == issue.asset.raw,
        events.legs(at: next).contains(where: { $0.asset == issue.asset && $0.account == account && $0.quantity.isPositive })
      {
        return ("units arrive later on the same day", "check the times of the two events")
      }
      next += 1
    }
    let elsewhere = booking.positions.filter { $0.asset == issue.asset && $0.account != account && $0.quantity >= missing }
    if let holder = elsewhere.max(by: { $0.quantity < $1.quantity }) {
      let name = names.account(holder.account).text
      return (
        "\(name) holds \(holder.quantity), so a transfer may be missing", "import or add the transfer from \(name), or link its two sides"
      )
    }
    if !wasHere { return ("the history of this account starts after the purchase", "import its earlier events, or add an opening balance") }
    return ("a purchase, reward or transfer before it is missing", "import the missing purchase or transfer")
  }

  /// What would give units a cost.
  private func missingCost(_ at: Int?) -> String {
    guard let at else { return "state what they cost" }
    switch book.events.kind(at: at) {
    case .deposit: return "link it with the withdrawal it came from (florin transfers), or state what they cost as gross"
    case .giftIn: return "state the donor's cost as gross and the donor's date as acquired"
    case .reward, .airdrop, .mining: return "state a price, or: florin set income_policy market (or zero)"
    case .swap, .convert: return "import a price of either side for its day, or state the value as gross"
    default: return "state what they cost as gross"
    }
  }
}
