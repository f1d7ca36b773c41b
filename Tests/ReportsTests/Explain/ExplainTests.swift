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
    #expect(cost.value == .unknown(.unknownBasis))
    #expect(cost.excluded.count == 1)
  }
}
