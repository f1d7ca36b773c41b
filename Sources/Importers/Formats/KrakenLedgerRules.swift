import Amounts
import Ledger

// What each type of Kraken ledger rows means.
extension KrakenLedgers {
  /// Legs with one reference: what left for what arrived. A row without amount only carries a fee, such as Kraken's fee credits (KFEE).
  static func trade(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    let legs = entries.filter { !$0.amount.isZero }
    let (gave, got) = (legs.filter { $0.amount.isNegative }, legs.filter { !$0.amount.isNegative })
    guard let out = gave.first, let into = got.first else {
      let alone = legs.first ?? entries[0]
      throw alone.row.problem("refid", .unpaired)
    }
    var event: EventDraft
    if gave.count == 1 && got.count == 1 {
      if out.form.symbol == into.form.symbol { return try moves(entries, &group) }
      event = .trade(at: into.moment, gave: (out.form.ref, out.amount), got: (into.form.ref, into.amount))
    } else {
      event = EventDraft(.swap, at: into.moment, asset: out.form.ref, quantity: out.amount.magnitude)
      event.detail { details in
        (details.toAsset, details.toQuantity) = (into.form.ref, into.amount)
        details.legs = legs.map { LegDraft(asset: $0.form.ref, quantity: $0.amount) }
      }
    }
    // The fee in the trade's money is the trade's; fees in other assets are fee events of the same second.
    let fees = entries.filter { !$0.fee.isZero }
    let main = fees.first { $0.form.ref == event.currency } ?? fees.first
    if let main {
      if event.details?.legs.isEmpty ?? true {
        event.charge(main.fee, main.form.ref)
      } else {
        event.detail { $0.legs.append(LegDraft(asset: main.form.ref, quantity: -main.fee, role: .fee)) }
      }
    }
    event.externalID = into.row.raw("txid")
    let refid = into.row.raw("refid")
    event.detail { $0.tradeKey = "kraken " + refid }
    group.add(event, from: entries.filter { !$0.amount.isZero || $0.row.offset == main?.row.offset }.map(\.row))
    for other in fees where other.row.offset != main?.row.offset {
      var fee = EventDraft(.fee, at: other.moment, asset: other.form.ref, quantity: other.fee)
      fee.externalID = other.row.raw("txid")
      group.add(fee, from: [other.row])
    }
    for entry in entries where entry.amount.isZero && entry.fee.isZero { group.ignore(entry.row, "no amount and no fee") }
  }

  static func movements(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    // A withdrawal that failed comes back under the same reference, with its fee.
    if entries.count > 1, try isCancelled(entries) {
      for entry in entries { group.ignore(entry.row, "cancelled: came back under the same reference") }
      return
    }
    for entry in entries {
      if entry.amount.isZero && entry.fee.isZero {
        group.ignore(entry.row, "no amount and no fee")
      } else {
        var event = event(entry.amount.isNegative ? .withdraw : .deposit, entry)
        if entry.amount.isNegative == (entry.type == "deposit") { event.detail { $0.note = entry.type + " taken back" } }
        group.add(event, from: [entry.row])
      }
    }
  }

  private static func isCancelled(_ entries: [Entry]) throws(RowProblem) -> Bool {
    guard Set(entries.map(\.form.symbol)).count == 1 else { return false }
    let (amounts, fees) = (try sum(entries.map(\.amount), entries[0].row), try sum(entries.map(\.fee), entries[0].row))
    return amounts.isZero && fees.isZero
  }

  static func sum(_ values: [Decimal], _ row: Row) throws(RowProblem) -> Decimal {
    var total = Decimal.zero
    for value in values {
      guard let next = try? total.adding(value) else { throw row.problem("amount", .numberOutOfRange) }
      total = next
    }
    return total
  }

  static func transfers(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    if entries.count > 1 { return try moves(entries, &group) }
    let entry = entries[0]
    if entry.amount.isZero { return group.ignore(entry.row, "moves nothing") }
    switch entry.subtype {
    case "spottostaking", "stakingtospot":
      group.ignore(entry.row, "one side of a move between spot and staking; the arriving side tells it")
    case "stakingfromspot": group.add(event(.stake, entry), from: [entry.row])
    case "spotfromstaking": group.add(event(.unstake, entry), from: [entry.row])
    case "spottofutures", "spotfromfutures":
      // What futures gained or lost is in a ledger of their own: here money leaves and arrives.
      var event = event(entry.amount.isNegative ? .withdraw : .deposit, entry)
      event.detail { $0.note = entry.amount.isNegative ? "to Kraken Futures" : "from Kraken Futures" }
      group.add(event, from: [entry.row])
    case "vaultmove": group.add(between(entry, "Kraken Vault"), from: [entry.row])
    case "airdrop": group.add(income(.airdrop, entry), from: [entry.row])
    case "" where !entry.amount.isNegative && !entry.row.raw("refid").isEmpty:
      // Credits of forks and airdrops; money is a transfer of money.
      if KnownMoney.isFiat(entry.form.symbol) {
        group.add(event(.deposit, entry), from: [entry.row])
      } else if entry.isStaked {
        group.add(event(.stake, entry), from: [entry.row])
      } else {
        group.add(income(.airdrop, entry, subtype: "fork"), from: [entry.row])
      }
    case "" where entry.amount.isNegative && !entry.row.raw("refid").isEmpty:
      group.add(event(entry.isStaked ? .unstake : .withdraw, entry), from: [entry.row])
    case "": throw entry.row.problem("refid", .unpaired)
    default:
      throw entry.row.unknown(
        "subtype",
        known: [
          "spottostaking", "stakingfromspot", "stakingtospot", "spotfromstaking", "spottofutures", "spotfromfutures", "vaultmove",
          "airdrop",
          "delistingconversion",
        ])
    }
  }

