import Amounts
import CLI
import Ledger
import TestSupport

/// Made-up files of a small world in which everything happens: every kind of event, in every order, also what makes no sense.
struct RandomRows {
  /// One event: its instant, and its cells by column.
  struct Row {
    let time: Int
    let kind: EventKind
    var cells: [String: String]
  }
  /// By time.
  private(set) var events: [Row] = []
  /// `date,asset,currency,price,kind`, by day.
  private(set) var prices: [(day: Int, line: String)] = []
  private var random: SplitMix64

  /// The first day, as an ordinal: 1 January 2024.
  static let start = 19_723
  /// How many days there are.
  static let span = 130

  static let columns = [
    "id", "timestamp", "type", "account", "to_account", "asset", "quantity", "price", "currency", "gross", "fee", "fee_asset", "fee_value",
    "tax", "ratio", "subtype", "settle_date", "to_asset", "to_quantity", "basis_share", "acquired", "status", "tx_hash",
  ]

  static let assets = """
    symbol,class,name,currency,decimals,pricing,exemption,issue_date
    TOK,security,Token,USD,,monthly,regD506c,2024-01-01
    UTI,utility,Utility,USD,,daily,,
    COI,crypto,Coin,USD,,daily,,
    STB,stablecoin,Stable,USD,,daily,,
    FUN,fund,Fund,EUR,,weekly,,
    NEW,security,New,EUR,,monthly,regS,2024-02-01
    USD,cash,Dollar,USD,,,,
    EUR,cash,Euro,EUR,,,,

    """
  static let accounts = "account,kind,venue,portfolio\nAlpha,broker,V1,\nBeta,exchange,V2,Side\nGamma,wallet,,\nLoan,loan,,\n"
  static let distributions = """
    asset,kind,declared,ex,record,pay,basis,from,to,amount_per_token,currency
    TOK,dividend,2024-02-01,2024-02-10,2024-02-11,2024-02-20,record,,,0.4,USD
    TOK,rent,2024-03-01,,2024-03-31,2024-04-05,record,,,0.1,USD
    FUN,dividend,2024-04-20,2024-04-29,2024-04-30,2024-05-20,record,,,0.3,EUR

    """
  static let restrictions = """
    asset,account,lot,kind,quantity,from,until,schedule,reason
    TOK,Alpha,,lock,,,2024-06-30,,lock-up
    COI,,,pledged,2,2024-02-01,2024-04-01,,loan

    """
  static let targets = "dimension,key,target,band\nclass,crypto,0.3,0.05\nclass,security,0.4,0.05\n"

  /// A world with so many events.
  ///
  /// - Parameter crowded: whether they crowd on a few instants; else no two are at one.
  init(_ random: inout SplitMix64, events count: Int, crowded: Bool = false) {
    self.random = random
    for place in 0..<count {
      // The first few fill the accounts.
      let kind = place < 7 ? self.random.pick([EventKind.deposit, .buy, .buy, .buy]) : self.random.pick(EventKind.allCases)
      var minute = place < 7 ? 1500 + place : 1440 + self.random.int(0...(RandomRows.span * 1440))
      if crowded { minute -= minute % (7 * 1440) }
      var row = Row(time: minute * 60, kind: kind, cells: cells(of: kind, day: RandomRows.start + minute / 1440))
      while !crowded && events.contains(where: { $0.time == row.time }) { row = Row(time: row.time + 7, kind: kind, cells: row.cells) }
      events.append(row)
    }
    if !crowded { events.sort { $0.time < $1.time } }
    for place in events.indices {
      let time = events[place].time
      let second = time % 86_400
      let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      events[place].cells["id"] = "x\(place)"
      events[place].cells["timestamp"] = RandomRows.date(RandomRows.start + time / 86_400) + "T\(clock)Z"
      events[place].cells["type"] = events[place].kind.code
    }
    addPrices()
    random = self.random
  }

  static func date(_ day: Int) -> String { "\(Day(ordinal: Int32(day)))" }

  /// The file of some events.
  static func file(_ rows: some Sequence<Row>) -> String {
    columns.joined(separator: ",") + "\n"
      + rows.map { row in columns.map { row.cells[$0] ?? "" }.joined(separator: ",") + "\n" }.joined()
  }

  /// The file of some prices.
  static func file(_ prices: some Sequence<(day: Int, line: String)>) -> String {
    "date,asset,currency,price,kind\n" + prices.map { $0.line + "\n" }.joined()
  }

  // MARK: One event

  private mutating func amount(_ most: Int = 20) -> String { "\(Decimal(mantissa: Int128(random.int(1...(most * 1000))), scale: 3))" }
  private mutating func chance(_ percent: Int) -> Bool { random.int(1...100) <= percent }

