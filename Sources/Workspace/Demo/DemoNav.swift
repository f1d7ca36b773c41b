import Amounts
import Ledger

/// The net asset values of the demo's security tokens and things: who appraised, how, and when it was published.
enum DemoNav {
  /// Every value published up to the last day.
  static func all(_ calendar: DemoCalendar) -> [QuoteDraft] {
    harborview(calendar)
      + values(
        "OAKM", "EUR", from: 9, every: 1, places: 4, [100_000, 100_600, 101_900, 103_100, 104_000, 104_800],
        .appraisal("Lindqvist Surveyors", 1_200_000, 250), calendar)
      + values(
        "SOLB", "USD", from: 14, every: 1, places: 2, [10_000, 10_010, 9_960, 10_030, 10_080, 10_110], .model("discounted cash flow"),
        calendar)
      + values(
        "VENT", "USD", from: 5, every: 3, places: 4, [100_000, 101_500, 104_800, 112_000, 121_500, 128_400],
        .audited("Ashgrove Auditors", 4_000_000), calendar)
      + values(
        "AURM", "USD", from: 0, every: 1, places: 4, [585_000, 617_000, 655_000, 790_000, 1_060_000, 1_289_000],
        .audited("Ashgrove Auditors", 2_500_000), calendar)
      + values(
        "CARB", "EUR", from: 6, every: 1, places: 4, [210_000, 231_000, 228_000, 247_000, 259_000, 268_000], .model("issuer estimate"),
        calendar)
      // The last appraisal of the painting is a year and a half old: a stale value on purpose.
      + values(
        "PICT", "USD", from: 12, to: 40, every: 6, places: 2, [2_500, 2_600, 2_750, 2_900], .appraisal("Corvine Fine Art", 20_000, 0),
        calendar)
      + values("TBIL", "USD", from: 17, every: 1, places: 4, [10_000, 10_000, 10_000], .audited("Ashgrove Auditors", 60_000_000), calendar)
      + values("ROBO", "USD", from: 47, every: 3, places: 2, [1_250, 1_250, 1_420], .model("last financing round"), calendar)
      + values(
        "KEST", "USD", from: 9, every: 1, places: 4, [20_000, 20_600, 21_100, 21_700, 22_300, 22_800], .model("discounted cash flow"),
        calendar)
      + values(
        "FIBR", "EUR", from: 9, every: 1, places: 4, [50_000, 50_900, 52_300, 54_100, 55_600, 56_900],
        .appraisal("Lindqvist Surveyors", 5_000_000, 300), calendar)
      + values("LIGHT42", "USD", from: 18, every: 3, places: 0, [2_400, 1_900, 2_100, 2_650], .model("floor price"), calendar)
      + values(
        "GOLDBAR", "EUR", from: 0, every: 1, places: 2, [560_000, 601_000, 655_000, 790_000, 960_000, 1_112_000], .model("dealer's price"),
        calendar)
  }

  /// What stands behind a series.
  private enum Backing {
    case appraisal(_ by: String, _ supply: Int, _ debtPermille: Int)
    case audited(_ by: String, _ supply: Int)
    case model(_ method: String)
  }

  /// Harborview Tower: 50,000,000 tokens of one dollar on a building of 50,000,000, appraised every quarter. The last two
  /// appraisals are 1.10.
  private static func harborview(_ calendar: DemoCalendar) -> [QuoteDraft] {
    let months = stride(from: 23, through: Demo.months, by: 3).filter { calendar.end(of: $0) + 20 <= calendar.today }
    return months.enumerated().map { index, month in
      let left = months.count - 1 - index
      let nav = left < 2 ? 11_000 : index < 3 ? 10_000 : 10_000 + (index - 2) * 80
      let day = calendar.end(of: month)
      var quote = QuoteDraft(day: day, asset: AssetRef("HARB"), currency: AssetRef("USD"), price: decimal(nav, 4), kind: .nav)
      quote.nav = facts(day, "appraisal", "Sterling Row Valuers", document: "HARB-\(day)", total: nav * 5000, supply: 50_000_000, debt: 0)
      quote.source = "Blockhaven"
      return quote
    }
  }

  private static func values(
    _ symbol: String, _ currency: String, from first: Int, to last: Int = Demo.months, every step: Int, places: UInt8, _ points: [Int],
    _ backing: Backing, _ calendar: DemoCalendar
  ) -> [QuoteDraft] {
    let months = stride(from: first, through: last, by: step).filter { calendar.end(of: $0) + 12 <= calendar.today }
    return months.enumerated().map { index, month in
      let at = index * (points.count - 1)
      let span = max(months.count - 1, 1)
      let stretch = min(at / span, points.count - 2)
      let value = points[stretch] + (points[stretch + 1] - points[stretch]) * (at - stretch * span) / span
      let day = calendar.end(of: month)
      var quote = QuoteDraft(day: day, asset: AssetRef(symbol), currency: AssetRef(currency), price: decimal(value, places), kind: .nav)
      quote.source = "Blockhaven"
      switch backing {
      case .model(let method):
        quote.nav = facts(day, method, nil, document: nil, total: nil, supply: nil, debt: nil)
      case .audited(let by, let supply):
        quote.nav = facts(day, "audited", by, document: "\(symbol)-\(day)", total: total(value, supply, places), supply: supply, debt: 0)
      case .appraisal(let by, let supply, let permille):
        let total = total(value, supply, places)
        let debt = permille == 0 ? 0 : total * permille / (1000 - permille)
        quote.nav = facts(day, "appraisal", by, document: "\(symbol)-\(day)", total: total, supply: supply, debt: debt)
      }
      return quote
    }
  }

  private static func total(_ value: Int, _ supply: Int, _ places: UInt8) -> Int {
    var total = value * supply
    for _ in 0..<places { total /= 10 }
    return total
  }

  private static func facts(
    _ day: Day, _ method: String, _ appraiser: String?, document: String?, total: Int?, supply: Int?, debt: Int?
  ) -> NavFacts {
    var facts = NavFacts()
    facts.method = method
    facts.appraiser = appraiser
    facts.document = document
    facts.published = day + (appraiser == nil ? 5 : 12)
    facts.totalNav = total.map { Decimal($0) }
    facts.supply = supply.map { Decimal($0) }
    facts.debt = debt.map { Decimal($0) }
    if let total, let debt { facts.underlyingValue = Decimal(total + debt) }
    return facts
  }
}
