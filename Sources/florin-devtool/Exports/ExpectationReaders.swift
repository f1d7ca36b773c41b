import Amounts
import Ledger

// How each source writes what it expects, turned into movements. EXPECTED.md tells their conventions.

extension Expectation {
  /// everytrade: a main line, then the FEE and REBATE lines that belong to it; total = amount x price.
  static func everytrade(_ lines: [ExpectedLine]) -> [Expectation] {
    var out: [Expectation] = []
    for line in lines {
      let asset = AssetNames.common(line["asset"])
      let amount = line.amount("amount") ?? .zero
      let role = line["role"]
      if role.hasPrefix("related"), !out.isEmpty {
        let last = out.count - 1
        out[last].text += " | \(line["kind"]) \(amount) \(line["asset"])"
        if role.contains("not compared") {
          out[last].statesCosts = false
        } else {
          let isFee = line["kind"] == "FEE"
          out[last].movements.append(Movement(asset: asset, quantity: isFee ? -amount : amount, isCost: isFee))
        }
        continue
      }
      var event = Expectation(
        senses: senses(everytrade: line["kind"]), when: When(line["time"]), movements: [],
        text: "\(line["kind"]) \(line["time"]) \(amount) \(line["asset"]) \(line["total"]) \(line["quote"])")
      event.isBinding = !role.contains("not compared")
      event.followsReward =
        line["kind"] == "STAKE" && out.last.map { $0.text.hasPrefix("STAKING_REWARD") && $0.movements.first?.quantity == amount } ?? false
      event.note = line["note"]
      let isOut = ["SELL", "WITHDRAWAL", "OUTGOING_PAYMENT", "FEE"].contains(line["kind"])
      if line["asset"] == "asset" {
        // The test builds asset and amount from variables that the list does not show.
        event.isBinding = false
      } else {
        event.movements.append(Movement(asset: asset, quantity: isOut ? -amount : amount))
      }
      if !line["quote"].isEmpty, let total = line.amount("total"), !total.isZero {
        // The unit price keeps 17 decimals, rounded half up.
        let tolerance = max(amount.approximate * 1e-17, total.approximate * 1e-12)
        let quote = Movement(asset: AssetNames.common(line["quote"]), quantity: isOut ? total : -total, tolerance: tolerance)
        event.movements.append(quote)
      }
      out.append(event)
    }
    return out
  }

  private static func senses(everytrade kind: String) -> [Sense] {
    switch kind {
    case "BUY", "SELL": [.trade]
    case "DEPOSIT", "INCOMING_PAYMENT": [.arrival]
    case "WITHDRAWAL", "OUTGOING_PAYMENT": [.departure]
    case "REWARD", "STAKING_REWARD", "EARNING", "AIRDROP", "FORK", "REBATE": [.income]
    case "STAKE", "UNSTAKE": [.lock]
    case "FEE": [.fee]
    default: []
    }
  }

  /// rotki: the legs of a trade follow each other; AssetMovement is a deposit or withdrawal with its fee.
  static func rotki(_ lines: [ExpectedLine]) -> [Expectation] {
    var out: [Expectation] = []
    var (key, hasReceived) = ("", false)
    for line in lines {
      let kind = line["kind"].split(separator: "/").map(String.init)
      guard kind.count > 1, let amount = line.amount("amount") else {
        if let margin = rotkiMargin(line) { out.append(margin) }
        continue
      }
      let isOut = ["SPEND", "FEE", "LOSS"].contains(kind[1])
      let asset = AssetNames.common(line["asset"])
      let movement = Movement(
        asset: asset, quantity: isOut ? -amount : amount, isCost: kind[1] == "FEE", tolerance: abs(amount.approximate) * 1e-15)
      let text = "\(line["kind"]) \(line["time"]) \(amount) \(asset)"
      let thisKey = kind[0] + line["event"] + line["time"]
      let continues: Bool =
        switch kind[0] {
        case "SwapEvent": thisKey == key && !(kind[1] == "SPEND" && hasReceived)
        case "AssetMovement": kind[1] == "FEE"
        default: false
        }
      if continues, !out.isEmpty {
        out[out.count - 1].movements.append(movement)
        out[out.count - 1].text += " | \(kind[1]) \(amount) \(asset)"
      } else {
        out.append(Expectation(senses: senses(rotki: kind), when: When(line["time"]), movements: [movement], text: text))
        hasReceived = false
      }
      key = thisKey
      hasReceived = hasReceived || kind[1] == "RECEIVE"
    }
    for index in out.indices { out[index].movements.removeAll { $0.quantity.isZero } }
    return out
  }

