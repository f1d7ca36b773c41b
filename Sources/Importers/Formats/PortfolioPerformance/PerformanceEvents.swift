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
  /// What moved on the account, without sign.
  var net: Decimal
  var currency: AssetRef
  var fees: Decimal = .zero
  var taxes: Decimal = .zero
  /// The amount before fees and taxes in the security's own currency, where it differs.
  var foreign: (amount: Decimal, currency: AssetRef, rate: Decimal?)?
  var account: String?
  var offset: String?
  var note: String?

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
    case .deposit: event = .deposit(at: moment, currency, net)
    case .removal: event = .withdrawal(at: moment, currency, net)
    case .dividend:
      guard let asset else { return nil }
      event = EventDraft(.dividend, at: moment, asset: asset, quantity: shares)
      (event.gross, event.currency) = (try net.adding(fees).adding(taxes), currency)
    case .interest: event = cash(.interest, try net.adding(fees).adding(taxes))
    case .interestCharge: event = cash(.interestCharge, net)
    case .fee: event = cash(.fee, net)
    case .feeRefund: event = cash(.feeRefund, net)
    case .tax: event = cash(.tax, net)
    case .taxRefund: event = cash(.taxRefund, net)
    }
    if [.buy, .sell, .dividend, .interest, .deliveryIn, .deliveryOut].contains(kind) {
      event.charge(fees, currency)
      if !taxes.isZero { event.tax = taxes }
    }
    convert(&event)
    event.account = account
    let security = [.fee, .feeRefund, .tax, .taxRefund].contains(kind) ? asset.map { "\($0.symbol)" } : nil
    let remarks = [note, security].compactMap { $0 }
    if !remarks.isEmpty { event.detail { $0.note = remarks.joined(separator: "; ") } }
    return event
  }

  private func cash(_ kind: EventKind, _ amount: Decimal) -> EventDraft {
    var event = EventDraft(kind, at: moment, asset: currency, quantity: amount)
    (event.currency, event.gross) = (currency, amount)
    return event
  }

  /// A dividend in the security's currency that was paid out in the account's.
  private func convert(_ event: inout EventDraft) {
    guard kind == .dividend, fees.isZero, taxes.isZero, let foreign, foreign.currency != currency, !foreign.amount.isZero else { return }
    (event.gross, event.currency) = (foreign.amount, foreign.currency)
    let settle = currency
    let rate = foreign.rate ?? (try? net.divided(by: foreign.amount))
    event.detail { ($0.settleCurrency, $0.fxRate) = (settle, rate) }
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
