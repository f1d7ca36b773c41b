import Amounts
import Ledger

/// Trades of the Coinbase transaction history.
///
/// A report may be in another currency than the trade was: the note then tells what was paid, `Bought 1 SHIB for 0.00002336544 EUR on
/// SHIB-EUR at 0.00002318 EUR/SHIB`, fee included, and the report's own columns are only its worth.
enum CoinbaseTrade {
  static func event(_ entry: CoinbaseTransactions.Entry, buys: Bool) throws(RowProblem) -> EventDraft {
    guard let reported = entry.currency else { throw entry.row.problem("Price Currency", .missing) }
    if let paid = Note(entry), paid.currency != reported.symbol, let event = inNoteCurrency(entry, paid, buys) { return event }
    let (gross, fees) = try cash(entry, buys)
    guard
      var event = EventDraft.trade(
        at: entry.moment,
        PairFill(buys: buys, base: entry.asset, quantity: entry.quantity, quote: reported, total: gross, price: entry.price))
    else { throw entry.row.problem("Subtotal", .missing) }
    event.charge(fees, reported)
    return event
  }

  /// The cash without the fee. What was paid or received in the end is the truth, so it follows from the total and the fee; the subtotal is
  /// printed from rounded parts.
  private static func cash(_ entry: CoinbaseTransactions.Entry, _ buys: Bool) throws(RowProblem) -> (gross: Decimal, fees: Decimal?) {
    guard let total = entry.total, let fees = entry.fees else {
      guard let value = entry.subtotal ?? entry.total else { throw entry.row.problem("Subtotal", .missing) }
      return (value, entry.fees)
    }
    guard let gross = try? total.adding(buys ? -fees : fees) else { throw entry.row.problem("Subtotal", .numberOutOfRange) }
    if let subtotal = entry.subtotal {
      // Cells that have slipped into other columns make a fee of the whole amount, or one that pays.
      if subtotal.isZero, entry.price?.isZero == false, !total.isZero {
        throw entry.row.problem("Subtotal", .inconsistent("is zero in a trade at a price"))
      }
      let most = max(Decimal.one, (try? subtotal.multiplied(by: Decimal(mantissa: 2, scale: 2))) ?? .one)
      if let off = try? gross.subtracting(subtotal).magnitude, off > most, let fee = try? total.subtracting(subtotal) {
        if fee.isNegative == buys { throw entry.row.problem("Subtotal", .inconsistent("and the fee do not make the total of \(total)")) }
        return (subtotal, fee.magnitude)
      }
    }
    return (gross, fees)
  }

  private static func inNoteCurrency(_ entry: CoinbaseTransactions.Entry, _ paid: Note, _ buys: Bool) -> EventDraft? {
    let quote = KnownMoney.asset(paid.currency)
    var gross: Decimal?
    if let price = paid.price {
      gross = try? entry.quantity.multiplied(by: price, places: 38)
    } else if let fees = entry.fees, let total = entry.total, !total.isZero, let share = try? paid.total.share(fees, of: total) {
      gross = try? paid.total.adding(buys ? -share : share)
    }
    guard let gross,
      var event = EventDraft.trade(
        at: entry.moment, PairFill(buys: buys, base: entry.asset, quantity: entry.quantity, quote: quote, total: gross, price: paid.price))
    else { return nil }
    let fee = buys ? try? paid.total.subtracting(gross) : try? gross.subtracting(paid.total)
    if let fee, fee.isPositive { event.charge(fee, quote) }
    return event
  }

  /// What the note says was paid or received.
  struct Note {
    var total: Decimal
    var currency: String
    var price: Decimal?

    init?(_ entry: CoinbaseTransactions.Entry) {
      let words = entry.notes.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "for"), at + 2 < words.count, let total = entry.row.number(words[at + 1].filter { !$0.isLetter })
      else {
        return nil
      }
      let code = words[at + 2]
      guard (2...10).contains(code.count), code.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) }) else { return nil }
      (self.total, currency) = (total, code)
      if let place = words.lastIndex(of: "at"), place + 2 < words.count, words[place + 2].hasPrefix(code + "/") {
        price = entry.row.number(words[place + 1])
      }
    }
  }
}