  private static func rotkiMargin(_ line: ExpectedLine) -> Expectation? {
    guard line["kind"] == "MarginPosition", let profit = line.amount("amount") else { return nil }
    var movements = [Movement(asset: AssetNames.common(line["asset"]), quantity: profit)]
    if let fee = line.amount("fee"), !fee.isZero {
      movements.append(Movement(asset: line.currency("fee").map(AssetNames.common), quantity: -fee, isCost: true))
    }
    return Expectation(
      senses: [.income, .arrival, .departure, .fee], when: When(line["time"]), movements: movements,
      text: "MarginPosition \(line["time"]) \(profit) \(line["asset"])")
  }

  private static func senses(rotki kind: [String]) -> [Sense] {
    switch (kind[0], kind[1], kind.count > 2 ? kind[2] : "") {
    case ("SwapEvent", _, _): [.trade, .income, .arrival]
    case ("AssetMovement", "SPEND", _): [.departure]
    case ("AssetMovement", _, _): [.arrival]
    case (_, "STAKING", "REWARD"), (_, "RECEIVE", "REWARD"): [.income]
    case (_, "STAKING", _), (_, "DEPOSIT", _), (_, "WITHDRAWAL", _): [.lock]
    case (_, "TRANSFER", _): [.transfer]
    case (_, "SPEND", "FEE"): [.fee]
    case (_, "SPEND", _), (_, "LOSS", _): [.departure, .fee, .lock]
    default: [.income, .arrival, .lock]
    }
  }

  /// GhostfolioSidekick: Fee and Tax carry the id of their trade, KnownBalance is no event.
  static func sidekick(_ lines: [ExpectedLine]) -> [Expectation] {
    var out: [Expectation] = []
    var byID: [String: Int] = [:]
    for line in lines where line["kind"] != "KnownBalance" {
      let amount = line.amount("amount") ?? .zero
      let asset: String? = line["asset"].isEmpty ? nil : AssetNames.common(line["asset"])
      let total = line.amount("total")
      let money = (line.currency("total") ?? line.currency("unit_price") ?? (line["quote"].isEmpty ? nil : line["quote"]))
        .map(AssetNames.common)
      let text = "\(line["kind"]) \(line["time"]) \(amount) \(line["asset"]) \(line["total"])"
      if ["Fee", "Tax"].contains(line["kind"]), let index = byID[line["id"]] {
        out[index].movements.append(Movement(asset: asset, quantity: -amount, isCost: true))
        out[index].text += " | \(line["kind"]) \(amount) \(line["asset"])"
        continue
      }
      var movements: [Movement] = []
      var senses: [Sense] = []
      func cash(_ sign: Int) {
        guard let total, !total.isZero else { return }
        movements.append(
          Movement(asset: money, quantity: sign < 0 ? -total : total, tolerance: max(total.approximate * 1e-9, 0.005)))
      }
      switch line["kind"] {
      case "Buy":
        movements.append(Movement(asset: asset, quantity: amount))
        cash(-1)
        senses = [.trade]
      case "Sell":
        movements.append(Movement(asset: asset, quantity: -amount))
        cash(1)
        senses = [.trade]
      case "AssetConvert":
        let words = line["asset"].split(separator: " ")
        if words.count == 5, let from = Decimal(words[0]), let to = Decimal(words[3]) {
          movements.append(Movement(asset: AssetNames.common(String(words[1])), quantity: -from))
          movements.append(Movement(asset: AssetNames.common(String(words[4])), quantity: to))
        }
        senses = [.trade]
      case "Dividend":
        movements.append(Movement(asset: money, quantity: amount))
        senses = [.income]
      case "CashDeposit", "Receive":
        movements.append(Movement(asset: asset, quantity: amount))
        senses = line["kind"] == "Receive" ? [.arrival, .income] : [.arrival]
      case "CashWithdrawal", "Send":
        movements.append(Movement(asset: asset, quantity: -amount))
        senses = [.departure]
      case "Interest", "StakingReward", "Gift":
        movements.append(Movement(asset: asset, quantity: amount))
        senses = [.income, .arrival]
      case "Fee", "Tax":
        movements.append(Movement(asset: asset, quantity: -amount))
        senses = line["kind"] == "Fee" ? [.fee] : [.tax]
      default:
        movements.append(Movement(asset: asset, quantity: amount))
      }
      byID[line["id"]] = out.count
      out.append(Expectation(senses: senses, when: When(line["time"]), movements: movements, text: text))
    }
    for index in out.indices where out[index].senses == [.trade] { out[index].variants = totalsWithCosts(out[index].movements) }
    return out
  }

