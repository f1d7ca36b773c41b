import CLI
import TestSupport
import Testing

/// Sales that are only thought of: every method worked by hand.
struct WhatIfTests {
  /// 10 at 100 and 10 at 150 more than a year ago, 10 at 120 two months ago, in two accounts.
  private static let events = """
    id,timestamp,type,account,asset,quantity,price,currency
    b1,2023-01-02T12:00:00Z,BUY,Desk,ABC,10,100,USD
    b2,2023-02-02T12:00:00Z,BUY,Cold,ABC,10,150,USD
    b3,2024-03-02T12:00:00Z,BUY,Desk,ABC,10,120,USD
    """

  private func rig() throws -> Rig {
    let rig = Rig("whatif")
    #expect(rig.run("import \(try rig.file("events.csv", WhatIfTests.events + "\n"))").code == .ok)
    return rig
  }

  private func lines(_ rig: Rig, _ command: String) -> [String] {
    rig.run(command).output.split(separator: "\n").map(String.init)
  }

  @Test func everyMethodTellsItsLotsAndItsGainByTerm() throws {
    let rig = try rig()
    let rows = lines(rig, "whatif sell ABC 15 --price 200 --format csv")
    #expect(rows[0] == "method,lot,account,acquired,quantity,proceeds,cost,gain,currency,term,proceedsBase,costBase,gainBase")
    #expect(
      rows.filter { $0.hasPrefix("hifo") } == [
        "hifo,2,Cold,2023-02-02,10,2000,1500,500,USD,long,2000,1500,500", "hifo,3,Desk,2024-03-02,5,1000,600,400,USD,short,1000,600,400",
      ])
    #expect(
      rows.filter { $0.hasPrefix("lifo") } == [
        "lifo,3,Desk,2024-03-02,10,2000,1200,800,USD,short,2000,1200,800", "lifo,2,Cold,2023-02-02,5,1000,750,250,USD,long,1000,750,250",
      ])
    let json = rig.run("whatif sell ABC 15 --price 200 --format json").output
    #expect(json.contains(#""cheapest":["hifo"]"#))
    // 3,700 for 30 units: 15 cost 1,850.
    for (method, short, long, gain) in [
      ("fifo", "0", "1250", "1250"), ("lifo", "800", "250", "1050"), ("hifo", "400", "500", "900"), ("lofo", "400", "1000", "1400"),
      ("average", "0", "1150", "1150"),
    ] {
      let sums = #""gainShort":"\#(short)","gainLong":"\#(long)","gainBase":"\#(gain)""#
      #expect(json.contains(#"{"method":"\#(method)","#) && json.contains(sums), "\(method): \(json)")
    }
    #expect(rig.run("whatif sell ABC 15 --price 200").output.hasSuffix("least gain now: hifo: 900.00 USD\n"))
  }

  @Test func theGainIsThatOfTheSaleOnceItIsMade() throws {
    let rig = try rig()
    let thought = lines(rig, "whatif sell ABC 7 --price 200 --account Desk --format csv").filter { $0.hasPrefix("fifo") }
    #expect(thought == ["fifo,1,Desk,2023-01-02,7,1400,700,700,USD,long,1400,700,700"])
    let sale = "id,timestamp,type,account,asset,quantity,price,currency\ns1,2024-05-15T12:00:00Z,SELL,Desk,ABC,7,200,USD\n"
    #expect(rig.run("import \(try rig.file("sale.csv", sale))").code == .ok)
    #expect(lines(rig, "gains --format csv").dropFirst().map { $0.contains(",7,1400,700,700,USD,") } == [true])
  }

  @Test func moreThanIsHeldIsSaidAndHasNoGain() throws {
    let rig = try rig()
    let json = rig.run("whatif sell ABC 12 --price 200 --account Cold --format json").output
    #expect(json.contains(#""missing":"2""#))
    #expect(json.contains(#""cheapest":[]"#))
    #expect(rig.run("whatif sell ABC 12 --price 200 --account Cold").output.hasSuffix("no method's gain is known\n"))
  }

  /// The earliest 10 are locked, 4 of the desk's other 10 are staked: 10 in cold storage and 6 at the desk may be sold.
  @Test func whatMayNotBeSoldIsLeftAloneAsTheRestrictionsSay() throws {
    let rig = try rig()
    let locks = "asset,account,lot,kind,from,until,reason\nABC,,2023-01-02,lock,,2025-01-01,lock-up\n"
    #expect(rig.run("import \(try rig.file("locks.csv", locks))").code == .ok)
    #expect(rig.run("add event type=STAKE timestamp=2024-05-01 account=Desk asset=ABC quantity=4").code == .ok)
    let held = lines(rig, "restrictions --format csv")
    #expect(held.contains { $0.hasPrefix("ABC,Desk,20,6,10,0,4,") })
    let rows = lines(rig, "whatif sell ABC 18 --price 200 --format csv")
    #expect(
      rows.filter { $0.hasPrefix("fifo") } == [
        "fifo,2,Cold,2023-02-02,10,2000,1500,500,USD,long,2000,1500,500", "fifo,3,Desk,2024-03-02,6,1200,720,480,USD,short,1200,720,480",
      ])
    #expect(rows.filter { $0.hasPrefix("lifo") }.first?.hasPrefix("lifo,3,Desk,2024-03-02,6,") == true)
    let json = rig.run("whatif sell ABC 18 --price 200 --format json").output
    #expect(json.contains(#""held":"30","free":"16""#) && json.contains(#""missing":"0","notFree":"2""#))
    #expect(rig.run("whatif sell ABC 18 --price 200").output.contains("2 of 18 may not be sold now (lock-up; staked)"))
    // Asked about all the same: the earliest first.
    #expect(lines(rig, "whatif sell ABC 18 --price 200 --all --format csv").contains { $0.hasPrefix("fifo,1,Desk,2023-01-02,10,") })
  }

  @Test func whatIsNotUnderstoodIsSaid() throws {
    let rig = try rig()
    #expect(rig.run("whatif sell ABC").code == .usage)
    #expect(rig.run("whatif sell ABC -3").code == .usage)
    #expect(rig.run("whatif sell ABX 3").errors.contains("did you mean ABC?"))
    #expect(rig.run("whatif sell ABC 3 --account Elsewhere").code == .failed)
  }
}
