import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// A stretch of time for which the cost of what was held is wanted.
public struct BasisQuery: Hashable, Sendable {
  var from: Day
  var to: Day
  /// One asset alone; nil is all.
  var asset: AssetID?
}

/// What was held had cost, at equal steps of a stretch of time.
public struct BasisAnswer: Sendable {
  let points: [CostPoint]

  /// More steps than a chart has dots say nothing more.
  private static let steps = 240

  init(_ query: BasisQuery, _ book: Book) {
    let span = max(1, query.to - query.from)
    let steps = min(span, BasisAnswer.steps)
    points = book.costBasis(on: (0...steps).map { query.from + span * $0 / steps }, of: query.asset.map { [$0] })
  }

  /// The cost in base at each step, for a chart; nil before there was any.
  var costs: [Double?] {
    guard let first = points.firstIndex(where: { $0.lots > 0 }) else { return points.map { _ in nil } }
    return points.enumerated().map { $0.offset < first ? nil : $0.element.costBase.approximate }
  }

  /// What a unit had cost on average at each step, where costs are in a currency; nil elsewhere.
  func unitCosts(in currency: Currency) -> [Double?] {
    points.map { point in
      guard point.units.isPositive, case .known(let cost) = point.cost, cost.currency == currency else { return nil }
      return (try? cost.amount.divided(by: point.units))?.approximate
    }
  }
}

/// A chart that can show what was paid.
enum CostChart {
  /// What one asset sells for: beside it the cost of a unit tells gain from loss, and is there unless the user hides it.
  case price
  /// What all is worth, cash included: the cost of the rest lies far below, and is there when the user asks for it.
  case worth
}

extension Shared {
  /// The cost over a stretch of time; nil until it is worked out.
  func basis(_ query: BasisQuery?) -> BasisAnswer? {
    guard let query, let found = answers[.basis], found.question == .basis(query), case .basis(let answer)? = found.answer else {
      return nil
    }
    return answer
  }

  /// The key of the line, with what it does, for the edge of a chart.
  func costHint(of chart: CostChart) -> String { showsCost(in: chart) ? "B hides cost" : "B shows cost" }

  /// Whether a chart shows what was paid.
  func showsCost(in chart: CostChart) -> Bool { wantsCost ?? (chart == .price) }
}

extension LineChart.Series {
  /// The line of what was paid.
  static func cost(_ name: String, _ values: [Double?]) -> LineChart.Series {
    LineChart.Series(name, values, role: .chartThird, isDotted: true)
  }
}

extension OverviewScreen {
  func questions(_ shared: Shared) -> [Question] { costQuery(shared).map { [.basis($0)] } ?? [] }

  /// The stretch of time of the chart; nil when it shows no cost.
  func costQuery(_ shared: Shared) -> BasisQuery? {
    guard shared.showsCost(in: .worth), let history = shared.snapshot?.overview.history else { return nil }
    let points = history.suffix(OverviewScreen.ranges[range].days ?? history.count)
    guard let first = points.first?.day, let last = points.last?.day, first < last else { return nil }
    return BasisQuery(from: first, to: last)
  }
}

extension AssetScreen {
  func questions(_ shared: Shared) -> [Question] { costQuery(shared).map { [.basis($0)] } ?? [] }

  /// The stretch of time of the chart; nil when it shows no cost.
  func costQuery(_ shared: Shared) -> BasisQuery? {
    guard shared.showsCost(in: .price), let report = report(shared), report.facts.hasLots,
      let first = [report.market, report.navs].compactMap(\.first?.day).min()
    else { return nil }
    let from = max(first, OverviewScreen.ranges[range].days.map { report.asOf - $0 } ?? first)
    return from < report.asOf ? BasisQuery(from: from, to: report.asOf, asset: asset) : nil
  }
}

extension PerformanceScreen {
  func questions(_ shared: Shared) -> [Question] { costQuery(shared).map { [.basis($0)] } ?? [] }

  /// The stretch of time of the chart of value; nil when it shows no cost.
  func costQuery(_ shared: Shared) -> BasisQuery? {
    guard showsValue, shared.showsCost(in: .worth), let days = shared.performance?.report?.performance.days, let first = days.first?.day,
      let last = days.last?.day, first < last
    else { return nil }
    return BasisQuery(from: first, to: last)
  }
}
