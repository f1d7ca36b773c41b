import TestSupport
import Testing

/// What is asked as of a day does not know what came later: every verb answers as if the events and prices after it were not there.
struct AsOfLawTests {
  /// Every verb that reports, with what changes its way.
  static let verbs = [
    "overview", "holdings", "holdings --by account", "holdings --currency EUR", "lots", "lots --method hifo --scope global", "gains",
    "gains --method average", "gains --fees separate --by asset", "gains --by year", "gains --by term", "trades", "basis", "income",
    "income --by month", "income --by asset", "nav", "nav --dcf", "allocation", "allocation --by account", "allocation --by currency",
    "performance", "performance --by asset", "performance --by account --flows end", "performance --benchmark COI --from 2024-02-01",
    "restrictions", "events", "transfers", "issues", "assets", "accounts", "portfolios", "close", "whatif sell COI 1",
    "whatif sell TOK 0.5", "explain total", "explain twr", "explain holdings/COI/value", "explain gains/2024",
  ]

  @Test func everyVerbAsOfADayIsTheVerbOfTheBookUpToIt() throws {
    try withSeeds(14) { random in
      let world = RandomRows(&random, events: random.int(8...60))
      let last = RandomRows.start + random.int(1...RandomRows.span)
      let (all, past) = (Rig("as-of"), Rig("as-of"))
      for rig in [all, past] { try rig.takeWorld() }
      try all.take(RandomRows.file(world.prices), RandomRows.file(world.events))
      let prices = world.prices.filter { $0.day <= last }
      let events = world.events.filter { RandomRows.start + $0.time / 86_400 <= last }
      if !prices.isEmpty { try past.take(RandomRows.file(prices)) }
      if !events.isEmpty { try past.take(RandomRows.file(events)) }
      let date = RandomRows.date(last)
      // The second time the answer may come from what was kept ready for the first screen.
      for verb in AsOfLawTests.verbs + ["holdings --by account", "allocation", "overview"] {
        let (one, other) = (all.run("\(verb) --as-of \(date) --format json"), past.run("\(verb) --as-of \(date) --format json"))
        try law(one.code == other.code && one.errors == other.errors, "\(verb) --as-of \(date): \(one.errors) | \(other.errors)")
        try law(one.output == other.output, "\(verb) --as-of \(date):\n\(firstDifference(one.output, other.output))")
      }
    }
  }
}

/// Where two texts part, with what stands around it.
func firstDifference(_ one: String, _ other: String) -> String {
  let (a, b) = (Array(one.utf8), Array(other.utf8))
  let place = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
  func around(_ bytes: [UInt8]) -> String {
    String(decoding: bytes[max(0, place - 160)..<min(bytes.count, place + 160)], as: UTF8.self)
  }
  return "\(around(a))\n-- and --\n\(around(b))"
}
