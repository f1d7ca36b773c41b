import Amounts
import Ledger

/// A transaction of Portfolio Performance, from a table or from JSON, in the program's own terms: `net` is what moved on the account.
struct PerformanceTransaction {
  /// What the program calls it, in any of its spellings.
  enum Kind: String {
    case buy, sell, deliveryIn, deliveryOut, transferIn, transferOut, deposit, removal, dividend, interest, interestCharge
    case fee, feeRefund, tax, taxRefund
  }

  var kind: Kind
  var moment: Moment
  var asset: AssetRef?
  var shares: Decimal?
  var quote: Decimal?
  /// What moved on the account, without sign: the truth of the cash. What the row says beside it is rounded, so that the amount before
  /// fees and taxes and the rate are worked out from it.
  var net: Decimal
  var currency: AssetRef
  /// Without sign where ``isReversed``; else a negative one is given back.
  var fees: Decimal = .zero
  var taxes: Decimal = .zero
  /// Whether the row takes an earlier one back.
  var isReversed = false
  /// The amount before fees and taxes in the security's own currency, where it differs.
  var foreign: (amount: Decimal, currency: AssetRef, rate: Decimal?)?
  var account: String?
  var offset: String?
  /// Where the cash of a purchase or sale moves, when that is not the account of the units.
  var cashAccount = CashAccount.own
  var note: String?

  /// Where cash moves.
  enum CashAccount: Hashable {
    /// Where the units are.
    case own
    /// On another account; nil is the one the file is imported into.
    case other(String?)
  }

  /// The kind a word means; nil when it means none.
  static func kind(_ word: String) -> Kind? { kinds[word.lowercased()] }

  /// Words for a message.
  static let known = [
    "Buy", "Sell", "Delivery (Inbound)", "Delivery (Outbound)", "Transfer (Inbound)", "Transfer (Outbound)", "Deposit", "Removal",
    "Dividend",
    "Interest", "Interest Charge", "Fees", "Fees Refund", "Taxes", "Tax Refund",
  ]

  private static let kinds: [String: Kind] = {
    var all: [String: Kind] = [:]
    func add(_ kind: Kind, _ names: String...) { for name in names { all[name] = kind } }
    add(.buy, "buy", "purchase", "kauf")
    add(.sell, "sell", "sale", "verkauf")
    add(.deliveryIn, "delivery (inbound)", "inbound_delivery", "inbound delivery", "einlieferung", "delivery_inbound")
    add(.deliveryOut, "delivery (outbound)", "outbound_delivery", "outbound delivery", "auslieferung", "delivery_outbound")
    add(.transferIn, "transfer (inbound)", "umbuchung (eingang)", "transfer_in", "security transfer (inbound)")
    add(
      .transferOut, "transfer (outbound)", "umbuchung (ausgang)", "transfer_out", "security transfer (outbound)", "security_transfer",
      "cash_transfer", "transfer", "umbuchung")
    add(.deposit, "deposit", "einlage", "einzahlung")
    add(.removal, "removal", "withdrawal", "entnahme", "auszahlung")
    add(.dividend, "dividend", "dividends", "dividende", "dividenden")
    add(.interest, "interest", "zinsen", "zinsgutschrift")
    add(.interestCharge, "interest charge", "interest_charge", "zinsbelastung", "sollzinsen")
    add(.fee, "fee", "fees", "gebühren", "gebühr")
    add(.feeRefund, "fees refund", "fee refund", "fee_refund", "fees_refund", "gebührenerstattung")
    add(.tax, "tax", "taxes", "steuern", "steuer")
    add(.taxRefund, "tax refund", "tax_refund", "taxes refund", "steuerrückerstattung", "steuererstattung")
    return all
  }()

  /// The event; nil when the transaction needs a security or a number of shares that it does not have.
  func event() throws(DecimalError) -> EventDraft? {
    var event: EventDraft
    switch kind {
    case .buy, .sell:
      guard let asset, let shares else { return nil }
      let costs = try fees.adding(taxes)
      let gross = kind == .buy ? try net.subtracting(costs) : try net.adding(costs)
      event =
        EventDraft.trade(
          at: moment, PairFill(buys: kind == .buy, base: asset, quantity: shares, quote: currency, total: gross, price: quote))
        ?? EventDraft(.buy, at: moment, asset: asset)
    case .deliveryIn, .deliveryOut:
      guard let asset, let shares else { return nil }
      event = EventDraft(kind == .deliveryIn ? .deliveryIn : .deliveryOut, at: moment, asset: asset, quantity: shares)
      let costs = try fees.adding(taxes)
      (event.gross, event.currency) = (kind == .deliveryIn ? try net.subtracting(costs) : try net.adding(costs), currency)
    case .transferIn, .transferOut:
      return try transfer()
    case .deposit: event = isReversed ? .withdrawal(at: moment, currency, net) : .deposit(at: moment, currency, net)
    case .removal: event = isReversed ? .deposit(at: moment, currency, net) : .withdrawal(at: moment, currency, net)
    case .dividend:
      guard let asset else { return nil }
      event = EventDraft(.dividend, at: moment, asset: asset, quantity: shares)
      (event.gross, event.currency) = (try net.adding(fees).adding(taxes), currency)
    case .interest: event = cash(.interest, try net.adding(fees).adding(taxes))
    case .interestCharge: event = cash(.interestCharge, net)
    case .fee: event = cash(isReversed ? .feeRefund : .fee, net)
    case .feeRefund: event = cash(isReversed ? .fee : .feeRefund, net)
    case .tax: event = cash(isReversed ? .taxRefund : .tax, net)
    case .taxRefund: event = cash(isReversed ? .tax : .taxRefund, net)
    }
    if [.buy, .sell, .dividend, .interest, .deliveryIn, .deliveryOut].contains(kind) {
      event.charge(fees, currency)
      if !taxes.isZero { event.tax = taxes }
    }
    let isConverted = try convert(&event)
    if isReversed { takeBack(&event) }
    event.account = account
    if case .other(let other) = cashAccount { try split(&event, cashOn: other) }
    var remarks = [note].compactMap { $0 }
    if let foreign, !isConverted, foreign.currency != currency {
      remarks.append("\(foreign.amount) \(foreign.currency.symbol)" + (foreign.rate.map { " at \($0)" } ?? ""))
    }
    if !remarks.isEmpty { event.detail { $0.note = remarks.joined(separator: "; ") } }
    return event
  }

