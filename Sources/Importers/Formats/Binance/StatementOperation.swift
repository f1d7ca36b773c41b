import Ledger

/// What a row of Binance's account statement means, told by its Operation.
///
/// The statement is a ledger: Change is what happened to the balance of a coin, so that no row may be left out.
enum StatementOperation: Hashable {
  /// A leg of a trade with the other rows of the family at that time; the sign tells what was given and what was received.
  case trade(Family)
  /// What a trade cost; in a derivatives wallet a fee of its own.
  case fee
  /// From outside when positive, to outside when negative.
  case flow
  /// Income, or its correction when negative.
  case income(EventKind, subtype: String)
  /// Into an earn product when negative, back when positive. The units stay ours.
  case lock
  /// The receipt for a lock (`LDUSDT`), or interest when the coin is an ordinary one.
  case savingsDistribution
  /// Between two wallets of the same user.
  case transfer(StatementWallet, StatementWallet)
  /// Profit or loss of a derivative.
  case profit
  /// A running cost of a derivative or loan: funding, insurance, interest.
  case charge(EventKind, subtype: String)
  /// A margin loan taken (positive) or repaid (negative).
  case loan
  /// Paid with units for goods.
  case spending
  /// The exchange corrects a balance.
  case correction

  /// Rows that may belong to one trade.
  enum Family: String, Hashable {
    case spot, convert, otc, dust, card, invest, staking, swap, launchpad, redenomination
  }

  /// The operation with this name, whatever its case.
  static func named(_ text: String) -> StatementOperation? {
    let key = text.lowercased()
    if let found = table[key] { return found }
    return transfer(key) ?? family(key)
  }

  /// What a name that is not in the table says by its words. Binance renames its products often, but keeps to the words: what was earned,
  /// what was locked and came back, what was given for what. The first line that fits counts.
  private static func family(_ key: String) -> StatementOperation? {
    let words = Set(key.split { !$0.isLetter }.map(String.init))
    func has(_ wanted: String...) -> Bool { wanted.contains { words.contains($0) } }
    if key.hasPrefix("crypto box") { return .flow }
    if has("airdrop", "airdrops") { return .income(.airdrop, subtype: "airdrop") }
    if has("rebate", "rebates", "kickback", "commission", "referral") { return .income(.reward, subtype: "referral") }
    if has("cashback") { return .income(.reward, subtype: "cashback") }
    if has("voucher", "campaign", "mission", "bonus") { return .income(.reward, subtype: "promotion") }
    if has("loan"), has("interest") { return .charge(.interestCharge, subtype: "margin") }
    if has("loan") { return .loan }
    if has("rewards", "reward", "interest", "income", "yield", "yields", "earnings") {
      return .income(.reward, subtype: has("flexible", "savings", "saving") ? "interest" : "staking")
    }
    if has("leverage", "leveraged") { return .trade(.swap) }
    if has("convert", "conversion", "buy", "sell"), has("fiat", "card", "bank") { return .trade(.card) }
    if has("convert", "conversion") { return .trade(.convert) }
    if has("dust"), has("assets", "exchange") { return .trade(.dust) }
    if key.hasSuffix("internal transfer") { return .lock }
    if has("subscription", "redemption", "staking", "unstaking", "purchase"),
      has("earn", "savings", "staking", "slot", "launchpool", "vault", "locked", "flexible", "farming", "investment", "arbitrage")
    {
      return .lock
    }
    if has("funding"), has("fee") { return .charge(.fee, subtype: "funding") }
    if has("fee", "fees") { return .fee }
    if has("deposit", "withdraw", "withdrawal") { return .flow }
    return nil
  }

  /// Names to tell somebody who wrote another one: those that share a word with it, else the usual ones.
  static func known(near name: String) -> [String] {
    let words = Set(name.lowercased().split { !$0.isLetter }.filter { $0.count > 3 }.map(String.init))
    // The nearest first: the more words in common and the fewer others.
    func distance(_ key: String) -> Int {
      let own = Set(key.split { !$0.isLetter }.map(String.init))
      return own.symmetricDifference(words).count - 2 * own.intersection(words).count
    }
    let near = table.keys.filter { !words.isDisjoint(with: $0.split { !$0.isLetter }.map(String.init)) }.sorted {
      (distance($0), $0) < (distance($1), $1)
    }
    return near.isEmpty
      ? [
        "deposit", "withdraw", "buy", "sell", "fee", "binance convert", "small assets exchange bnb", "distribution",
        "and \(table.count) more",
      ]
      : Array(near.prefix(12))
  }

