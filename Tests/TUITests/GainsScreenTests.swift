import Amounts
import Engine
import Ledger
import Reports
import TermKit
import TestSupport
import Testing
import Workspace

@testable import TUI

/// Realised gains, the lots they took, and the choice of other lots.
@Suite struct GainsScreenTests {
  static let today = day("2024-05-15")

  /// 10 at 100 USD in 2022, 10 at 100 EUR in 2023, 15 sold at 200 USD in 2023, 3 in 2024; 5 of unknown cost sold; 4 of another kept.
  static func book(isClosed: Bool = false) -> Book {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.asset("ABC", .stock, name: "Abacus", currency: "USD")
    for (on, rate) in [("2023-02-01", "1.10"), ("2023-06-01", "1.20"), ("2024-03-01", "1.25"), ("2024-05-14", "1.25")] {
      maker.quote(.fx, on, "EUR", rate)
    }
    maker.quote(.close, "2024-05-15", "ABC", "220")
    maker.quote(.close, "2024-05-15", "NEW", "12")
    maker.event(.buy, "2022-01-03", "Desk", "ABC", "10", price: "100", "USD")
    maker.event(.buy, "2023-02-01", "Desk", "ABC", "10", price: "100", "EUR")
    maker.event(.sell, "2023-06-01", "Desk", "ABC", "15", price: "200", "USD")
    maker.event(.deposit, "2024-01-02", "Vault", "XYZ", "5")
    maker.event(.sell, "2024-02-01", "Vault", "XYZ", "5", price: "10", "USD")
    maker.event(.sell, "2024-03-01", "Desk", "ABC", "3", price: "210", "USD")
    maker.event(.buy, "2023-07-01", "Vault 金庫", "NEW", "4", price: "10", "EUR")
    var book = maker.book
    book.events.sort(accountRank: book.accountRanks)
    if isClosed {
      let (pins, gains) = book.matches(of: 2023, in: "")
      book.closings.years = [ClosedYear(id: 1, portfolio: "", year: 2023, base: "USD", at: Instant(day: day("2024-01-05"), second: 0))]
      (book.closings.pins, book.closings.gains) = (pins, gains)
    }
    return book
  }

  private func rig(width: Int = 120, height: Int = 40, isClosed: Bool = false) -> Rig {
    var rig = Rig(GainsScreenTests.book(isClosed: isClosed), asOf: GainsScreenTests.today, width: width, height: height)
    rig.press("r")
    return rig
  }

  /// The line of the screen that has a text.
  private func line(_ rig: inout Rig, _ text: String) -> String {
    rig.text().split(separator: "\n").map(String.init).first { $0.contains(text) } ?? ""
  }

  /// A line's words.
  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  // MARK: Pictures

  static let pictures: [(name: String, keys: [String])] = [
    ("gains", []), ("gains-year", ["v", "v", "v"]), ("gains-open", ["Tab"]), ("gains-disposal", ["Down", "Down", "Enter"]),
    ("gains-picker", ["Down", "Down", "Enter", "w", "v", "v"]),
  ]

  @Test(arguments: pictures.indices, [(120, 40), (80, 24), (40, 10)])
  func picturesOfEverySize(_ number: Int, _ size: (width: Int, height: Int)) throws {
    let picture = GainsScreenTests.pictures[number]
    var rig = rig(width: size.width, height: size.height)
    for key in picture.keys { rig.press(key) }
    try expectGolden(rig.screen(), "\(picture.name)-\(size.width)x\(size.height)")
  }

  // MARK: Realised

  @Test func aDisposalStandsWithItsPartsAndTheTotalSaysWhatIsLeftOut() {
    var rig = rig(width: 140)
    // 10 x (200 - 100) + 5 x (200 - 110); of that 5 x 100 x (1.20 - 1.10) is the euro's.
    let row = words(line(&rig, "2023-06-01"))
    #expect(row.contains("1,550.00") && row.contains("+1,450.00") && row.contains("+1,400.00") && row.contains("+50.00"))
    #expect(row.contains("mixed"))
    #expect(words(line(&rig, "2024-02-01")).contains("n/a"))
    // 1,450 and 3 x (210 - 110).
    #expect(words(line(&rig, "Total")).contains("+1,750.00"))
    #expect(rig.text().contains("! excl. 1 disposal of unknown gain: XYZ unknown basis"))
    #expect(rig.text().contains("3 disposals · USD"))
  }

