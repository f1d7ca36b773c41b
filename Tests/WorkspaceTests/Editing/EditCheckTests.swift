import Amounts
import Engine
import Ledger
import TestSupport
import Testing
import Workspace

/// What is refused, with the field, the value and what to do; the clock stands at 2024-06-01.
struct EditCheckTests {
  private static let good = [
    "type": "BUY", "timestamp": "2024-03-01", "account": "Alpha", "asset": "TOK", "quantity": "1", "price": "5", "currency": "USD",
  ]

  /// A case: what differs from a good purchase, and what is said.
  private static let events: [(cells: [String: String], said: [String])] = [
    ([:], []),
    (["type": "BYU"], ["type: \"BYU\" is not one of them"]),
    (["type": ""], ["type: is empty, but needed: such as BUY, SELL, TRANSFER, DIVIDEND"]),
    (["quantity": "ten"], ["quantity: \"ten\" is not a number: write digits and a point, such as 1234.5"]),
    (["quantity": "1,5"], ["quantity: \"1,5\" is not a number: write digits and a point, such as 1234.5"]),
    (["quantity": "-1"], ["quantity: \"-1\" is below zero: only ADJUST has a sign"]),
    (["quantity": "0"], ["quantity: \"0\" is nothing: write a number above zero"]),
    (["quantity": "1.001"], ["quantity: \"1.001\" is finer than a unit of TOK: write at most 2 decimals"]),
    (["quantity": ""], ["quantity: is empty, but BUY needs it"]),
    (["price": "-5"], ["price: \"-5\" is below zero: write it without the sign"]),
    (
      ["price": String(repeating: "9", count: 40)], ["price: \"\(String(repeating: "9", count: 40))\" has more digits than 38: write fewer"]
    ),
    (["currency": ""], ["currency: is empty, but price needs it: such as USD"]),
    (["currency": "QQQ"], ["currency: \"QQQ\" is not a currency that is known: write a code such as USD, or add the asset first"]),
    (["currency": "EUR"], []),
    (["timestamp": "last week"], ["timestamp: \"last week\" is not a time: write YYYY-MM-DD, or YYYY-MM-DD HH:MM"]),
    (["timestamp": "2024-02-30"], ["timestamp: \"2024-02-30\" is not a time: write YYYY-MM-DD, or YYYY-MM-DD HH:MM"]),
    (["timestamp": "1824-03-01"], ["timestamp: \"1824-03-01\" is outside 1900 to 2100: check the year"]),
    (["timestamp": "2024-06-02"], ["timestamp: \"2024-06-02\" has not come yet: write an earlier time, or status pending"]),
    (["timestamp": "2024-06-02", "status": "pending"], []),
    (["timestamp": "2024-06-01T23:00:00Z"], []),
    (["account": ""], ["account: is empty, but BUY needs it"]),
    (["account": "A new one"], []),
    (["asset": "TOKK"], ["asset: \"TOKK\" is no asset that is known: did you mean TOK? say its class to make a new asset"]),
    (["asset": "NEWX", "class": "crypto"], []),
    (["asset": "NEWX", "class": "coin"], ["class: \"coin\" is not one of them"]),
    (["asset": "TWIN"], ["asset: \"TWIN\" is the ticker of several assets: write one of TWIN~"]),
    (["fee": "1", "currency": "", "price": ""], ["fee_asset: is empty, but fee needs it: say what the fee is paid in"]),
    (["fee": "1", "fee_asset": "NOPE"], ["fee_asset: \"NOPE\" is no asset that is known: add the asset first"]),
    (["curency": "USD"], ["curency: is no field of an event"]),
    (["settle_currency": "EUR"], ["fx_rate: is empty, but settle_currency needs it: units of it for 1 of the currency"]),
    (["type": "ADJUST", "quantity": "-1", "price": "", "currency": ""], []),
    (["type": "TRANSFER", "price": "", "currency": ""], ["to_account: is empty, but TRANSFER needs it"]),
    (["type": "TRANSFER", "to_account": "Alpha"], ["to_account: \"Alpha\" is where it comes from: name another account"]),
    (["type": "SPLIT", "quantity": ""], ["ratio: is empty, but SPLIT needs it"]),
    (["type": "SPLIT", "quantity": "", "ratio": "2"], ["ratio: \"2\" is not a ratio: write new:old such as 3:2"]),
    (["type": "SWAP"], ["to_asset: is empty, but SWAP needs it", "to_quantity: is empty, but SWAP needs it"]),
    (["type": "SWAP", "to_asset": "TOK", "to_quantity": "1"], ["to_asset: \"TOK\" is what is given: name another asset"]),
    (["type": "MERGER", "to_asset": "ETH"], ["ratio: is empty, but MERGER needs it: or give to_quantity"]),
    (
      ["type": "SPINOFF", "to_asset": "ETH", "to_quantity": "1", "basis_share": "1.5"],
      ["basis_share: \"1.5\" is above 1: write a fraction"]
    ),
    (["type": "DIVIDEND", "quantity": ""], ["gross: is empty, but DIVIDEND needs it: or give quantity or to_quantity"]),
    (["legs": "not json"], ["legs: \"not json\" is not covered by any rule of this format"]),
    (["acquired": "2024-13-01"], ["acquired: \"2024-13-01\" is not a date: write YYYY-MM-DD"]),
    (["acquired": "2024-07-01"], ["acquired: \"2024-07-01\" has not come yet: write a day up to 2024-06-01"]),
  ]