  /// Money that comes or goes by itself. Interest, a charge or a refund of a security belongs to it.
  private func cash(_ kind: EventKind, _ amount: Decimal) -> EventDraft {
    if let asset, kind != .interestCharge {
      var event = EventDraft(kind, at: moment, asset: asset)
      (event.currency, event.gross) = (currency, amount)
      return event
    }
    var event = EventDraft(kind, at: moment, asset: currency, quantity: amount)
    (event.currency, event.gross) = (currency, amount)
    return event
  }

  /// Income that is taken back has the amounts of what it takes back, below zero.
  private func takeBack(_ event: inout EventDraft) {
    guard [.dividend, .interest, .interestCharge].contains(event.kind) else { return }
    if event.kind != .dividend { event.quantity = nil }
    event.gross = event.gross.map { -$0 }
    event.tax = event.tax.map { -$0 }
    event.fee = event.fee.map { -$0 }
    event.feeValue = event.feeValue.map { -$0 }
  }

  /// The units stay, the money moves on another account.
  private func split(_ event: inout EventDraft, cashOn other: String?) throws(DecimalError) {
    guard event.kind == .buy || event.kind == .sell, let gross = event.gross, let units = event.quantity else { return }
    let isBuy = event.kind == .buy
    var legs = [
      LegDraft(account: account, asset: event.asset, quantity: isBuy ? units : -units),
      LegDraft(account: other, asset: currency, quantity: isBuy ? -gross : gross),
    ]
    if !fees.isZero { legs.append(LegDraft(account: other, asset: currency, quantity: -fees, role: .fee)) }
    if !taxes.isZero { legs.append(LegDraft(account: other, asset: currency, quantity: -taxes, role: .tax)) }
    // What is without an account of its own goes where the file goes.
    if other == nil { event.account = nil }
    (event.fee, event.feeAsset, event.feeValue, event.tax) = (nil, nil, nil, nil)
    event.detail { $0.legs = legs }
  }

  /// A dividend in the security's currency that was paid out in the account's, at the rate that gives what was booked.
  ///
  /// - Returns: whether it was one.
  private func convert(_ event: inout EventDraft) throws(DecimalError) -> Bool {
    guard kind == .dividend, fees.isZero, taxes.isZero, let foreign, foreign.currency != currency, !foreign.amount.isZero else {
      return false
    }
    guard let rate = try PerformanceTransaction.rate(from: foreign.amount, to: net, stated: foreign.rate) else { return false }
    (event.gross, event.currency) = (foreign.amount, foreign.currency)
    let settle = currency
    event.detail { ($0.settleCurrency, $0.fxRate) = (settle, rate) }
    return true
  }

  /// The rate by which one amount becomes exactly the other: as stated where that does it, else with as many places as it takes.
  static func rate(from amount: Decimal, to target: Decimal, stated: Decimal?) throws(DecimalError) -> Decimal? {
    if let stated, try amount.multiplied(by: stated) == target { return stated }
    for places in stride(from: 6, through: 30, by: 6) {
      let rate = try target.divided(by: amount, places: places)
      if try amount.multiplied(by: rate) == target { return rate }
    }
    return nil
  }

  /// Between two accounts: units, money, or money that changes its currency on the way.
  private func transfer() throws(DecimalError) -> EventDraft? {
    let (from, to) = kind == .transferOut ? (account, offset) : (offset, account)
    if let asset, let shares {
      var event = EventDraft(.transfer, at: moment, asset: asset, quantity: shares)
      (event.account, event.toAccount) = (from, to)
      return event
    }
    if let foreign, foreign.currency != currency {
      let (gave, got) =
        kind == .transferOut ? ((currency, net), (foreign.currency, foreign.amount)) : ((foreign.currency, foreign.amount), (currency, net))
      var event = EventDraft.trade(at: moment, gave: gave, got: got)
      event.account = from
      if from != to {
        let legs = [LegDraft(account: from, asset: gave.0, quantity: -gave.1), LegDraft(account: to, asset: got.0, quantity: got.1)]
        event.detail { $0.legs = legs }
      }
      return event
    }
    if from == to { return nil }
    var event = EventDraft(.transfer, at: moment, asset: currency, quantity: net)
    (event.account, event.toAccount) = (from, to)
    return event
  }
}