  private static let table: [String: StatementOperation] = {
    var all: [String: StatementOperation] = [:]
    func add(_ operation: StatementOperation, _ names: String...) {
      for name in names { all[name] = operation }
    }
    add(
      .trade(.spot), "buy", "sell", "transaction related", "transaction buy", "transaction spend", "transaction sold", "transaction revenue"
    )
    add(.fee, "fee", "transaction fee", "bnb deducts fee", "bnb fee deduction")
    add(.trade(.convert), "binance convert", "convert", "futures convert", "asset conversion transfer", "stablecoins auto-conversion")
    add(.trade(.otc), "large otc trading")
    add(.trade(.dust), "small assets exchange bnb", "small assets exchange bnb (spot)", "small assets exchange")
    add(
      .trade(.card), "buy crypto", "buy crypto with fiat", "buy crypto with card", "convert fiat to crypto ocbs", "sell crypto to fiat",
      "fiat ocbs - buy crypto")
    add(.trade(.invest), "auto-invest transaction", "auto invest transaction", "index linked plan transaction")
    add(.trade(.staking), "eth 2.0 staking", "eth 2.0 staking withdrawals", "sol staking")
    add(.trade(.swap), "swap farming transaction", "liquid swap sell", "leverage token redemption", "leverage token subscription")
    add(.trade(.launchpad), "launchpad subscribe", "launchpad token distribution")
    add(.trade(.redenomination), "token swap - redenomination/rebranding", "token swap - distribution", "leveraged coin consolidation")
    add(
      .flow, "deposit", "withdraw", "withdrawal", "fiat deposit", "fiat withdraw", "fiat withdrawal", "deposit fiat ocbs",
      "fiat ocbs - add fiat and fees", "c2c transfer", "p2p trading", "p2p transfer", "send", "receive", "pay", "binance pay",
      "transfer between main account and sub-account", "sub-account transfer", "transfer_in", "transfer_out")
    add(
      .income(.reward, subtype: "staking"), "staking rewards", "staking reward", "eth 2.0 staking rewards", "pos savings interest",
      "simple earn locked rewards", "simple earn locked interest", "bnb vault rewards", "launchpool interest",
      "launchpool earnings withdrawal", "dot slot auction rewards", "liquid swap rewards", "swap farming rewards",
      "sol staking rewards", "soft staking rewards", "on-chain yields rewards", "locked staking interest")
    add(
      .income(.reward, subtype: "interest"), "savings interest", "simple earn flexible interest", "fixed savings interest",
      "flexible savings interest", "bfusd rewards", "loan rewards")
    add(.income(.mining, subtype: "mining"), "pool distribution", "super bnb mining", "mining rewards")
    add(
      .income(.reward, subtype: "referral"), "commission history", "commission rebate", "commission fee shared with you",
      "referral kickback", "referral commission", "referrer rebates", "referee rebates", "referee commission rebate", "broker rebate")
    add(.income(.reward, subtype: "cashback"), "cashback voucher", "card cashback", "binance card cashback", "trading fee rebate")
    add(
      .income(.reward, subtype: "promotion"), "mission reward distribution", "campaign related reward", "rewards distribution",
      "cash voucher distribution", "cash voucher", "token voucher distribution", "reward center", "learn and earn")
    add(
      .income(.airdrop, subtype: "airdrop"), "airdrop assets", "airdrop", "distribution", "simple earn flexible airdrop",
      "launchpool airdrop", "launchpool airdrop - system distribution", "launchpool airdrop - user claim distribution",
      "hodler airdrops distribution", "megadrop rewards", "crypto box", "alpha airdrop")
    add(
      .lock, "pos savings purchase", "pos savings redemption", "staking purchase", "staking redemption", "savings purchase",
      "savings principal redemption", "savings redemption", "simple earn flexible subscription", "simple earn flexible redemption",
      "simple earn locked subscription", "simple earn locked redemption", "launchpool subscription/redemption",
      "launchpool subscription", "launchpool redemption", "liquid swap add", "liquid swap add/sell", "liquid swap remove",
      "liquidity farming add", "liquidity farming remove", "bnb vault subscription", "bnb vault redemption",
      "dot slot auction subscription", "dot slot auction redemption", "dual investment subscription", "dual investment redemption",
      "flexible loan - collateral transfer", "crypto loan - collateral transfer")
    add(.savingsDistribution, "savings distribution")
    add(.profit, "realized profit and loss", "realize profit and loss")
    add(.charge(.fee, subtype: "funding"), "funding fee")
    add(.charge(.fee, subtype: "insurance"), "insurance fund compensation", "insurance fund", "liquidation fee")
    add(
      .charge(.interestCharge, subtype: "margin"), "margin interest", "isolated margin interest", "cross margin interest",
      "flexible loan - interest", "crypto loan - interest")
    add(
      .loan, "margin loan", "isolated margin loan", "cross margin loan", "margin repayment", "isolated margin repayment",
      "cross margin repayment", "flexible loan - lending", "flexible loan - repayment", "crypto loan - lending", "crypto loan - repayment")
    add(.spending, "binance card spending", "card spending", "merchant acquiring", "gift card")
    add(.correction, "asset - transfer", "asset recovery", "system correction", "balance adjustment")
    return all
  }()

