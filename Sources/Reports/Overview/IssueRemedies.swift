import Amounts
import Engine
import Ledger

/// What is behind an issue of an event, and what mends it.
struct IssueRemedies {
  let book: Book
  let booking: Booking
  let names: Names

  /// The currency an event's amounts are in: as stated, else what the asset is quoted in.
  func currency(_ at: Int?, _ asset: AssetID) -> Remedy.Field {
    let stated = at.map { book.events.currencies[$0] } ?? 0
    if stated != 0 { return .init("currency", names.asset(AssetID(stated)).text) }
    let quoted = book.assets[asset]?.currency ?? ""
    return .init("currency", quoted.isEmpty ? names.currency(book.settings.base) : quoted)
  }

  /// A second before an event, for what must have happened before it.
  private func before(_ issue: BookingIssue) -> String { "\(Instant(microseconds: issue.time.microseconds - 1_000_000))" }

  /// Money that must have come before an account fell below zero.
  func deposit(_ issue: BookingIssue, _ at: Int?) -> Remedy? {
    guard let account = issue.account, let below = issue.amount else { return nil }
    return .add(
      .event,
      [
        .init("type", EventKind.deposit.code), .init("timestamp", before(issue)), .init("account", names.account(account).text),
        .init("asset", names.asset(issue.asset).text), .init("quantity", "\(below.magnitude)"),
      ])
  }

  /// What a charge in units was worth.
  func feeValue(_ issue: BookingIssue, _ at: Int?) -> Remedy {
    // A charge of its own is worth its gross, a fee that comes with something else its fee value.
    let isOwn = at.map { [.fee, .tax, .interestCharge].contains(book.events.kind(at: $0)) } ?? false
    return .edit(issue.event, [.init(isOwn ? "gross" : "fee_value", asking: "AMOUNT"), currency(at, issue.asset)])
  }

  /// Why units have no cost, and what would give them one.
  func missingCost(_ issue: BookingIssue, _ at: Int?) -> (message: String, fix: String, remedy: Remedy) {
    let plain = "units arrived without a cost"
    let gross = Remedy.edit(issue.event, [.init("gross", asking: "AMOUNT"), currency(at, issue.asset)])
    guard let at else { return (plain, "state what they cost", gross) }
    let events = book.events
    switch events.kind(at: at) {
    case .deposit: return (plain, "link it with the withdrawal it came from (florin transfers), or state what they cost as gross", gross)
    case .giftIn:
      return (
        plain, "state the donor's cost as gross and the donor's date as acquired",
        .edit(issue.event, [.init("gross", asking: "AMOUNT"), currency(at, issue.asset), .init("acquired", asking: "DATE")])
      )
    case .reward, .airdrop, .mining:
      return (
        plain, "state a price, or: florin set income_policy market (or zero)",
        .edit(issue.event, [.init("price", asking: "PRICE"), currency(at, issue.asset)])
      )
    case .buy, .convert, .swap, .deliveryIn:
      let hasFee = events.fees[at].map { !$0.isZero } ?? false
      let hasAmount = events.grosses[at] != nil || (events.prices[at] != nil && events.quantities[at] != nil)
      if hasFee, hasAmount, events.feeValues[at] == nil {
        return (
          "the worth of their fee, which is part of their cost, is not known", "state the fee's worth as fee_value, or import its price",
          .edit(issue.event, [.init("fee_value", asking: "AMOUNT"), currency(at, issue.asset)])
        )
      }
      return (plain, "import a price of either side for its day, or state the value as gross", gross)
    default: return (plain, "state what they cost as gross", gross)
    }
  }

  /// What probably is behind units that left and were not there.
  func shortage(_ issue: BookingIssue, _ at: Int?) -> (cause: String, fix: String, remedy: Remedy?) {
    guard let at, let account = issue.account, let missing = issue.amount else {
      return ("something is missing before it", "import the missing purchase or transfer", .importFile)
    }
    let events = book.events
    let zone = book.settings.zone
    let today = zone.day(of: Instant(microseconds: events.times[at]))
    let (asset, here) = (names.asset(issue.asset).text, names.account(account).text)
    let opening = Remedy.add(
      .event,
      [
        .init("type", EventKind.deposit.code), .init("timestamp", before(issue)), .init("account", here), .init("asset", asset),
        .init("quantity", "\(missing)"), .init("gross", asking: "COST"), currency(nil, issue.asset),
      ])
    var wasHere = false
    for index in 0..<at where !wasHere && events.status(at: index) != .void {
      // As what is traded, as what is paid with, or as what arrives instead.
      let isIt = events.assets[index] == issue.asset.raw || events.currencies[index] == issue.asset.raw
      if !isIt, events.extra(at: index)?.toAsset != issue.asset { continue }
      wasHere = events.accounts[index] == account.raw || events.toAccounts[index] == account.raw
    }
    var next = at + 1
    while next < events.count, zone.day(of: Instant(microseconds: events.times[next])) == today {
      if events.assets[next] == issue.asset.raw,
        events.legs(at: next).contains(where: { $0.asset == issue.asset && $0.account == account && $0.quantity.isPositive })
      {
        return (
          "units arrive later on the same day", "check the times of the two events",
          .edit(EventID(events.ids[next]), [.init("timestamp", asking: "TIME")])
        )
      }
      next += 1
    }
    let elsewhere = booking.positions.filter { $0.asset == issue.asset && $0.account != account && $0.quantity >= missing }
    if let holder = elsewhere.max(by: { $0.quantity < $1.quantity }) {
      let name = names.account(holder.account).text
      return (
        "\(name) holds \(holder.quantity), so a transfer may be missing", "import or add the transfer from \(name), or link its two sides",
        .add(
          .event,
          [
            .init("type", EventKind.transfer.code), .init("timestamp", before(issue)), .init("account", name), .init("to_account", here),
            .init("asset", asset), .init("quantity", "\(missing)"),
          ])
      )
    }
    if !wasHere {
      return ("the history of this account starts after the purchase", "import its earlier events, or add an opening balance", opening)
    }
    return ("a purchase, reward or transfer before it is missing", "import the missing purchase or transfer", opening)
  }
}
