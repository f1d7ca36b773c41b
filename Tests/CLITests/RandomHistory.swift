import CLI
import TestSupport

/// Makes up one change of a database after the other: every kind of thing a person can do to it, whether it works out or not.
struct RandomHistory {
  private var random: SplitMix64
  private let rig: Rig
  private var files = 0

  init(_ random: SplitMix64, _ rig: Rig) {
    self.random = random
    self.rig = rig
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
  private mutating func roll(_ sides: UInt64) -> UInt64 { random.next() % sides }
  private mutating func day() -> String { "\(pick(["2023", "2024"]))-0\(1 + roll(4))-\(10 + roll(18))" }
  private mutating func account() -> String { pick(["Alpha", "Beta", "Gamma"]) }

  private mutating func cells() -> String {
    let asset = pick(["TOK", "TWO", "EUR"])
    let head = "timestamp=\(day()) account=\(account()) asset=\(asset) class=crypto"
    let amount = "\(1 + roll(9)).\(roll(100))1"
    switch roll(10) {
    case 0: return "type=\(pick(["DEPOSIT", "WITHDRAW"])) \(head) quantity=\(pick([amount, "1"]))"
    case 1:
      let chosen = pick(["", "lot_selector={\"event\":\(1 + roll(9))}", "lot_selector={\"date\":\"\(day())\"}"])
      return "type=SELL \(head) quantity=\(amount) price=\(1 + roll(50)) currency=USD \(chosen)"
    case 2: return "type=TRANSFER \(head) to_account=Delta quantity=\(amount)"
    case 3: return "type=DIVIDEND \(head) gross=\(amount) currency=USD tax=0.1"
    case 4: return "type=SPLIT timestamp=\(day()) asset=\(pick(["TOK", "TWO"])) class=crypto ratio=2:1"
    case 5: return "type=SWAP \(head) quantity=\(amount) to_asset=USDC to_quantity=\(1 + roll(9))"
    case 6: return "type=ADJUST \(head) quantity=-\(amount)"
    case 7: return "type=GIFT_OUT \(head) quantity=\(amount) note=given"
    case 8: return "type=REWARD \(head) quantity=\(amount) subtype=staking"
    default: return "type=BUY \(head) quantity=\(amount) price=\(1 + roll(50)) currency=USD fee=0.5 fee_asset=USD"
    }
  }

  private mutating func file() throws -> String {
    files += 1
    let text: String
    switch roll(6) {
    case 0:
      text =
        "date,asset,currency,price,kind,method\n\(day()),TOK,USD,\(1 + roll(90)),close,\n\(day()),TOK,USD,\(1 + roll(90)),nav,appraisal\n"
    case 1: text = "account,kind,venue,portfolio\nAlpha,\(pick(["exchange", "wallet"])),,Long\nEpsilon,broker,,\n"
    case 2: text = "symbol,class,name,currency,decimals,pricing\nTOK,\(pick(["security", "utility"])),Token \(files),USD,,monthly\n"
    case 3: text = "asset,kind,record,pay,amount_per_token,currency\nTOK,rent,\(day()),2024-05-0\(1 + roll(9)),0.0\(1 + roll(9)),USD\n"
    default:
      var rows = "id,timestamp,type,account,asset,quantity,price,currency,tx_hash\n"
      for place in 0...roll(3) {
        let side = pick(["BUY", "BUY", "DEPOSIT", "WITHDRAW"])
        let id = pick(["", "F\(files)-\(place)"])
        rows +=
          "\(id),\(day()),\(side),\(pick(["Alpha", "Zeta"])),\(pick(["TOK", "NEW"])),\(1 + roll(5)),\(1 + roll(20)),USD,\(pick(["", "0x1"]))\n"
      }
      text = rows
    }
    return try rig.file("file-\(files).csv", text)
  }

  private mutating func plan() -> String {
    switch roll(8) {
    case 0:
      return
        "add distribution asset=TOK kind=rent record=\(day()) pay=2024-05-0\(1 + roll(9)) amount_per_token=0.0\(1 + roll(9)) currency=USD"
    case 1: return "edit distribution \(1 + roll(3)) \(pick(["kind=dividend", "amount_per_token=0.5", "pay=", "note=x"]))"
    case 2: return "delete distribution \(1 + roll(3))"
    case 3:
      return "add restriction asset=TOK kind=\(pick(["lock", "frozen", "vesting"])) quantity=\(1 + roll(5)) until=2025-0\(1 + roll(9))-01 "
        + pick(["", "account=Alpha"])
    case 4: return "add restriction asset=TOK kind=lock until=2024-12-01 lot=\(pick(["\(1 + roll(6))", day()]))"
    case 5: return "add target dimension=class key=\(pick(["crypto", "security", "cash"])) target=0.\(1 + roll(9)) band=0.05"
    case 6:
      return
        "add policy asset=TOK frequency=\(pick(["monthly", "yearly"])) amount_per_token=0.0\(1 + roll(9)) currency=USD day=\(1 + roll(28))"
    default: return "\(pick(["edit restriction", "delete restriction", "delete target", "delete policy"])) \(1 + roll(6))"
    }
  }

  private mutating func setting() -> String {
    switch roll(6) {
    case 0:
      return "set "
        + pick([
          "method hifo", "method lifo", "method specific", "fees separate", "scope global", "base EUR", "holding-months 6",
          "gifts disposal",
          "income_policy market", "income_policy reward=zero",
        ])
    case 1: return "set method \(pick(["average", "lifo"])) --from \(day())" + pick(["", " --portfolio Long"])
    case 2: return "rules --remove \(day())"
    case 3: return "portfolios Long --add \(account())" + pick(["", " --currency EUR", " --timezone Europe/Amsterdam"])
    case 4: return "close 2023" + pick(["", " --portfolio Long"])
    default: return "reopen 2023" + pick(["", " --portfolio Long"])
    }
  }

  /// The next command: most of them do something.
  mutating func line() throws -> String {
    switch roll(20) {
    case 0...3: return "add event \(cells())"
    case 4, 5: return "import \(try file())"
    case 6, 7:
      let change = pick([
        "quantity=\(1 + roll(9))", "account=Eta", "timestamp=\(day())", "type=BUY", "price=\(1 + roll(9)) currency=EUR", "note=x",
        "status=void", "status=pending",
      ])
      return "edit event \(1 + roll(12)) \(change)"
    case 8: return "delete event \(1 + roll(12))"
    case 9: return "add \(pick(["price", "nav"])) asset=TOK date=\(day()) price=\(1 + roll(90)) currency=USD"
    case 10:
      return pick([
        "edit price asset=TOK date=\(day()) price=\(1 + roll(90))", "delete nav asset=TOK date=\(day())",
        "add price kind=fx asset=EUR date=\(day()) price=1.\(1 + roll(9)) currency=USD",
      ])
    case 11:
      return "edit asset TOK \(pick(["class=security", "name='A name'", "symbol=KOT", "mode=nav", "decimals=4", "issuer=Someone"]))"
    case 12: return "edit account Alpha \(pick(["account=Omega", "kind=loan", "portfolio=Short"]))"
    case 13:
      return pick([
        "add account account=Spare kind=wallet", "delete account Spare", "add asset symbol=ODD class=other", "delete asset ODD",
      ])
    case 14: return try transfers()
    case 15, 16: return plan()
    case 17, 18: return setting()
    default: return "\(pick(["undo", "redo"])) --batch \(1 + roll(6))"
    }
  }

  /// Links what may be one transfer, takes a link apart, or brings two sides that may be linked.
  private mutating func transfers() throws -> String {
    let rows = rig.run("transfers --format csv").output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    if roll(2) == 0, let linked = rows.first(where: { $0[1] == "linked" }) { return "unlink \(linked[0])" }
    if let open = rows.first(where: { $0.count > 8 && $0[1] == "unmatched" && Int($0[8]) != nil }) { return "link \(open[0]) \(open[8])" }
    files += 1
    let (on, units) = (day(), 1 + roll(5))
    let sides = ["\(on),WITHDRAW,Alpha,TOK,\(units)", "\(on),DEPOSIT,Zeta,TOK,\(units)"]
    let path = try rig.file("file-\(files).csv", "timestamp,type,account,asset,quantity\n" + sides.joined(separator: "\n") + "\n")
    return "import \(path)"
  }

  /// A step back or forth.
  mutating func travel() -> String { pick(["undo", "undo 2", "redo"]) }

  /// Whether the next step is one back or forth.
  mutating func travels() -> Bool { roll(12) == 0 }
}
