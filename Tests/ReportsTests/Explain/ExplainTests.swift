import Amounts
import Engine
import Ledger
import Reports
import TestSupport
import Testing

/// DESIGN 4's worked example, explained figure by figure; every line of the pictures can be done again by hand.
struct ExplainTests {
  private let book = Tower.make().book
  private let asOf = day("2024-05-15")
  private var explainer: Explainer { Explainer(book, book.booked(asOf: asOf), asOf: asOf) }

  @Test(arguments: [
    "TOWR", "TOWR/premium", "TOWR/cost", "nav/TOWR/ownership", "nav/TOWR/impliedUnderlying", "income/TOWR/yieldOnCost",
    "income/TOWR/yieldForward", "income/TOWR/yieldTrailing", "income/TOWR/forward12", "income/TOWR/2024-03", "income/event/4/difference",
    "income/TOWR/2024-06-01/perToken", "income/TOWR/2024-04-01/expected", "lots/TOWR@Vault/2/cost", "events/2", "overview/totalReturn",
    "quote/nav/TOWR", "performance/gain",
  ]) func worked(_ name: String) throws {
    let found = try explainer.explain(FigurePath(text: name))
    try expectGolden(found.table, "explain-" + String(name.map { $0.isLetter || $0.isNumber ? $0 : "-" }))
  }

  @Test func theWorkedFiguresAreThoseOfTheDesign() throws {
    let explainer = explainer
    func value(_ name: String) throws -> Cell { try explainer.explain(FigurePath(text: name)).value }
    #expect(try value("nav/TOWR/ownership") == .ratio(number("0.01")))  // 500,000 / 50,000,000
    #expect(try value("income/TOWR/2024-04-01/expected") == .decimal(3600))  // 500,000 x 0.0072
    #expect(try value("income/TOWR/yieldOnCost") == .ratio(number("0.0864")))  // 43,200 / 500,000
    #expect(try value("TOWR/premium") == .ratio(number("-0.109090909090909091")))  // 0.98 / 1.10 - 1
    #expect(try value("income/event/4/difference") == .decimal(-600))  // 3,000 - 3,600
  }

  @Test func shortNamesMeanTheLongOnes() throws {
    let explainer = explainer
    for (short, long) in [
      ("TOWR", "holdings/TOWR/value"), ("towr/cost", "holdings/TOWR/cost"), ("TOWR@Vault", "holdings/TOWR@Vault/value"),
      ("total", "overview/value"), ("twr", "performance/twr"), ("2", "events/2/gross"), ("TOWR/yield", "income/TOWR/yieldForward"),
      ("lots/2", "lots/TOWR@Vault/2/costBase"), ("lots/TOWR/2024-01-10", "lots/TOWR@Vault/2/costBase"), ("lots/TOWR", "holdings/TOWR/cost"),
    ] {
      #expect(try explainer.explain(FigurePath(text: short)).figure.description == long)
    }
    #expect(Explainer.path("premium", of: "TOWR") == FigurePath("holdings", "TOWR", "premium"))
    #expect(Explainer.path("value", of: nil) == FigurePath("overview", "value"))
    #expect(Explainer.path("yield", of: "TOWR") == FigurePath("income", "TOWR", "yieldForward"))
  }

  @Test func aWrongNameNamesNearOnes() {
    func near(_ name: String) -> [String] {
      do throws(ExplainError) {
        _ = try explainer.explain(FigurePath(text: name))
        return []
      } catch {
        if case .unknown(_, let near) = error { return near }
        return []
      }
    }
    #expect(near("TOWER").contains("TOWR"))
    #expect(near("holdings/TOWR/vlaue").first == "value")
    #expect(near("holding5").contains("holdings"))
    #expect(near("TOWR@Valt").first == "Vault")
    #expect(near("performance/shrape").first == "sharpe")
    #expect(near("gains/2031").isEmpty)  // nothing was sold, so no year is near
  }

  @Test func aNameSurvivesBeingTyped() throws {
    let letters = Array("aB/%25F2@ é.")
    try withSeeds(500) { random in
      let parts = (0...random.int(0...3)).map { _ in String((0...random.int(0...5)).map { _ in random.pick(letters) }) }
      let read = FigurePath(text: FigurePath(parts).description).parts
      try law(read == parts, "\(parts) became \(read)")
    }
  }