  private func filled() throws -> EditRig {
    let rig = EditRig("check")
    try rig.bring(
      """
      symbol,class,name,currency,decimals,pricing,isin
      TOK,crypto,,USD,2,daily,
      ETH,crypto,,USD,18,daily,
      TWIN,stock,One,USD,0,daily,XX0000000001
      TWIN,stock,Two,USD,0,daily,XX0000000002

      """)
    return rig
  }

  @Test func everyProblemOfAnEventNamesFieldValueAndRemedy() throws {
    let rig = try filled()
    for (cells, said) in EditCheckTests.events {
      let answer = try rig.problems(.save(.new(.event), EditCheckTests.good.merging(cells) { $1 })) ?? []
      #expect(answer.count == said.count && zip(answer, said).allSatisfy { $0.hasPrefix($1) }, "\(cells): \(answer)")
    }
  }

  @Test func severalProblemsAreToldAtOnceInTheOrderOfTheFields() throws {
    let answer = try filled().problems(.save(.new(.event), EditCheckTests.good.merging(["quantity": "x", "timestamp": "y"]) { $1 }))
    #expect(answer?.map { $0.prefix { $0 != ":" } } == ["timestamp", "quantity"])
  }

  @Test func quotesAssetsAndAccountsAreCheckedToo() throws {
    let rig = try filled()
    try rig.save(.new(.price), ["asset": "TOK", "date": "2024-03-01", "price": "5", "currency": "USD"])
    try rig.save(.new(.account), ["account": "Vault"])
    let price = EditTarget.quote(asset: "TOK", kind: .close, day: day("2024-03-01"), currency: nil)
    let cases: [(Edit, String)] = [
      (.save(.new(.price), ["asset": "TOK", "date": "2024-03-02", "currency": "USD"]), "price: is empty, but needed"),
      (
        .save(.new(.price), ["asset": "TOK", "date": "2024-03-01", "price": "6", "currency": "USD"]),
        "date: \"2024-03-01\" has a price of TOK on 2024-03-01 already: 5: edit that one"
      ),
      (
        .save(.new(.nav), ["asset": "TOK", "date": "2024-07-01", "price": "6", "currency": "USD"]),
        "date: \"2024-07-01\" has not come yet: write a day up to 2024-06-01"
      ),
      (.save(price, ["price": "dear"]), "price: \"dear\" is not a number: write digits and a point, such as 1234.5"),
      (
        .save(.new(.price), ["asset": "NO", "date": "2024-03-02", "price": "6", "currency": "USD"]),
        "asset: \"NO\" is no asset that is known: add the asset first"
      ),
      (
        .delete(.quote(asset: "TOK", kind: .nav, day: day("2024-03-01"), currency: nil)),
        "date: \"2024-03-01\" has no NAV of TOK on 2024-03-01: check the day, or add one"
      ),
      (
        .save(.new(.asset), ["symbol": "TOK", "class": "crypto"]),
        "symbol: \"TOK\" is there already: edit it, or say a contract or ISIN that tells the two apart"
      ),
      (.save(.new(.asset), ["symbol": "NEW"]), "class: is empty, but needed: one of security, utility"),
      (.save(.asset("TOK"), ["decimals": "39"]), "decimals: \"39\" is not a number from 0 to 38: write digits"),
      (.save(.asset("TOC"), ["name": "x"]), "asset: \"TOC\" is no asset that is known: did you mean TOK?"),
      (.save(.new(.account), ["account": "Vault"]), "account: \"Vault\" is there already: edit it, or take another name"),
      (.save(.new(.account), ["kind": "wallet"]), "account: is empty, but needed"),
      (.save(.account("Valt"), ["kind": "bank"]), "account: \"Valt\" is no account that is known: did you mean Vault?"),
    ]
    for (edit, said) in cases {
      let answer = try rig.problems(edit) ?? []
      #expect(answer.count == 1 && answer[0].hasPrefix(said), "\(edit): \(answer)")
    }
  }

  @Test func nothingIsChangedByWhatIsRefused() throws {
    let rig = try filled()
    _ = try rig.problems(.save(.new(.event), ["type": "BUY"]))
    #expect(try rig.open().historyRows().count == 1)
    #expect(try rig.open().book().events.count == 0)
  }
}