  /// A move between this account and another one at Kraken.
  private static func between(_ entry: Entry, _ other: String) -> EventDraft {
    var event = event(.transfer, entry)
    if entry.amount.isNegative { event.toAccount = other } else { event.account = other }
    return event
  }

  /// Rows of one asset that cancel out: a move between its spot, staked and earning forms.
  static func moves(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    let row = entries[0].row
    guard Set(entries.map(\.form.symbol)).count == 1 else {
      throw row.problem("asset", .inconsistent("a transfer between different assets, which is not a trade"))
    }
    guard try sum(entries.map(\.amount), row).isZero else {
      throw row.problem("amount", .inconsistent("the rows of this transfer do not cancel out"))
    }
    guard let out = entries.first(where: { $0.amount.isNegative }), let into = entries.first(where: { $0.amount.isPositive }) else {
      for entry in entries { group.ignore(entry.row, "moves nothing") }
      return
    }
    if out.isStaked == into.isStaked || entries.count > 2 {
      for entry in entries { group.ignore(entry.row, "a move between forms of the same asset") }
    } else {
      group.add(event(into.isStaked ? .stake : .unstake, into), from: entries.map(\.row))
    }
  }

  /// Income, at no stated price; of money it is its own price.
  private static func income(_ kind: EventKind, _ entry: Entry, subtype: String? = nil) -> EventDraft {
    var event = event(kind, entry, subtype: subtype)
    if KnownMoney.isFiat(entry.form.symbol) {
      (event.price, event.currency, event.gross) = (.one, entry.form.ref, entry.amount)
      event.charge(entry.fee, entry.form.ref)
    }
    return event
  }

  static func rewards(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    for entry in entries {
      if entry.amount.isNegative {
        // Income that is taken back.
        var back = event(.adjust, entry)
        back.quantity = entry.amount
        back.detail { $0.note = entry.type + " taken back" }
        group.add(back, from: [entry.row])
        continue
      }
      let subtype = ["staking": "staking", "dividend": "dividend", "invite bonus": "referral"][entry.type] ?? "bonus"
      group.add(income(.reward, entry, subtype: subtype), from: [entry.row])
    }
  }

  static func earn(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    if entries.count > 1, entries.contains(where: { $0.amount.isNegative }) { return try moves(entries, &group) }
    for entry in entries {
      switch entry.subtype {
      case "reward", "bonus", "":
        if entry.amount.isNegative { throw entry.row.problem("refid", .unpaired) }
        group.add(income(.reward, entry, subtype: "staking"), from: [entry.row])
      case "allocation", "autoallocation", "deallocation", "autodeallocation":
        // One side alone tells the move.
        if entry.amount.isZero {
          group.ignore(entry.row, "moves nothing")
        } else {
          group.add(event(entry.isStaked != entry.amount.isNegative ? .stake : .unstake, entry), from: [entry.row])
        }
      case "migration": group.ignore(entry.row, "a move between forms of the same asset")
      default:
        throw entry.row.unknown("subtype", known: ["reward", "bonus", "allocation", "deallocation", "autoallocation", "migration"])
      }
    }
  }

  /// Profit and loss of margin positions, and what they cost to open and to keep.
  static func margin(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    for entry in entries {
      if entry.amount.isZero && entry.fee.isZero {
        group.ignore(entry.row, "no amount and no fee")
      } else if entry.amount.isPositive {
        group.add(income(.reward, entry, subtype: "margin"), from: [entry.row])
      } else {
        if !entry.amount.isZero { group.add(cost(.fee, entry, entry.amount.magnitude, "margin loss"), from: [entry.row]) }
        if !entry.fee.isZero {
          group.add(cost(entry.type == "rollover" ? .interestCharge : .fee, entry, entry.fee, "margin"), from: [entry.row])
        }
      }
    }
  }

  private static func cost(_ kind: EventKind, _ entry: Entry, _ amount: Decimal, _ subtype: String) -> EventDraft {
    var event = EventDraft(kind, at: entry.moment, asset: entry.form.ref, quantity: amount)
    if KnownMoney.isFiat(entry.form.symbol) { (event.currency, event.gross) = (entry.form.ref, amount) }
    event.externalID = entry.row.raw("txid")
    event.detail { $0.subtype = subtype }
    return event
  }

  /// Two rows with one reference, one asset out and another in, are a renamed or exchanged token: cost and dates go over.
  static func adjustments(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    if entries.count == 2, let out = entries.first(where: \.amount.isNegative), let into = entries.first(where: \.amount.isPositive),
      out.form.symbol != into.form.symbol, !KnownMoney.isFiat(out.form.symbol), !KnownMoney.isFiat(into.form.symbol)
    {
      var event = event(.migration, out)
      event.detail { ($0.toAsset, $0.toQuantity) = (into.form.ref, into.amount) }
      group.add(event, from: entries.map(\.row))
      if !into.fee.isZero {
        var fee = EventDraft(.fee, at: into.moment, asset: into.form.ref, quantity: into.fee)
        fee.externalID = into.row.raw("txid")
        group.add(fee, from: [into.row])
      }
      return
    }
    for entry in entries {
      var event = event(.adjust, entry)
      event.quantity = entry.amount
      group.add(event, from: [entry.row])
    }
  }
}
