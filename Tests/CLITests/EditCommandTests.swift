import CLI
import TestSupport
import Testing

/// Adding, editing, deleting, undoing in the shell: what it says, how it ends, what the reports show then.
struct EditCommandTests {
  @Test func aPortfolioIsKeptByHand() {
    let rig = Rig("by-hand")
    let lines: [(String, String)] = [
      ("add account account=Vault kind=wallet", "done: add account Vault\n"),
      (
        "add event type=buy timestamp=2024-03-01 account=Vault asset=BTC class=crypto quantity=2 price=50000 currency=USD",
        "done: add buy of 2 BTC on 2024-03-01\nevent 1\n"
      ),
      ("edit event 1 quantity=2.5", "done: edit buy of 2 BTC on 2024-03-01: quantity 2 -> 2.5\n"),
      ("edit event 1 quantity=2.50", "nothing to change: edit buy of 2.5 BTC on 2024-03-01\n"),
      ("add price asset=BTC date=2024-05-14 price=60000 currency=USD", "done: add price of BTC on 2024-05-14: 60000 USD\n"),
      ("edit price asset=BTC date=2024-05-14 price=61000", "done: edit price of BTC on 2024-05-14: price 60000 -> 61000\n"),
      ("edit account Vault account=Ledger", "done: edit account Vault: account Vault -> Ledger\n"),
    ]
    for (line, said) in lines {
      let answer = rig.run(line)
      #expect(answer.code == .ok && answer.output == said, "\(line): \(answer.errors)\(answer.output)")
    }
    // 2.5 x 61,000.
    #expect(rig.run("holdings --filter asset:BTC --by account --format csv").output.contains("BTC,crypto,,Ledger,2.5,61000,2024-05-14,USD"))
    #expect(rig.run("history --format csv").output.split(separator: "\n").count == 7)
    #expect(rig.run("history 3 --format csv").output == "subject,field,before,after\nevent 1,quantity,2,2.5\n")
    #expect(rig.run("history 5 --format csv").output == "subject,field,before,after\nprice of BTC on 2024-05-14,price,60000,61000\n")
    #expect(
      rig.run("undo 3").output == """
        undone: edit account Vault: account Vault -> Ledger
        undone: edit price of BTC on 2024-05-14: price 60000 -> 61000
        undone: add price of BTC on 2024-05-14: 60000 USD

        """)
    #expect(rig.run("redo").output == "redone: add price of BTC on 2024-05-14: 60000 USD\n")
    let tooMany = rig.run("redo 9")
    #expect(tooMany.code == .doneWithProblems && tooMany.errors == "florin: nothing to redo: no change was taken back\n")
    #expect(rig.run("delete event 1").output == "done: delete buy of 2.5 BTC on 2024-03-01\n")
    #expect(rig.run("delete asset BTC").output == "done: delete asset BTC with 1 price\n")
    #expect(rig.run("undo 99").code == .doneWithProblems)
    #expect(rig.run("holdings --format csv").output.split(separator: "\n").count == 1)
  }

  @Test func aSourcesOwnIdNamesAnEventWhileItIsUnique() throws {
    let rig = Rig("ids")
    let header = "id,timestamp,type,account,asset,quantity,price,currency\n"
    _ = rig.run("import \(try rig.file("a.csv", header + "X-1,2024-01-02,BUY,A,TOK,1,5,USD\nX-2,2024-01-02,BUY,A,TOK,1,5,USD\n"))")
    #expect(rig.run("edit event X-2 quantity=3").code == .ok)
    _ = rig.run("import \(try rig.file("b.csv", header + "X-2,2024-01-03,BUY,B,TOK,1,5,USD\n"))")
    let answer = rig.run("delete event X-2")
    #expect(answer.code == .failed)
    #expect(answer.errors == "florin: event: \"X-2\" is the id of 2 events: say one of their numbers: 2, 3\n")
  }

  @Test(arguments: [
    ("add", 2, "something is missing: event|price|nav|distribution|restriction|target|policy|asset|account: see --help"),
    (
      "add evnt type=BUY", 2,
      "a value the option does not take: what evnt: did you mean event? one of event, price, nav, distribution, restriction, target, policy, "
        + "asset, account"
    ),
    ("add event BUY", 2, "not a field: BUY: write KEY=VALUE"),
    ("add event type=BUY type=SELL", 2, "a field is there twice: type=: say it once"),
    ("add account", 1, "account: is empty, but needed"),
    ("edit event", 2, "something is missing: ID: see --help"),
    ("edit event 7", 2, "something is missing: KEY=VALUE: see --help"),
    ("edit event 7 quantity=1", 1, "event: \"7\" is no event: see florin events for ids"),
    ("edit price asset=BTC price=5", 2, "something is missing: date=YYYY-MM-DD: see --help"),
    ("edit price asset=BTC date=today price=5", 2, "not a date: date= today: write YYYY-MM-DD"),
    ("delete asset BTC", 1, "asset: \"BTC\" is no asset that is known: add the asset first"),
    ("delete event 7 8", 2, "one word too many: 8: see --help"),
    ("undo zero", 2, "not a number: N zero: write digits such as 3"),
    ("history 5", 1, "no such step: 5: the history has 0: see florin history"),
  ]) func whatIsWrongIsSaid(_ line: String, _ code: Int32, _ said: String) {
    let answer = Rig("wrong").run(line)
    #expect(answer.code.rawValue == code)
    #expect(answer.errors == "florin: \(said)\n")
  }
}
