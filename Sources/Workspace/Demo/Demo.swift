public import Amounts
public import Ledger

/// The demo portfolio: four and a half years of an invented investor, made by seeded code, so that it is the same for
/// everybody who asks on the same day.
///
/// The story is anchored to `today`: it starts 54 months earlier, and the last payments, quotes and announcements are
/// around the day the demo is opened. All names are invented. Everything is computed with integers.
public enum Demo {
  /// Whole months of history before the month of `today`.
  public static let months = 54

  /// Every fact of the demo: accounts, assets, quotes, events in order of time, distributions, plans.
  ///
  /// - Parameter today: the last day of the story. Distributions are announced up to two months beyond it.
  public static func facts(today: Day) -> [Fact] {
    let calendar = DemoCalendar(today: today)
    let market = DemoMarket(calendar)
    var script = DemoScript(calendar, market)
    script.playBank()
    script.playBroker()
    script.playExchanges()
    script.playWallet()
    script.playBuilding()
    script.playPlatform()
    script.playPlans()
    var facts = DemoCast.accounts.map { Fact.account($0) }
    facts += DemoCast.assets(calendar).map { Fact.asset($0) }
    facts += market.quotes.map { Fact.quote($0) }
    facts += script.eventsInOrder.map { Fact.event($0) }
    facts += script.distributions.map { Fact.distribution($0) }
    facts += script.plans.map { Fact.plan($0) }
    return facts
  }
}

/// The days of the story, told as months since its start.
struct DemoCalendar: Sendable {
  /// The last day of the story.
  let today: Day
  /// The first day of month 0.
  let start: Day

  init(today: Day) {
    self.today = today
    start = today.startOfMonth.adding(months: -Demo.months)
  }

  /// A day of the story's `month`, clamped to its end.
  func day(_ month: Int, _ number: Int) -> Day {
    let first = start.adding(months: month)
    return first + min(number, Day.length(ofMonth: first.civil.month, year: first.civil.year)) - 1
  }

  /// The last day of a month.
  func end(of month: Int) -> Day { day(month, 31) }
  /// Every month of the story, the running one included.
  var everyMonth: ClosedRange<Int> { 0...Demo.months }
  /// The number of days of the story.
  var length: Int { today - start + 1 }
}

/// Numbers of the demo as exact decimals: `cents(1250)` is 12.50.
func decimal(_ mantissa: Int, _ scale: UInt8) -> Decimal { Decimal(mantissa: Int128(mantissa), scale: scale).normalized }

/// Hundredths of a currency.
func cents(_ amount: Int) -> Decimal { decimal(amount, 2) }

/// Hundred-millionths of a unit, in which the demo keeps quantities and prices.
func exact(_ amount: Int) -> Decimal { decimal(amount, 8) }

/// The generator behind every random step of the demo.
struct DemoDice {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from -reach to reach, small ones more often: the mean of two throws.
  mutating func step(_ reach: Int) -> Int {
    let side = UInt64(2 * reach + 1)
    return (Int(next() % side) + Int(next() % side)) / 2 - reach
  }
}
