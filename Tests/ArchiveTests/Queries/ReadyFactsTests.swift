import Amounts
@testable import Archive
import Ledger
import TestSupport
import Testing

/// What is kept ready for the first screen comes back as it was, or not at all.
struct ReadyFactsTests {
  private func decimal(_ random: inout SplitMix64) -> Decimal {
    let digits = Int128(random.next()) << 64 | Int128(random.next())
    // All sizes, both signs.
    return Decimal(mantissa: (digits >> random.int(1...126)) * (random.int(0...1) == 0 ? 1 : -1), scale: UInt8(random.int(0...38)))
  }

  private func facts(_ random: inout SplitMix64) -> ReadyFacts {
    let positions = (0..<random.int(0...9)).map { index in
      var position = Position(asset: AssetID(Int32(index)), account: AccountID(Int32(random.int(1...3000))))
      position.quantity = decimal(&random)
      position.cost = random.int(0...1) == 0 ? .unknown(.mixedCurrencies) : .known(Money(decimal(&random), Currency(id: 7)))
      position.costBase = decimal(&random)
      position.unknownBasisUnits = decimal(&random)
      position.realizedBase = decimal(&random)
      position.unknownGains = random.int(0...1000)
      position.incomeBase = decimal(&random)
      position.unknownReceipts = random.int(0...3)
      position.lots = random.int(0...100_000)
      position.basisWhy = random.pick([nil, .noRate])
      position.gainsWhy = random.pick([nil, .unknownBasis])
      position.receiptsWhy = random.pick([nil, .notStated])
      return position
    }
    let days = (0..<random.int(0...9)).map { index in
      HistoryPoint(
        day: Day(ordinal: Int32(index) - 3), value: decimal(&random), unpriced: random.int(0...300), atTrade: random.int(0...3),
        appeared: decimal(&random), vanished: decimal(&random))
    }
    let series = (0..<random.int(0...3)).map { index -> ReadyFacts.Series in
      var series = QuoteSeries()
      for day in 0..<random.int(0...5) {
        var quote = Quote(day: Day(ordinal: Int32(19_000 + day)), price: Price(decimal(&random), Currency(id: Int32(random.int(1...2)))))
        quote.isAdjusted = random.int(0...1) == 0
        quote.source = random.pick(["", "feed", "Börse é漢"])
        if random.int(0...1) == 0 {
          var nav = NavRecord()
          nav.method = random.pick([nil, "", "appraisal"])
          nav.published = random.pick([nil, Day(ordinal: 19_100)])
          nav.debt = random.pick([nil, decimal(&random)])
          nav.supply = decimal(&random)
          quote.nav = nav
        }
        series.append(quote)
      }
      return (AssetID(Int32(index + 1)), random.pick([.close, .nav, .fx]), series)
    }
    return ReadyFacts(positions: positions, days: days, series: series)
  }

  private func quotes(_ facts: ReadyFacts) -> [[Quote]] {
    facts.series.map { series in (0..<series.quotes.count).map { series.quotes[$0] } }
  }

  @Test func everythingComesBack() throws {
    let database = try Database(path: temporaryFolder("ready") + "/florin.db", mode: .readWrite)
    try database.migrate()
    #expect(try database.ready()?.days == nil)
    try withSeeds(300) { random in
      let facts = facts(&random)
      try database.replaceReady(facts)
      guard let found = try database.ready() else { throw LawBroken("nothing is there") }
      try law(found.positions == facts.positions, "positions")
      try law(found.days == facts.days, "days")
      try law(found.series.map { "\($0.asset) \($0.kind)" } == facts.series.map { "\($0.asset) \($0.kind)" }, "series")
      try law(quotes(found) == quotes(facts), "quotes")
    }
  }

  @Test func aPieceThatIsCutOffIsNothing() throws {
    try withSeeds(100) { random in
      var writer = PackedWriter()
      writer.put(facts(&random))
      let length = random.int(0...writer.bytes.count - 1)
      writer.bytes.prefix(length).withUnsafeBytes { bytes in
        var reader = PackedReader(bytes)
        _ = reader.readyFacts()
        #expect(!reader.isWhole)
      }
    }
  }
}
