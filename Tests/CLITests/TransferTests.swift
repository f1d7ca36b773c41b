import CLI
import TestSupport
import Testing

/// Files of an exchange and a wallet whose withdrawals and deposits are one transfer.
struct TransferTests {
  private static let head = "id,timestamp,type,account,asset,quantity,price,currency,gross,tx_hash\n"

  /// 2 BTC bought on Coinbase for 40,000, one of them sent on.
  private func exchange(_ rig: Rig, hash: String) throws -> String {
    try rig.file(
      "coinbase.csv",
      TransferTests.head + """
        b1,2024-01-02T10:00:00Z,BUY,Coinbase,BTC,2,20000,USD,40000,
        w1,2024-03-01T12:00:00Z,WITHDRAW,Coinbase,BTC,1,,,,\(hash)

        """)
  }

  private func wallet(_ rig: Rig, hash: String) throws -> String {
    try rig.file("wallet.csv", TransferTests.head + "d1,2024-03-01T12:20:00Z,DEPOSIT,Wallet,BTC,0.9995,,,,\(hash)\n")
  }

  private func lots(_ rig: Rig) -> String { rig.run("lots --format csv").output }

  @Test func theSameHashIsLinkedAtImportAndUndoneWithIt() throws {
    let rig = Rig("transfer-hash")
    #expect(rig.run("import \(try exchange(rig, hash: "0xaa"))").code == .ok)
    let before = lots(rig)
    let answer = rig.run("import \(try wallet(rig, hash: "0xaa"))")
    #expect(answer.output.contains("1 transfers linked by their transaction hash"))
    // The wallet's lot keeps the exchange's date; 0.9995 of 20,000 are 19,990.
    #expect(lots(rig).contains("BTC,Wallet,2024-01-02,0.9995,20000,19990,USD"))
    #expect(rig.run("transfers --format csv").output.contains("linked,transfer"))
    #expect(rig.run("undo").code == .ok)
    #expect(lots(rig) == before)
    #expect(rig.run("redo").code == .ok)
    #expect(lots(rig).contains("BTC,Wallet,2024-01-02,0.9995,20000,19990,USD"))
    #expect(rig.run("import \(try wallet(rig, hash: "0xaa"))").output.contains("1 duplicate"))
  }

  @Test func whatIsNotCertainIsAskedForAndLinkedByHand() throws {
    let rig = Rig("transfer-hand")
    _ = rig.run("import \(try exchange(rig, hash: ""))")
    _ = rig.run("import \(try wallet(rig, hash: ""))")
    let apart = lots(rig)
    #expect(apart.contains("unknown") || apart.contains("BTC,Wallet,2024-03-01,0.9995,,"))
    let inbox = rig.run("transfers --unmatched --format csv").output
    #expect(inbox.contains("2,unmatched,out,2024-03-01T12:00:00Z,BTC,1,Coinbase,,3,Wallet,0.0005"))
    #expect(rig.run("issues --format csv").output.contains("unmatchedTransfer,warning,BTC,2024-03-01,1,"))
    #expect(rig.run("link 3 2").output.hasPrefix("done: link 2 with 3 as transfer 4"))
    let linked = lots(rig)
    #expect(linked.contains("BTC,Wallet,2024-01-02,0.9995,20000,19990,USD"))
    #expect(!rig.run("issues --format csv").output.contains("unmatchedTransfer"))
    #expect(rig.run("unlink 2").code == .ok)
    #expect(lots(rig) == apart)
    #expect(rig.run("undo").code == .ok)
    #expect(lots(rig) == linked)
    #expect(rig.run("undo").code == .ok)
    #expect(lots(rig) == apart)
    #expect(rig.run("link 1 2").errors.contains("no two sides of one transfer"))
    #expect(rig.run("unlink 1").code == .failed)
  }

  @Test func aLinkedTransferThatIsDeletedGivesItsTwoSidesBack() throws {
    let rig = Rig("transfer-delete")
    _ = rig.run("import \(try exchange(rig, hash: ""))")
    _ = rig.run("import \(try wallet(rig, hash: ""))")
    let apart = lots(rig)
    _ = rig.run("link 2 3")
    let linked = lots(rig)
    let answer = rig.run("delete event 4")
    #expect(answer.code == .ok && answer.output.contains("its sides 2 and 3 count again"))
    #expect(lots(rig) == apart)
    #expect(rig.run("issues --format csv").output.contains("unmatchedTransfer"))
    #expect(rig.run("undo").code == .ok)
    #expect(lots(rig) == linked)
    #expect(rig.run("redo").code == .ok)
    #expect(rig.run("link 2 3").code == .ok)
    #expect(lots(rig) == linked)
  }

  @Test func takingAFileBackTakesItsLinksBack() throws {
    let rig = Rig("transfer-batch")
    _ = rig.run("import \(try exchange(rig, hash: ""))")
    let before = lots(rig)
    _ = rig.run("import \(try wallet(rig, hash: ""))")
    _ = rig.run("link 2 3")
    #expect(rig.run("undo --batch 2").code == .ok)
    #expect(lots(rig) == before)
  }

  /// Three pairs: the same amount within the hour, the amount less its fee within a day, and one with two possible arrivals. The first two
  /// leave no doubt; the third waits for a person. One undo takes both links back.
  @Test func certainPairsAreLinkedInOneStep() throws {
    let rig = Rig("certain")
    let text = """
      id,timestamp,type,account,asset,quantity,fee,fee_asset
      1,2023-01-01T10:00:00Z,WITHDRAW,Kraken,BTC,0.5,,
      2,2023-01-01T10:20:00Z,DEPOSIT,Wallet,BTC,0.5,,
      3,2023-02-01T10:00:00Z,WITHDRAW,Kraken,ETH,2,0.01,ETH
      4,2023-02-01T19:00:00Z,DEPOSIT,Wallet,ETH,2,,
      5,2023-03-01T10:00:00Z,WITHDRAW,Kraken,ADA,7,,
      6,2023-03-01T10:10:00Z,DEPOSIT,Wallet,ADA,7,,
      7,2023-03-01T10:30:00Z,DEPOSIT,Other,ADA,7,,

      """
    #expect(rig.run("import '\(try rig.file("t.csv", text))'").code == .ok)
    #expect(rig.run("link --certain").output.contains("link 2 certain transfers"))
    func linked() -> Int { rig.run("transfers --format csv").output.split(separator: "\n").count { $0.contains("linked,transfer") } }
    #expect(linked() == 2)
    #expect(rig.run("link --certain").output.contains("nothing to link"))
    #expect(rig.run("undo").code == .ok)
    #expect(linked() == 0)
  }

  /// A date is a whole day: what left on the 5th may arrive in the morning of the 5th, or on a date alone; not on the 4th.
  @Test(arguments: [("2023-01-05T06:00:00Z", true), ("2023-01-05", true), ("2023-01-04T23:00:00Z", false), ("2023-01-04", false)])
  func aDateAloneIsAnyTimeOfItsDay(_ arrival: String, _ fits: Bool) throws {
    let rig = Rig("dates")
    let text = "id,timestamp,type,account,asset,quantity\n1,2023-01-05,WITHDRAW,Kraken,BTC,0.5\n2,\(arrival),DEPOSIT,Wallet,BTC,0.5\n"
    #expect(rig.run("import '\(try rig.file("t.csv", text))'").code == .ok)
    #expect(rig.run("transfers --format json").output.contains("\"candidate\":2") == fits)
  }
}