  private mutating func cells(of kind: EventKind, day: Int) -> [String: String] {
    let assets = ["TOK", "UTI", "COI", "FUN", "STB"]
    let asset = random.pick(assets)
    let money = random.pick(["USD", "EUR"])
    let accounts = ["Alpha", "Beta", "Gamma"]
    let account = random.pick(accounts)
    var cells = ["asset": asset, "account": account]
    func set(_ more: [String: String]) { cells.merge(more) { $1 } }
    switch kind {
    case .deposit, .withdraw:
      let what = random.pick([money, money, "COI", "TOK"])
      set(["asset": what, "quantity": amount(what == money ? 5000 : 20)])
      if what != money, chance(30) { set(["gross": amount(500), "currency": "USD"]) }
      if chance(30) { cells["tx_hash"] = "h\(random.int(1...3))" }
    case .deliveryIn, .deliveryOut, .giftIn:
      set(["quantity": amount(), "gross": amount(400), "currency": "USD"])
      if kind == .giftIn, chance(50) { cells["acquired"] = "2023-0\(random.int(1...9))-10" }
    case .buy, .sell, .redemption, .liquidation:
      let currency = random.pick(["USD", "USD", "EUR", "STB"])
      set(["quantity": amount(), "price": amount(90), "currency": currency])
      if chance(25) {
        let fee = amount(3)
        set(["fee": fee, "fee_asset": currency, "fee_value": fee])
      } else if chance(25) {
        set(["fee": "0.01", "fee_asset": "COI", "fee_value": amount(2)])
      }
      if kind == .buy, chance(15) { cells["settle_date"] = RandomRows.date(day + 2) }
      if kind == .sell, chance(10) { cells["tax"] = "0.5" }
    case .convert: set(["asset": "EUR", "quantity": amount(500), "currency": "USD", "gross": amount(500)])
    case .swap:
      set(["quantity": amount(8), "to_asset": random.pick(assets.filter { $0 != asset }), "to_quantity": amount()])
    case .transfer:
      set(["quantity": amount(9), "to_account": random.pick(accounts.filter { $0 != account })])
      if chance(40) { set(["fee": "0.001", "fee_asset": asset, "fee_value": "0.2", "currency": "USD"]) }
    case .dividend, .interest, .returnOfCapital:
      set(["gross": amount(60), "currency": money])
      if kind == .dividend, chance(30) { set(["to_asset": asset, "to_quantity": amount(3)]) }
      if kind != .returnOfCapital, chance(40) { cells["tax"] = "0.4" }
      if chance(50) { cells["quantity"] = amount() }
      if kind == .interest, chance(50) { set(["asset": money, "quantity": cells["gross"] ?? ""]) }
    case .reward, .airdrop, .mining:
      cells["quantity"] = amount(4)
      if chance(70) { set(["price": amount(30), "currency": "USD"]) }
      if kind == .reward { cells["subtype"] = random.pick(["staking", "referral", "rebase"]) }
    case .split:
      cells["ratio"] = random.pick(["2:1", "1:2", "3:2"])
      if chance(80) { cells["account"] = nil }
    case .migration: set(["asset": random.pick(["UTI", "COI"]), "to_asset": "NEW", "ratio": "1:2", "quantity": amount(3)])
    case .merger:
      set(["asset": "TOK", "to_asset": "NEW", "to_quantity": amount(), "quantity": amount(3)])
      if chance(40) { set(["gross": amount(30), "currency": "USD"]) }
    case .spinoff: set(["to_asset": "NEW", "to_quantity": amount(), "basis_share": "0.\(random.int(1...9))"])
    case .fee, .tax, .feeRefund, .taxRefund, .interestCharge:
      if chance(70) { set(["asset": money, "quantity": amount(9), "currency": money]) } else { cells["quantity"] = amount(1) }
    case .borrow, .repay:
      set(["account": "Loan", "asset": random.pick(["USD", "COI", "STB"]), "quantity": amount(50)])
      if kind == .borrow, chance(40) { cells["to_account"] = random.pick(["Alpha", "Beta"]) }
    case .wrap, .unwrap:
      let units = amount(3)
      set(["asset": "COI", "to_asset": "NEW", "quantity": units, "to_quantity": units])
    case .adjust: cells["quantity"] = random.pick(["", "-"]) + amount(4)
    case .giftOut, .donateOut, .writeoff, .slash, .stake, .unstake: cells["quantity"] = amount(4)
    }
    if chance(5) { cells["status"] = random.pick(["pending", "void"]) }
    return cells
  }

  private mutating func addPrices() {
    let often: [(asset: String, currency: String, percent: Int)] = [
      ("UTI", "USD", 30), ("COI", "USD", 50), ("FUN", "EUR", 15), ("TOK", "USD", 10),
    ]
    for day in RandomRows.start...(RandomRows.start + RandomRows.span + 4) {
      let date = RandomRows.date(day)
      for one in often where chance(one.percent) { prices.append((day, "\(date),\(one.asset),\(one.currency),\(amount(80)),close")) }
      if chance(6) { prices.append((day, "\(date),\(random.pick(["TOK", "NEW"])),USD,\(amount(60)),nav")) }
      if chance(60) { prices.append((day, "\(date),EUR,USD,1.\(random.int(100...150)),fx")) }
    }
  }
}

extension Rig {
  /// Imports texts as files; all must be understood to the last row.
  func take(_ texts: String...) throws {
    for text in texts {
      let answer = run("import \(try file("taken.csv", text))")
      try law(answer.code == .ok, "\(answer.errors)\(answer.output)\n\(text)")
    }
  }

  /// What a world knows beside its events and prices.
  func takeWorld() throws {
    try take(RandomRows.assets, RandomRows.accounts, RandomRows.distributions, RandomRows.restrictions, RandomRows.targets)
  }
}
