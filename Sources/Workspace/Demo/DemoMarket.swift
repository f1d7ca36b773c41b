import Amounts
import Ledger

/// The prices of the demo: a path between given points with a seeded walk around it, in hundred-millionths.
struct DemoMarket: Sendable {
  private let calendar: DemoCalendar
  private var series: [String: [Int]] = [:]
  /// Every quote up to the last day.
  private(set) var quotes: [QuoteDraft] = []

  /// Brookwell splits three for one on the first of this month; quotes before it are in old shares.
  static let splitMonth = 26
  /// Cygnet Laboratories is spun off on the 12th of this month.
  static let spinoffMonth = 33

  /// When the giver of the bitcoin that is a birthday present bought it.
  static func giftDay(_ calendar: DemoCalendar) -> Day { calendar.start - 700 }

  /// A price series: the points are evenly spread over the story, in units of 10^-places.
  private struct Path {
    let symbol: String
    let currency: String
    let places: Int
    let points: [Int]
    let wobble: Int  // of 10,000, a day
    var every = Cadence.daily
  }

  private static let paths: [Path] = [
    Path(
      symbol: "BTC", currency: "EUR", places: 2,
      points: [3_150_000, 2_020_000, 1_640_000, 2_550_000, 3_900_000, 5_850_000, 6_120_000, 8_840_000, 9_460_000, 8_710_000], wobble: 190),
    Path(
      symbol: "ETH", currency: "EUR", places: 2,
      points: [212_000, 121_000, 112_000, 171_000, 214_000, 301_000, 244_000, 312_000, 263_000, 338_000], wobble: 230),
    Path(
      symbol: "HLX", currency: "EUR", places: 4, points: [38_000, 21_000, 17_500, 24_000, 61_000, 57_000, 44_000, 52_500, 68_000, 59_000],
      wobble: 300),
    Path(
      symbol: "NVA", currency: "USD", places: 4,
      points: [92_000, 55_000, 41_000, 67_000, 131_000, 98_000, 84_000, 143_000, 121_000, 117_500], wobble: 320),
    Path(
      symbol: "DRF", currency: "USD", places: 6, points: [81_000, 44_000, 52_000, 39_000, 61_000, 58_000, 47_000, 71_000, 66_000, 63_000],
      wobble: 380),
    Path(
      symbol: "TIDE", currency: "USD", places: 4,
      points: [310_000, 254_000, 231_000, 268_000, 402_000, 561_000, 534_000, 602_000, 655_000, 641_000], wobble: 180),
    Path(
      symbol: "VLT", currency: "USD", places: 4, points: [61_000, 38_000, 29_000, 35_000, 58_000, 73_000, 51_000, 49_000, 57_000, 53_500],
      wobble: 290),
    Path(
      symbol: "GRD", currency: "USD", places: 4, points: [9_000, 6_100, 5_200, 11_000, 26_000, 21_000, 18_500, 30_500, 27_000, 31_200],
      wobble: 330),
    Path(
      symbol: "QRY", currency: "USD", places: 4,
      points: [71_000, 66_000, 58_000, 74_000, 149_000, 127_000, 118_000, 161_000, 152_000, 148_000], wobble: 270),
    Path(
      symbol: "DMK", currency: "USD", places: 4, points: [10_000, 10_000, 9_996, 10_000, 10_001, 10_000, 10_000, 9_999, 10_000, 10_000],
      wobble: 2),
    Path(
      symbol: "GLB", currency: "EUR", places: 2, points: [7_120, 7_310, 7_590, 8_240, 8_870, 9_350, 9_910, 10_480, 10_120, 11_240],
      wobble: 60, every: .business),
    Path(
      symbol: "ALD", currency: "EUR", places: 2, points: [4_310, 4_120, 4_480, 4_730, 4_550, 4_910, 5_260, 5_080, 5_330, 5_470], wobble: 90,
      every: .business),
    Path(
      symbol: "BRK", currency: "USD", places: 2, points: [8_820, 7_610, 8_240, 10_150, 11_620, 13_480, 12_910, 15_240, 16_330, 15_870],
      wobble: 140, every: .business),
    Path(
      symbol: "CYG", currency: "CHF", places: 2, points: [9_240, 9_010, 8_760, 9_330, 9_120, 8_940, 8_210, 8_350, 8_620, 8_480], wobble: 80,
      every: .business),
    Path(
      symbol: "CYL", currency: "CHF", places: 2, points: [4_120, 4_120, 4_120, 4_120, 4_120, 4_120, 4_180, 4_510, 4_940, 5_260],
      wobble: 150, every: .business),
    Path(
      symbol: "HARB", currency: "USD", places: 4, points: [10_000, 10_000, 10_000, 10_000, 10_000, 10_020, 9_990, 9_910, 9_850, 9_800],
      wobble: 25),
    Path(
      symbol: "OAKM", currency: "EUR", places: 2, points: [1_000, 1_000, 1_004, 1_010, 1_016, 1_021, 1_019, 1_032, 1_041, 1_038],
      wobble: 30, every: .weekly),
    Path(
      symbol: "VENT", currency: "USD", places: 2, points: [1_000, 990, 960, 940, 970, 1_030, 1_080, 1_120, 1_090, 1_140], wobble: 110,
      every: .weekly),
    Path(
      symbol: "AURM", currency: "USD", places: 2, points: [5_910, 5_880, 6_240, 6_480, 6_650, 7_320, 8_190, 9_870, 10_850, 13_240],
      wobble: 55),
    Path(
      symbol: "CARB", currency: "EUR", places: 2, points: [2_100, 2_240, 2_510, 2_380, 2_270, 2_410, 2_690, 2_760, 2_840, 2_930],
      wobble: 120, every: .weekly),
    Path(
      symbol: "KEST", currency: "USD", places: 3, points: [2_000, 2_010, 2_050, 2_080, 2_140, 2_190, 2_170, 2_260, 2_310, 2_340],
      wobble: 70, every: .weekly),
    Path(
      symbol: "FIBR", currency: "EUR", places: 2, points: [500, 500, 503, 509, 512, 518, 524, 527, 533, 538], wobble: 40, every: .weekly),
  ]