  @Test func vGoesThroughTheGroupingsAndEnterOpensOneAndEscComesBack() {
    var rig = rig()
    for title in ["by asset", "by account", "by year", "by term", "by disposal"] {
      rig.press("v")
      #expect(rig.text().contains("[Realised \(title)]"))
    }
    rig.press("v", "v", "v")
    // The newest year first; the one below it has the sale of 15.
    rig.press("Down", "Enter")
    #expect(rig.text().contains("[Realised by disposal]"))
    #expect(rig.text().contains("filtered · 1 disposal"))
    rig.press("Esc")
    #expect(rig.text().contains("[Realised by year]"))
    #expect(!rig.text().contains("filtered"))
    rig.press("Esc")
    #expect(rig.state.drilled.isEmpty)
  }

  @Test func typingFiltersByTheColumnsOfTheGainsReport() {
    var rig = rig()
    rig.press("/", "term=long", "Enter")
    #expect(rig.text().contains("filtered · 2 disposals"))
    // Of the 15 the 10 that were held over a year, and 3 x (210 - 110).
    #expect(words(line(&rig, "Total")).contains("+1,300.00"))
    rig.press("/", "C-u", "colour=red", "Enter")
    #expect(rig.text().contains("no field colour"))
  }

  @Test func aColumnSortsAndTheSortingIsShown() {
    var rig = rig()
    rig.press(">", ">", ">", ">", ">", ">", ">", ">", "I")
    let lines = rig.text().split(separator: "\n").map(String.init).filter { $0.contains("sell") }
    #expect(lines.map { words($0).contains("+1,450.00") }.first == true)
    #expect(lines.last?.contains("XYZ") == true)
  }

  @Test func equalsExplainsTheSelectedGain() {
    var rig = rig()
    rig.press("Down", "Down", "=", "Enter")
    #expect(rig.text().contains("gains/event/3"))
  }

  @Test func withoutDisposalsItSaysWhatToDo() {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-02", "Desk", "ABC", "1", price: "10", "USD")
    var rig = Rig(maker.book, asOf: GainsScreenTests.today, width: 80, height: 24)
    rig.press("r")
    #expect(rig.text().contains("Nothing was disposed of yet"))
    #expect(rig.text().contains("i imports a file"))
    rig.press("w")
    #expect(rig.text().contains("whatif: nothing was disposed of"))
  }

  @Test func onThePageOfAnAssetItShowsThatAssets() {
    var rig = Rig(GainsScreenTests.book(), asOf: GainsScreenTests.today)
    rig.press("2", "End", "Enter", "r")
    #expect(rig.text().contains("filtered · 2 disposals"))
  }

  @Test func aTypedGroupingOpensItAndAnUnknownOneIsRefused() {
    var rig = Rig(GainsScreenTests.book(), asOf: GainsScreenTests.today)
    rig.press(":", "gains term", "Enter")
    #expect(rig.text().contains("[Realised by term]"))
    rig.press(":", "gains open", "Enter")
    #expect(rig.text().contains("[Open lots]"))
    rig.press(":", "gains colour", "Enter")
    #expect(rig.text().contains("gains are listed by disposal"))
  }

  @Test func whileTheGainsAreWorkedOutItSaysSo() {
    var rig = Rig(GainsScreenTests.book(), asOf: GainsScreenTests.today)
    rig.isSlow = true
    rig.press("r")
    #expect(rig.text().contains("Matching disposals with their lots…"))
    rig.press("x")
    #expect(rig.text().contains("still being worked out"))
  }