  @Test func namesGoOnPartByPart() {
    let explainer = explainer
    #expect(explainer.completions(of: "hol") == ["holdings/"])
    #expect(explainer.completions(of: "holdings/T") == ["holdings/TOWR/", "holdings/totalReturn"])
    #expect(explainer.completions(of: "holdings/TOWR/prem") == ["holdings/TOWR/premium"])
    #expect(explainer.completions(of: "TOW") == ["TOWR"])
    #expect(
      explainer.completions(of: "income/TOWR/yield") == [
        "income/TOWR/yieldTrailing", "income/TOWR/yieldForward", "income/TOWR/yieldOnCost",
      ])
  }

  /// Sold at 20 of two lots of 10 and 15: each takes its share of the proceeds, fee off, the last the rest.
  @Test func aSaleExplainsItsShares() throws {
    var maker = BookMaker()
    maker.event(.buy, "2024-01-01", "Desk", "ABC", "10", price: "2", gross: "20", "USD")
    maker.event(.buy, "2024-01-02", "Desk", "ABC", "15", price: "3", gross: "45", "USD")
    let sale = maker.event(.sell, "2024-02-01", "Desk", "ABC", "20", price: "4", gross: "80", "USD") { $0.fee = 2 }
    let explainer = Explainer(maker.book, maker.book.booked(asOf: asOf), asOf: asOf)
    let first = try explainer.explain(FigurePath("gains", "event", "\(sale.raw)", "1", "proceeds"))
    #expect(first.value == .decimal(39))  // (80 - 2) x 10 / 20
    #expect(first.steps == ["80 - 2 = 78 USD", "78 x 10 / 20 = 39 USD"])
    let whole = try explainer.explain(FigurePath("gains", "event", "\(sale.raw)"))
    #expect(whole.value == .decimal(28))  // 39 - 20, and 39 - 30
    #expect(whole.steps == ["19 + 9 = 28 USD"])
    let rest = try explainer.explain(FigurePath("lots", "ABC", "2", "cost"))
    #expect(rest.value == .decimal(15))  // 45, less 30 for ten of them
    #expect(rest.steps == ["45 - 30 = 15 USD"])
  }

  /// 3 ABC at 10 EUR, the euro at 1.25 dollars by its inverse, 0.8 euros for a dollar.
  @Test func aRateSaysHowItWasFound() throws {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.event(.buy, "2024-01-01", "Desk", "ABC", "3", price: "10", gross: "30", "EUR")
    maker.quote(.close, "2024-05-15", "ABC", "10", "EUR")
    maker.quote(.fx, "2024-05-13", "USD", "0.8", "EUR")
    let explainer = Explainer(maker.book, maker.book.booked(asOf: asOf), asOf: asOf)
    let value = try explainer.explain(FigurePath("ABC"))
    #expect(value.value == .decimal(number("37.5")))
    #expect(value.steps == ["3 x 10 = 30 EUR", "30 x 1.25 = 37.5 USD"])
    #expect(value.inputs.last?.source == "inverse")
    #expect(value.inputs.last?.date == day("2024-05-13"))
    let rate = try explainer.explain(FigurePath("rate", "EUR", "USD"))
    #expect(rate.steps == ["1 / 0.8 = 1.25"])
    // The purchase was before there was any rate: what it cost in dollars is unknown, and so is the gain.
    let cost = try explainer.explain(FigurePath("ABC", "cost"))
    #expect(cost.value == .unknown(.noRate))
    #expect(cost.excluded.count == 1)
  }

  /// 1 DUS counts as 1 EUR, which it promises; 2 CHF for a euro x 0.625 USD for a franc = 1.25 USD.
  @Test func aRateNamesTheCurrencyBetweenAndThePeg() throws {
    var maker = BookMaker()
    maker.asset("EUR", .cash)
    maker.asset("CHF", .cash)
    let coin = maker.asset("DUS", .stablecoin)
    maker.peg(coin, to: "EUR")
    maker.quote(.fx, "2024-05-14", "CHF", "0.625", "USD")
    maker.quote(.fx, "2024-05-14", "EUR", "2", "CHF")
    maker.event(.buy, "2024-05-15", "Desk", "DUS", "4", price: "1", gross: "4", "EUR")
    let explainer = Explainer(maker.book, maker.book.booked(asOf: asOf), asOf: asOf)
    let rate = try explainer.explain(FigurePath("rate", "DUS", "USD"))
    #expect(rate.value == .decimal(number("1.25")))
    #expect(rate.steps == ["2 x 0.625 = 1.25"])
    #expect(rate.formula.hasSuffix("here over CHF"))
    #expect(rate.inputs.map(\.name) == ["CHF for 1 EUR", "USD for 1 CHF", "DUS promises one EUR"])
    let unit = try explainer.explain(FigurePath("unit", "DUS"))
    #expect(unit.value == .decimal(1))
    #expect(unit.formula == "nothing prices it: it counts as one EUR, which it promises")
    #expect(try explainer.explain(FigurePath("DUS")).value == .decimal(5))  // 4 x 1 EUR x 1.25
  }

  /// A week of daily returns: the index is worth 100, 102, 102, 99.96, 99.96 in turn, so 2 %, 0, -2 %, 0.
  @Test func riskNamesItsReturnsAndTheFallItsDays() throws {
    var maker = BookMaker()
    maker.event(.deposit, "2024-05-01", "Desk", "USD", "100")
    maker.event(.buy, "2024-05-01", "Desk", "ABC", "100", price: "1", gross: "100", "USD")
    for (on, price) in [("2024-05-01", "1"), ("2024-05-02", "1.02"), ("2024-05-04", "0.9996")] { maker.quote(.close, on, "ABC", price) }
    let last = day("2024-05-05")
    let explainer = Explainer(maker.book, maker.book.booked(asOf: last), asOf: last)
    explainer.scope.question.from = day("2024-05-02")
    let fall = try explainer.explain(FigurePath("performance", "drawdown"))
    #expect(fall.inputs.map(\.date) == [day("2024-05-03"), day("2024-05-04"), day("2024-05-05")])
    #expect(fall.formula.hasSuffix("asked from 2024-05-02 to 2024-05-05"))
    let volatility = try explainer.explain(FigurePath("performance", "volatility"))
    #expect(volatility.inputs[0].value == .integer(4))
    #expect(volatility.inputs.dropFirst(3).map(\.date) == (2...5).map { day("2024-05-0\($0)") })
    let drop = try explainer.explain(FigurePath("performance", "2024-05-04", "return"))
    #expect(drop.steps == ["(99.96 + 0) / (102 + 0) - 1 = -0.02"])
    let worth = try explainer.explain(FigurePath("performance", "2024-05-04", "value"))
    #expect(worth.inputs.map(\.value) == [.decimal(number("99.96"))])
  }
}