  private static let rates: [Path] = [
    Path(
      symbol: "EUR", currency: "USD", places: 4, points: [10_480, 10_120, 10_690, 10_870, 10_760, 10_830, 10_950, 10_540, 11_420, 11_640],
      wobble: 35, every: .business),
    Path(
      symbol: "CHF", currency: "USD", places: 4, points: [10_210, 10_340, 10_760, 11_080, 11_390, 11_240, 11_610, 11_340, 12_180, 12_420],
      wobble: 35, every: .business),
  ]

  init(_ calendar: DemoCalendar) {
    self.calendar = calendar
    for (index, path) in (DemoMarket.rates + DemoMarket.paths).enumerated() {
      series[path.symbol] = walk(path, seed: UInt64(index + 1))
      publish(path, kind: index < DemoMarket.rates.count ? .fx : .close)
    }
    // The day a gift's giver bought it, long before the story: what it cost then is in euros.
    quotes.append(
      QuoteDraft(
        day: DemoMarket.giftDay(calendar), asset: AssetRef("EUR"), currency: AssetRef("USD"), price: decimal(11_104, 4), kind: .fx))
    for nav in DemoNav.all(calendar) { quotes.append(nav) }
  }

  /// The price of a day in hundred-millionths of its currency, as it is published.
  func price(_ symbol: String, _ day: Day) -> Int {
    guard let prices = series[symbol] else { return 100_000_000 }
    return prices[min(max(day - calendar.start, 0), prices.count - 1)]
  }

  private func walk(_ path: Path, seed: UInt64) -> [Int] {
    var dice = DemoDice(seed: seed)
    let unit = DemoMarket.powers[8 - path.places]
    let span = max(calendar.length - 1, 1)
    let stretches = path.points.count - 1
    var prices: [Int] = []
    prices.reserveCapacity(calendar.length)
    var noise = 0  // of 1,000,000
    for index in 0..<calendar.length {
      let at = index * stretches
      let stretch = min(at / span, stretches - 1)
      let (from, to) = (path.points[stretch], path.points[stretch + 1])
      let middle = from * 1_000_000 + (to - from) * 1_000_000 / span * (at - stretch * span)
      noise = noise * 96 / 100 + dice.step(path.wobble * 100)
      // The last day is where the path ends.
      let around = index == calendar.length - 1 ? 0 : noise
      let price = (middle / 1000 * (1_000_000 + around) / 1_000_000 + 500) / 1000
      prices.append(max(price, 1) * unit)
    }
    return prices
  }

  private static let powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]

  private mutating func publish(_ path: Path, kind: QuoteDraft.Kind) {
    guard let prices = series[path.symbol] else { return }
    let asset = AssetRef(path.symbol)
    let currency = AssetRef(path.currency)
    let split = calendar.day(DemoMarket.splitMonth, 1)
    let first = firstDay(path.symbol)
    for (index, price) in prices.enumerated() {
      let day = calendar.start + index
      let isLast = index == prices.count - 1
      switch path.every {
      // The first money comes on the first day, whatever weekday that is.
      case .business where day.weekday > 5 && !(kind == .fx && index == 0): continue
      case .weekly where day.weekday != 5 && !isLast: continue
      default: break
      }
      if day < first { continue }
      let quoted = path.symbol == "BRK" && day < split ? price * 3 : price
      quotes.append(QuoteDraft(day: day, asset: asset, currency: currency, price: exact(quoted), kind: kind))
    }
  }

  /// Tokens are quoted from the month they are issued.
  private func firstDay(_ symbol: String) -> Day {
    switch symbol {
    case "HARB": calendar.day(24, 1)
    case "CYL": calendar.day(DemoMarket.spinoffMonth, 12)
    case "OAKM", "KEST", "FIBR": calendar.day(10, 1)
    case "VENT", "CARB": calendar.day(6, 1)
    default: calendar.start
    }
  }
}
