import Amounts
import Engine
import Ledger
import TestSupport
import Testing

/// DESIGN 6: a unit under several locks counts once, floors are met by locked units first, reservations add up.
struct RestrictionsTests {
  /// 100 units: 60 acquired 2024-01-31, 40 acquired 2024-06-15.
  private func made(
    attributes: [AssetAttribute: String] = [:], unknownDate: Bool = false, plans: [[String: String]], stake: String? = nil
  ) -> (Restrictions, AssetID) {
    var maker = BookMaker()
    let id = maker.asset("X", .security, attributes)
    maker.account("A")
    for cells in plans { maker.plan(.restriction, "X", cells) }
    if let stake { maker.event(.stake, "2024-07-01", "A", "X", stake) }
    var booking = Booking(base: maker.book.settings.base)
    for (event, on, quantity) in [(1, "2024-01-31", "60"), (2, "2024-06-15", "40")] {
      booking.lots.append(
        OpenLot(
          asset: id, account: AccountID(1), acquired: unknownDate ? nil : Instant(day: day(on)), quantity: number(quantity),
          cost: .unknown(.unknownBasis), costBase: .unknown(.unknownBasis), event: EventID(Int64(event)), leg: 0, path: 0))
    }
    return (Restrictions(maker.book, booking), id)
  }

  private func free(_ made: (Restrictions, AssetID), _ on: String = "2024-08-01") -> Decimal {
    made.0.state(of: made.1, in: AccountID(1), on: day(on)).free
  }

  @Test func withoutRestrictionsAllIsFree() {
    #expect(free(made(plans: [])) == 100)
  }

  @Test func aLockHoldsUntilItsDay() {
    let found = made(plans: [["kind": "lock", "until": "2024-09-01", "reason": "lock-up"]])
    #expect(free(found, "2024-08-31") == 0)
    #expect(free(found, "2024-09-01") == 100)
    #expect(found.0.ladder(of: found.1, in: AccountID(1), after: day("2024-08-01")).map(\.quantity) == [100])
  }

  @Test func twoLocksOnOneLotCountOnce() {
    let found = made(plans: [
      ["kind": "lock", "until": "2024-09-01", "lot": "1"], ["kind": "lock", "until": "2024-10-01", "lot": "2024-01-31"],
    ])
    #expect(free(found) == 40)
    #expect(free(found, "2024-09-15") == 40)
    #expect(free(found, "2024-10-01") == 100)
  }

  @Test(arguments: [
    // 60 locked; a floor of 50 is met by them, one of 70 takes 10 more; pledges come on top.
    (["50"], "0", "40"), (["70"], "0", "30"), (["50", "70"], "0", "30"), (["50"], "15", "25"), (["70"], "15", "15"), (["100"], "15", "0"),
  ]) func floorsAndReservations(_ floors: [String], _ pledged: String, _ expected: String) {
    var plans = [["kind": "lock", "until": "2024-09-01", "lot": "1"]]
    plans += floors.map { ["kind": "frozen", "quantity": $0] }
    if pledged != "0" { plans.append(["kind": "pledged", "quantity": pledged]) }
    #expect(free(made(plans: plans)) == number(expected))
  }

  @Test func stakedUnitsAreReserved() {
    #expect(free(made(plans: [], stake: "30")) == 70)
  }

  @Test func tranchesVestOneByOne() {
    let found = made(plans: [
      ["kind": "vesting", "quantity": "60", "from": "2024-05-01", "schedule": "2024-07-01:20;2024-10-01:20;2025-01-01:20"]
    ])
    #expect(free(found) == 60)  // 40 of 60 are left
    let ladder = found.0.ladder(of: found.1, in: AccountID(1), after: day("2024-08-01"))
    #expect(ladder.map(\.until) == [day("2024-10-01"), day("2025-01-01")])
    #expect(ladder.map(\.quantity) == [20, 20])
  }

  @Test func linearVestingFreesDayByDay() {
    let found = made(plans: [["kind": "vesting", "quantity": "100", "from": "2024-08-01", "until": "2024-08-11", "schedule": "linear"]])
    #expect(free(found, "2024-08-01") == 0)
    #expect(free(found, "2024-08-04") == 30)
    #expect(free(found, "2024-08-11") == 100)
  }