  /// The total of a trade is stated without costs by some of its readers and with them by others.
  private static func totalsWithCosts(_ movements: [Movement]) -> [[Movement]] {
    guard movements.contains(where: \.isCost), let cash = movements.lastIndex(where: { !$0.isCost }) else { return [] }
    return [movements.filter { !$0.isCost || $0.asset != movements[cash].asset }]
  }

  /// Portfolio Performance and others: units, and net cash with fee and tax inside.
  static func plain(_ lines: [ExpectedLine]) -> [Expectation] {
    lines.compactMap { line in
      let kind = line["kind"].lowercased()
      let units = line.amount("amount") ?? .zero
      let money = line.currency("total") ?? (line["quote"].isEmpty ? nil : line["quote"])
      let asset: String? = line["asset"].isEmpty ? nil : AssetNames.common(line["asset"])
      let (senses, unitSign, cashSign): ([Sense], Int, Int) =
        switch kind {
        case "buy", "purchase": ([.trade], 1, -1)
        case "sell", "sale", "spending": ([.trade], -1, 1)
        case "delivery_inbound", "gift_received": ([.arrival, .trade], 1, 0)
        case "delivery_outbound", "gift_sent": ([.departure, .trade], -1, 0)
        case "dividends", "dividend", "interest": ([.income], 0, 1)
        case "staking reward", "mining": ([.income], 1, 0)
        case "deposit": ([.arrival], 0, 1)
        case "removal": ([.departure], 0, -1)
        case "taxes", "tax": ([.tax], 0, -1)
        case "fees", "fee", "interest_charge": ([.fee], 0, -1)
        case "fees_refund", "tax_refund", "taxrefund": ([.refund], 0, 1)
        default: ([], 0, 0)
        }
      guard !senses.isEmpty else { return nil }
      var movements: [Movement] = []
      if unitSign != 0, !units.isZero { movements.append(Movement(asset: asset, quantity: unitSign < 0 ? -units : units)) }
      if cashSign != 0, let total = line.amount("total"), !total.isZero {
        movements.append(
          Movement(asset: money.map(AssetNames.common), quantity: cashSign < 0 ? -total : total, tolerance: 0.0051))
      } else if cashSign != 0, let price = line.amount("unit_price"), let total = try? price.multiplied(by: units) {
        movements.append(
          Movement(asset: money.map(AssetNames.common), quantity: cashSign < 0 ? -total : total, tolerance: 0.0051))
      }
      let text = "\(line["kind"]) \(line["time"]) \(line["amount"]) \(line["asset"]) \(line["total"])"
      return Expectation(senses: senses, when: When(line["time"]), movements: movements, isNet: true, text: text)
    }
  }
}