extension CoinbaseTransactions {
  /// `Converted 0.5 ETH to 900.12 USDC`: one row for what was given, and in newer files a second one for what was received.
  static func convert(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    var targets: [Entry] = []
    var sources: [(entry: Entry, to: AssetRef, quantity: Decimal)] = []
    for entry in entries {
      let words = entry.notes.split(separator: " ").map(String.init)
      guard words.count >= 6, words[0] == "Converted", words[3] == "to", let given = entry.row.number(words[1]),
        let received = entry.row.number(words[4])
      else { throw entry.row.problem("Notes", .inconsistent("does not say what was converted to what")) }
      if entry.asset.symbol == words[2] {
        sources.append((entry, KnownMoney.asset(words[5]), received))
      } else if entry.asset.symbol == words[5] {
        targets.append(entry)
        if !entries.contains(where: { $0.asset.symbol == words[2] }) {
          var source = entry
          (source.asset, source.signed) = (KnownMoney.asset(words[2]), given)
          sources.append((source, entry.asset, entry.quantity))
        }
      } else {
        throw entry.row.problem("Asset", .inconsistent("is neither side of the conversion in the note"))
      }
    }
    for (entry, to, noted) in sources {
      // The target's own row has more digits than the note.
      let target = targets.isEmpty ? nil : targets.removeFirst()
      var event = EventDraft.trade(at: entry.moment, gave: (entry.asset, entry.quantity), got: (to, target?.quantity ?? noted))
      if Set([entry.asset.symbol, to.symbol]) == ["ETH", "ETH2"], entry.quantity == (target?.quantity ?? noted) {
        event = EventDraft(.migration, at: entry.moment, asset: entry.asset, quantity: entry.quantity)
        event.detail { ($0.toAsset, $0.toQuantity) = (to, entry.quantity) }
      } else if event.kind == .swap, let worth = entry.total ?? entry.subtotal, let currency = entry.currency {
        (event.gross, event.currency) = (worth, currency)
      }
      event.externalID = entry.row.optionalText("ID")
      event.detail { $0.note = entry.notes }
      group.add(event, from: [entry.row] + (target.map { [$0.row] } ?? []))
    }
    for extra in targets { throw extra.row.problem("Notes", .unpaired) }
  }

  /// One asset leaves and as much of another arrives: a renamed or migrated asset keeps its cost and dates.
  ///
  /// - Returns: false when the rows are not such a pair.
  static func rename(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) -> Bool {
    guard entries.count == 2, entries[0].asset != entries[1].asset else { return false }
    func leaves(_ entry: Entry) -> Bool { entry.signed.isNegative || entry.type == "send" }
    guard let out = entries.first(where: leaves), let into = entries.first(where: { !leaves($0) }) else { return false }
    var event = EventDraft(.migration, at: into.moment, asset: out.asset, quantity: out.quantity)
    event.detail { ($0.toAsset, $0.toQuantity) = (into.asset, into.quantity) }
    event.externalID = into.row.optionalText("ID")
    group.add(event, from: [out.row, into.row])
    return true
  }

  /// Small balances given for something else.
  static func dust(_ entries: [Entry], _ group: inout RowGroup) throws(RowProblem) {
    let (gave, got) = (entries.filter(\.signed.isNegative), entries.filter { !$0.signed.isNegative })
    guard let out = gave.first, let into = got.first else { throw entries[0].row.problem("Transaction Type", .unpaired) }
    var event = EventDraft.trade(at: into.moment, gave: (out.asset, out.quantity), got: (into.asset, into.quantity))
    if entries.count > 2 {
      event = EventDraft(.swap, at: into.moment, asset: out.asset, quantity: out.quantity)
      event.detail { details in
        (details.toAsset, details.toQuantity) = (into.asset, into.quantity)
        details.legs = entries.map { LegDraft(asset: $0.asset, quantity: $0.signed) }
      }
    }
    group.add(event, from: entries.map(\.row))
  }
}