  @Test(arguments: [
    // Twelve months from acquisition, six when the issuer reports; month ends are clamped.
    (["Reg D 506(c)", "no", ""], "2025-01-30", "0"), (["Reg D 506(c)", "no", ""], "2025-01-31", "60"),
    (["Reg D 506(c)", "no", ""], "2025-06-15", "100"), (["Reg D 506(b)", "yes", ""], "2024-07-31", "60"),
    (["Reg CF", "no", "2024-03-01"], "2025-02-28", "0"), (["Reg CF", "no", "2024-03-01"], "2025-03-01", "100"),
    (["Reg A+", "no", ""], "2024-08-01", "100"), (["registered", "no", ""], "2024-08-01", "100"),
    (["Reg S category 3", "no", ""], "2024-08-01", "100"),
  ]) func typicalPeriods(_ facts: [String], _ on: String, _ expected: String) {
    let attributes: [AssetAttribute: String] = [.exemption: facts[0], .reportingIssuer: facts[1], .issueDate: facts[2]]
    #expect(free(made(attributes: attributes, plans: []), on) == number(expected))
  }

  @Test func aRecordedLockReplacesTheTypicalOne() {
    #expect(free(made(attributes: [.exemption: "Reg D 506(c)"], plans: [["kind": "lock", "until": "2024-02-01"]])) == 100)
  }

  @Test func anUnknownAcquisitionUnderAPeriodIsNotFree() {
    let found = made(attributes: [.exemption: "Reg D 506(c)"], unknownDate: true, plans: [])
    let state = found.0.state(of: found.1, in: AccountID(1), on: day("2030-01-01"))
    #expect(state.free == 0)
    #expect(state.reasons.first == "acquisition date unknown")
  }

  @Test func regSIsShownNotLocked() {
    let found = made(attributes: [.exemption: "Reg S category 2"], plans: [])
    let state = found.0.state(of: found.1, in: AccountID(1), on: day("2024-08-01"))
    #expect(state.free == 100)
    #expect(state.reasons == ["restricted to buyers outside the US (Reg S)"])
  }

  // MARK: Splits and Reg S

  @Test(arguments: ["frozen", "pledged", "lock"], ["2:1", "1:2", "3:2"]) func unitsOfBeforeASplitFollowIt(_ kind: String, _ ratio: String) {
    var maker = BookMaker()
    let id = maker.asset("X", .security)
    maker.event(.buy, "2024-01-01", "A", "X", "100", gross: "100", "USD")
    maker.plan(.restriction, "X", ["kind": kind, "quantity": "100", "from": "2024-01-06"])
    maker.event(.split, "2024-02-01", nil, "X", edit: extra { $0.ratio = Ratio(ratio) })
    maker.split("2024-02-01", "X", ratio)
    maker.event(.buy, "2024-03-01", "A", "X", "30", gross: "30", "USD")
    let book = maker.book
    let found = Restrictions(book, book.booked(), asOf: day("2024-04-01"))
    // All of the first hundred are held fast, in whatever units; the thirty bought since are free.
    #expect(found.state(of: id, in: AccountID(1), on: day("2024-04-01")).free == 30)
  }

  @Test(arguments: [
    ("Reg S category 1", "no", nil as String?, "2024-01-01", false), ("Reg S category 2", "no", nil, "2024-02-09", true),
    ("Reg S category 2", "no", nil, "2024-02-10", false),  // 1 January + 40 days
    ("Reg S cat. 3", "no", nil, "2024-12-31", true), ("Reg S cat. 3", "no", nil, "2025-01-01", false),
    ("Reg S category 3", "yes", nil, "2024-06-30", true), ("Reg S category 3", "yes", nil, "2024-07-01", false),
    ("Reg S category 3", "no", "0.05", "2024-02-10", false),  // debt: 40 days
    ("Reg S", "no", nil, "2024-12-31", true), ("Reg S", "no", nil, "2025-01-01", false),
  ]) func regSEnds(_ exemption: String, _ reports: String, _ coupon: String?, _ on: String, _ holds: Bool) {
    var attributes: [AssetAttribute: String] = [.exemption: exemption, .issueDate: "2024-01-01", .reportingIssuer: reports]
    attributes[.coupon] = coupon
    let found = made(attributes: attributes, plans: [])
    let state = found.0.state(of: found.1, in: AccountID(1), on: day(on))
    #expect(state.free == 100)
    #expect(state.reasons.isEmpty == !holds)
  }
}
