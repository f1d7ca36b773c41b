import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// DESIGN 4: "a $50,000,000 building, 50,000,000 tokens at $1.00 ..." must hold to the last digit.
struct WorkedExampleTests {
  let book = Tower.make().book
  let asOf = day("2024-05-15")
  var booking: Booking { Tower.booking(book) }

  @Test func premiumIsMarketOverNavLessOne() throws {
    let row = try #require(NavReport(book, booking, asOf: asOf).rows.first)
    // 0.98 / 1.10 - 1 = -0.1090909...
    #expect(row.premium == .known(number("-0.109090909090909091")))
    #expect(row.mode == .nav)
    #expect(row.value == .known(number("550000")))  // 500,000 x 1.10
    #expect(row.source == "Stone & Partners")
    #expect(row.ageDays == 15)
    #expect(row.isStale == false)
  }

  @Test func ownershipIsOnePercentOfTheBuilding() throws {
    let row = try #require(NavReport(book, booking, asOf: asOf).rows.first)
    #expect(row.ownership == .known(number("0.01")))  // 500,000 / 50,000,000
    #expect(row.impliedUnderlying.value?.amount == number("550000"))  // 1 % of 55,000,000
    #expect(row.impliedDebt == .unknown(.notStated))
  }

  @Test func forwardIncomeAndYieldOnCost() throws {
    let line = try #require(IncomeGrid(book, booking, asOf: asOf).lines.first { $0.asset.text == "TOWR" })
    // 0.9 x 4,800,000 / 12 / 50,000,000 = 0.0072 per token; x 500,000 = 3,600 a month; x 12
    #expect(line.forward12 == .known(number("43200")))
    #expect(line.yieldOnCost == .known(number("0.0864")))  // 43,200 / 500,000
    #expect(line.yieldForward == .known(number("0.078545454545454545")))  // 0.0864 / 1.10
    #expect(line.trailing12 == number("10200"))
    #expect(line.yieldTrailing == .known(number("0.026181818181818182")))  // 4 x 0.0072 / 1.10
  }

  @Test func onePaymentIsShortAndOneIsMissing() {
    let rows = IncomeReport(book, booking, asOf: asOf).rows
    let declared = rows.filter { $0.status != .estimated }
    #expect(declared.map(\.status) == [.received, .shortPaid, .overdue, .received])
    #expect(declared[1].difference.value?.amount == number("-600"))
    #expect(declared[1].gross.value?.amount == number("3000"))
    #expect(declared[2].gross.value?.amount == number("3600"))
    #expect(declared[2].event == nil)
    #expect(rows.count == 16)  // and twelve estimates
    #expect(rows.last?.pay == day("2025-05-01"))
  }

  @Test func anOverdueDistributionIsNoticed() {
    let overview = OverviewReport(book, booking, asOf: asOf)
    #expect(overview.notices.map(\.kind) == [.overdue, .shortPaid])
    #expect(overview.totals.value == number("660200"))  // 550,000 + 110,200 cash
    #expect(overview.income12 == number("10200"))
    #expect(overview.next?.pay == day("2024-06-01"))
    #expect(overview.forward12 == .known(number("43200")))
  }

  @Test func beforeTheEighthDayAPaymentIsNotOverdue() {
    let early = IncomeReport(book, booking, asOf: day("2024-04-08")).rows.first { $0.pay == day("2024-04-01") }
    let late = IncomeReport(book, booking, asOf: day("2024-04-09")).rows.first { $0.pay == day("2024-04-01") }
    #expect(early?.status == .declared)
    #expect(late?.status == .overdue)
  }

  @Test func theAssetPageGathersEverything() throws {
    let page = try #require(AssetReport(book, booking, of: AssetID(2), asOf: asOf))
    #expect(page.howey == "investment contract")
    #expect(page.events == [4, 3, 2, 1])
    #expect(page.navs.map(\.price.perUnit) == [1, number("1.10")])
    #expect(page.holding?.unrealized == .known(number("50000")))
    #expect(page.holding?.totalReturn == .known(number("60200")))
    #expect(page.income.first?.pay == day("2025-05-01"))
    #expect(page.attributes.first?.title == "Subtype")
  }
}