  @Test func aFileIsAskedForByNameAndWrittenWithTheFilter() {
    var rig = rig()
    rig.press("v", "x")
    #expect(rig.text().contains("export gains-by-asset-2024-05-15.csv"))
    rig.press("Enter")
    #expect(rig.unanswered.contains(.exportGains("//gains-by-asset-2024-05-15.csv", GainsQuery(listing: .realised(.asset)))))
  }

  @Test func closedYearsAreMarkedAndTheirLotsStay() {
    var rig = rig(isClosed: true)
    #expect(rig.text().contains("c: its year is closed") || rig.text().contains("excl. 1 disposal"))
    #expect(words(line(&rig, "2023-06-01")).contains("c"))
    rig.press("Down", "Down", "w")
    #expect(rig.text().contains("2023 is closed: what it took is frozen;"))
    rig.press("v", "v", "v")
    #expect(words(line(&rig, "│ 2023")).contains("closed"))
    #expect(words(line(&rig, "│▌2024")).contains("open"))
  }

  // MARK: Open lots

  @Test func openLotsTellTheirTermAndWhenItChanges() {
    var rig = rig(width: 140)
    rig.press("Tab")
    // 2 of the second lot: worth 440, cost 220, of the gain 2 x 100 x (1.25 - 1.10) is the euro's.
    let abc = words(line(&rig, "ABC"))
    #expect(abc.contains("+220.00") && abc.contains("+190.00") && abc.contains("+30.00") && abc.contains("long") && abc.contains("now"))
    // Bought on 1 July 2023: long from 2 July 2024, 48 days after 15 May.
    let new = line(&rig, "NEW")
    #expect(words(new).contains("short") && new.contains("48 d"))
  }

  // MARK: Lots of a sale

  @Test func thePickerGainsLiveAndSavesAfterAQuestionAboutTheMethod() {
    var rig = rig(width: 140)
    rig.press("Down", "Down", "Enter", "w")
    #expect(rig.text().contains("15 ABC of 2023-06-01 in Desk"))
    #expect(words(line(&rig, "recorded")).contains("+1,450.00"))
    rig.press("s")
    #expect(rig.text().contains("no lot is picked"))
    rig.press("Down", "Space")
    // All 10 of the second lot; 5 are missing.
    #expect(line(&rig, "by hand").contains("5 missing"))
    rig.press("s")
    #expect(rig.text().contains("5 ABC have no lot yet"))
    rig.press("Up", "Space")
    // 10 x (200 - 110) + 5 x (200 - 100): 50 less than recorded.
    let own = words(line(&rig, "by hand"))
    #expect(own.contains("+1,400.00") && own.contains("-50.00"))
    #expect(rig.text().contains("1 later disposal may take others then"))
    rig.press("s")
    #expect(rig.text().contains("count under the method specific only."))
    rig.press("Enter")
    #expect(
      rig.unanswered.last == .pick(EventID(3), [LotPick(event: EventID(2), quantity: 10), LotPick(event: EventID(1), quantity: 5)]))
    // Once it is stored the picker has done its work.
    rig.receive(.saved(title: "pick lots", isUnchanged: false))
    #expect(rig.state.screen.screen.title == "Disposal")
  }

  @Test func underTheMethodSpecificAChoiceIsSavedAtOnceAndForgotten() {
    var book = GainsScreenTests.book()
    book.settings.method = .specific
    var rig = Rig(book, asOf: GainsScreenTests.today)
    rig.press("r", "Down", "Down", "w", "f")
    #expect(rig.text().contains("the sale names no lots"))
    rig.press("v", "s")
    #expect(rig.unanswered.last == .pick(EventID(3), [LotPick(event: EventID(1), quantity: 10), LotPick(event: EventID(2), quantity: 5)]))
  }

  @Test func wOnARecordedSaleAmongEventsOpensItsLots() {
    var rig = Rig(GainsScreenTests.book(), asOf: GainsScreenTests.today)
    rig.press("7", "w")
    #expect(rig.text().contains("3 ABC of 2024-03-01 in Desk"))
    rig.press("Esc", "End", "w")
    // A purchase is no sale: w asks for a quantity to sell.
    #expect(rig.text().contains("whatif "))
  }
}
