import CLI
import TestSupport
import Testing

/// Whatever was done, undo brings back the bytes of every report, and redo the later ones. Every command opens the database anew, so
/// this holds across restarts too.
struct UndoLawTests {
  private static let reports = [
    "holdings --by account", "lots", "gains", "income", "nav", "allocation", "performance", "restrictions", "events", "issues", "assets",
    "accounts",
  ]

  @Test func undoOfAnySequenceRestoresIdenticalBytesOfEveryReport() throws {
    var steps = 0
    try withSeeds(20) { random in
      var story = Story(random: random)
      for _ in 0..<12 { try story.next() }
      steps += story.steps
      try story.travel()
    }
    // Most of what is tried must be possible, or nothing is tested.
    #expect(steps > 100)
  }

  /// A random history, with the reports after every step.
  private struct Story {
    var random: SplitMix64
    private let rig = Rig("story")
    private var states: [String] = []
    private var log: [String] = []
    private var files = 0

    init(random: SplitMix64) {
      self.random = random
      states = [reports()]
    }

    /// Steps that are done.
    var steps: Int { states.count - 1 }

    private func reports() -> String {
      UndoLawTests.reports.map { line in
        let answer = rig.run("\(line) --format json")
        return "\(line): \(answer.code.rawValue) \(answer.errors)\(answer.output)"
      }.joined()
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
    private mutating func roll(_ sides: UInt64) -> UInt64 { random.next() % sides }
    private mutating func day() -> String { "2024-0\(1 + roll(4))-\(10 + roll(18))" }

    private mutating func cells() -> String {
      let asset = pick(["TOK", "TWO", "EUR"])
      let account = pick(["Alpha", "Beta", "Gamma"])
      let head = "timestamp=\(day()) account=\(account) asset=\(asset) class=crypto"
      let amount = "\(1 + roll(9)).\(roll(100))1"
      switch roll(8) {
      case 0: return "type=\(pick(["DEPOSIT", "WITHDRAW"])) \(head) quantity=\(pick([amount, "1"]))"
      case 1: return "type=SELL \(head) quantity=\(amount) price=\(1 + roll(50)) currency=USD"
      case 2: return "type=TRANSFER \(head) to_account=Delta quantity=\(amount)"
      case 3: return "type=DIVIDEND \(head) gross=\(amount) currency=USD tax=0.1"
      case 4: return "type=SPLIT timestamp=\(day()) asset=\(asset) class=crypto ratio=2:1"
      case 5: return "type=SWAP \(head) quantity=\(amount) to_asset=USDC to_quantity=\(1 + roll(9))"
      case 6: return "type=ADJUST \(head) quantity=-\(amount)"
      default: return "type=BUY \(head) quantity=\(amount) price=\(1 + roll(50)) currency=USD fee=0.5 fee_asset=USD"
      }
    }

    private mutating func file() throws -> String {
      files += 1
      let text: String
      switch roll(4) {
      case 0:
        text =
          "date,asset,currency,price,kind,method\n\(day()),TOK,USD,\(1 + roll(90)),close,\n\(day()),TOK,USD,\(1 + roll(90)),nav,appraisal\n"
      case 1: text = "account,kind,venue,portfolio\nAlpha,\(pick(["exchange", "wallet"])),,Long\nEpsilon,broker,,\n"
      case 2: text = "symbol,class,name,currency,decimals,pricing\nTOK,\(pick(["security", "utility"])),Token \(files),USD,,monthly\n"
      default:
        var rows = "timestamp,type,account,asset,quantity,price,currency\n"
        for _ in 0...roll(3) {
          rows += "\(day()),BUY,\(pick(["Alpha", "Zeta"])),\(pick(["TOK", "NEW"])),\(1 + roll(5)),\(1 + roll(20)),USD\n"
        }
        text = rows
      }
      return try rig.file("file-\(files).csv", text)
    }

    private mutating func line() throws -> String {
      switch roll(16) {
      case 0...2: return "add event \(try cells())"
      case 3, 4: return "import \(try file())"
      case 5, 6:
        let change = pick([
          "quantity=\(1 + roll(9))", "account=Eta", "timestamp=\(day())", "type=BUY", "price=\(1 + roll(9)) currency=EUR", "note=x",
          "status=void",
        ])
        return "edit event \(1 + roll(12)) \(change)"
      case 7: return "delete event \(1 + roll(12))"
      case 8: return "add \(pick(["price", "nav"])) asset=TOK date=\(day()) price=\(1 + roll(90)) currency=USD"
      case 9:
        return pick(["edit", "delete"]) == "edit"
          ? "edit price asset=TOK date=\(day()) price=\(1 + roll(90))" : "delete nav asset=TOK date=\(day())"
      case 10:
        return "edit asset TOK \(pick(["class=security", "name='A name'", "symbol=KOT", "mode=nav", "decimals=4", "issuer=Someone"]))"
      case 11: return "edit account Alpha \(pick(["account=Omega", "kind=loan", "portfolio=Short"]))"
      case 12:
        return pick([
          "add account account=Spare kind=wallet", "delete account Spare", "add asset symbol=ODD class=other", "delete asset ODD",
        ])
      case 13 where roll(2) == 0:
        return pick(["portfolios Long --add Alpha", "link \(1 + roll(9)) \(1 + roll(9))", "unlink \(1 + roll(12))"])
      case 13:
        return "set "
          + pick([
            "method hifo", "method lifo", "fees separate", "scope global", "base EUR", "holding-months 6",
            "method average --from 2024-02-15",
          ])
      case 14: return "\(pick(["undo", "redo"])) --batch \(1 + roll(6))"
      default: return pick(["undo", "undo 2", "redo"])
      }
    }

    /// Steps that are done and not taken back.
    private func done() -> Int { rig.run("history --filter undone:no --format csv").output.split(separator: "\n").count - 1 }

    mutating func next() throws {
      let line = try line()
      let before = states.count - 1
      let answer = rig.run(line)
      log.append("\(line): \(answer.code.rawValue) \(answer.errors)")
      let now = done()
      let state = reports()
      if now <= before {
        // Taken back, or nothing done.
        try law(state == states[now], "\(now) steps after \(log.joined(separator: "\n"))")
        states.removeSubrange((now + 1)...)
      } else {
        // `redo` may do what was taken back; a change does one step.
        for _ in before..<now { states.append(state) }
      }
    }

    /// All the way back, and all the way forth again.
    mutating func travel() throws {
      for place in states.indices.dropLast().reversed() {
        try law(rig.run("undo").code == .ok, "undo \(place)")
        try law(reports() == states[place], "back to \(place) of\n\(log.joined(separator: "\n"))")
      }
      try law(rig.run("undo").code == .failed, "more than everything was taken back")
      for place in states.indices.dropFirst() {
        try law(rig.run("redo").code == .ok, "redo \(place)")
        try law(reports() == states[place], "forth to \(place) of\n\(log.joined(separator: "\n"))")
      }
      let sound = rig.run("check")
      try law(sound.code == .ok, "\(sound.output)\n\(log.joined(separator: "\n"))")
    }
  }
}