  /// `transfer between main and funding wallet`: two wallets by words of the name.
  private static func transfer(_ key: String) -> StatementOperation? {
    guard key.contains("transfer"), !key.hasSuffix("internal transfer") else { return nil }
    let named = StatementWallet.named(in: key)
    guard let first = named.first else { return nil }
    guard let second = named.dropFirst().first else { return first == .spot ? nil : .transfer(.spot, first) }
    return .transfer(first, second)
  }
}

/// A part of a Binance account that is shown as an account of its own. Earn and savings are locks within the main one.
enum StatementWallet: String, CaseIterable {
  case spot, funding, usdFutures, coinFutures, crossMargin, isolatedMargin, card, options, strategy

  /// The wallet the Account cell names; nil when it is none of them.
  init?(account: String) {
    let text = account.lowercased().filter { $0.isLetter || $0.isNumber }
    switch text {
    case "", "spot", "main", "earn", "savings", "pool", "staking", "mining": self = .spot
    case "funding", "fundingwallet", "c2c", "p2p": self = .funding
    case "usdmfutures", "usdtfutures", "usdfutures", "umfutures": self = .usdFutures
    case "coinmfutures", "coinfutures", "cmfutures": self = .coinFutures
    case "crossmargin", "margin": self = .crossMargin
    case "isolatedmargin": self = .isolatedMargin
    case "card": self = .card
    case "option", "options": self = .options
    case "strategy", "tradingbots": self = .strategy
    default: return nil
    }
  }

  /// The account's name in Florin; nil is the import's own.
  var accountName: String? {
    switch self {
    case .spot: nil
    case .funding: "Binance Funding"
    case .usdFutures: "Binance USD-M Futures"
    case .coinFutures: "Binance COIN-M Futures"
    case .crossMargin: "Binance Cross Margin"
    case .isolatedMargin: "Binance Isolated Margin"
    case .card: "Binance Card"
    case .options: "Binance Options"
    case .strategy: "Binance Strategy"
    }
  }

  /// Whether fees stand alone there, because positions are not held as coins.
  var isDerivative: Bool { self == .usdFutures || self == .coinFutures || self == .options }

  /// The wallets an operation's name speaks of, in its order, the main one first when both sides are the same.
  static func named(in text: String) -> [StatementWallet] {
    let words: [(String, StatementWallet)] = [
      ("um futures", .usdFutures), ("usd-m", .usdFutures), ("usdⓢ-m", .usdFutures), ("cm futures", .coinFutures), ("coin-m", .coinFutures),
      ("isolated margin", .isolatedMargin), ("cross margin", .crossMargin), ("margin account", .crossMargin), ("funding", .funding),
      ("option", .options), ("strategy", .strategy), ("grid", .strategy), ("card", .card), ("main", .spot), ("spot", .spot),
    ]
    var found: [StatementWallet] = []
    for (word, wallet) in words where text.contains(word) && !found.contains(wallet) { found.append(wallet) }
    return found.sorted { ($0 == .spot ? 0 : 1) < ($1 == .spot ? 0 : 1) }
  }
}
