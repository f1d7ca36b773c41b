import Amounts
import Engine
import Ledger

/// Compares values, flows, returns and risk with the generator's `daily.csv` and `performance_usd`.
///
/// The generator counts from its first price on, Florin from the first event: the idle days before it are put in front, at no value, so
/// that means and deviations are over the same days.
///
/// - Source: DESIGN 7; `perf` of genportfolio.py, which counts all flows at the end or all at the start of a day.
enum BooksPerformance {
  /// Rates must agree to this.
  private static let tolerance = 1e-9

  /// A day of `daily.csv`.
  private struct Daily {
    let day: Day
    let value: Decimal
    let flow: Decimal
  }

  /// Compares and returns how many figures differ.
  ///
  /// - Parameter folder: where `daily.csv` is.
  static func compare(_ book: Book, _ expected: JSONValue, folder: String) throws(Failure) -> Int {
    guard let wanted = expected["performance_usd"] else {
      print("performance: no reference figures")
      return 0
    }
    let daily = try BooksPerformance.read(folder + "/daily.csv")
    guard let first = daily.first, let last = daily.last else { throw Failure(message: "\(folder)/daily.csv: no days") }
    let own = ValueHistory(book, upTo: last.day).points
    let idle = (own.first?.day ?? last.day) - first.day
    let points = (0..<max(0, idle)).map { HistoryPoint(day: first.day + $0, value: .zero, unpriced: 0) } + own
    let flows = ExternalFlows(book, upTo: last.day)
    var failures = compareDays(daily, points, flows)
    if flows.unknown > 0 {
      failures += 1
      print("performance: \(flows.unknown) flows have no worth")
    }
    for (name, timing) in [("end_of_day", FlowTiming.end), ("start_of_day", .start)] {
      var question = Performance.Question(from: first.day, to: last.day)
      question.timing = timing
      let found = Performance(question, points, flows)
      failures += compareRates(found, wanted[name], name)
      guard timing == .end else { continue }
      failures += check("xirr", found.xirr.value, wanted["xirr_act365_flows_on_their_day"])
    }
    return failures
  }

  /// Every day's value and net flow, which the generator rounds to eight places.
  private static func compareDays(_ daily: [Daily], _ points: [HistoryPoint], _ flows: ExternalFlows) -> Int {
    let flowsOfDays = flows.days
    let values = Dictionary(points.map { ($0.day, $0.value) }) { first, _ in first }
    let limit = Decimal(mantissa: 1, scale: 8)
    func isNear(_ a: Decimal, _ b: Decimal) -> Bool { (try? a.subtracting(b)).map { $0.magnitude <= limit } ?? false }
    var failures = 0
    for row in daily {
      let net = flowsOfDays[row.day].flatMap { try? $0.inflow.subtracting($0.outflow) } ?? .zero
      let value = values[row.day] ?? .zero
      if isNear(value, row.value), isNear(net, row.flow) { continue }
      failures += 1
      if failures <= 5 { print("performance \(row.day): expected \(row.value) and flow \(row.flow), got \(value) and \(net)") }
    }
    print("performance: \(daily.count) days compared, \(failures) differ")
    return failures
  }

  private static func compareRates(_ found: Performance, _ wanted: JSONValue?, _ name: String) -> Int {
    check("\(name) twr", found.twr.value, wanted?["twr_total"])
      + check("\(name) twrAnnual", found.twrAnnual.value, wanted?["twr_annual_365"])
      + check("\(name) drawdown", found.drawdown?.depth, wanted?["max_drawdown"])
      + check("\(name) volatility", found.volatility.value, wanted?["volatility_annual_sqrt365"])
      + check("\(name) sharpe", found.sharpe.value, wanted?["sharpe_rf0_sqrt365"])
  }

  /// Says how far a rate is off; 1 when it is too far, or missing on either side.
  private static func check(_ name: String, _ got: Double?, _ wanted: JSONValue?) -> Int {
    guard let got, let wanted = wanted?.scalar.flatMap({ Double($0) }) else {
      print("performance \(name): a figure is missing")
      return 1
    }
    let distance = abs(got - wanted)
    let isNear = distance <= tolerance
    print("performance \(name): \(got), off by \(distance)\(isNear ? "" : ", expected \(wanted)")")
    return isNear ? 0 : 1
  }

  /// Python writes a zero of eight places as `0E-8`.
  private static func amount(_ cell: Substring) -> Decimal? { cell == "0E-8" ? .zero : Decimal(cell) }

  private static func read(_ path: String) throws(Failure) -> [Daily] {
    var rows: [Daily] = []
    for line in String(decoding: try Files.bytes(path), as: UTF8.self).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      guard cells.count == 3, let day = Day(cells[0]), let value = amount(cells[1]), let flow = amount(cells[2])
      else { throw Failure(message: "\(path): cannot read \(line)") }
      rows.append(Daily(day: day, value: value, flow: flow))
    }
    return rows
  }
}
