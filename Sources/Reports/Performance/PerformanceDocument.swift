import Amounts
public import Engine
import Ledger

extension PerformanceReport {
  /// The report as plain data: the days as rows, or the parts when it was cut.
  public func document(by dimension: Breakdown.Dimension? = nil) -> Document {
    let question = performance.question
    let facts = span + money + returns + risk + fall + beside + calendar + quality
    if let dimension, let cut = breakdowns.first(where: { $0.dimension == dimension }) {
      return Document(
        "performance", asOf: question.to, currency: currency, rows: cut.rows, excluded: excluded,
        facts: facts + [.init("by", .text(dimension.rawValue))])
    }
    guard let index = benchmark?.figures.index else {
      return Document(
        "performance", asOf: question.to, currency: currency, rows: performance.days.map { PerformanceRow(day: $0) }, excluded: excluded,
        facts: facts)
    }
    let rows = zip(performance.days, index).map { BenchmarkedRow(row: PerformanceRow(day: $0), index: $1) }
    return Document("performance", asOf: question.to, currency: currency, rows: rows, excluded: excluded, facts: facts)
  }

  /// The figures for people: percent, reasons in words, no days.
  public var summary: Document {
    func shown(_ field: Cell.Field) -> Cell.Field {
      switch field.cell {
      case .statistic(let value):
        let isRatio = ["sharpe", "sortino", "calmar"].contains(field.key)
        return .init(field.key, .text(isRatio ? PerformanceReport.plain(value) : PerformanceReport.percent(value)))
      case .decimal(let value): return .init(field.key, .text("\(NumberText.money(value)) \(currency)"))
      case .ratio(let value): return .init(field.key, .text(NumberText.percent(value)))
      case .unknown(let why?): return .init(field.key, .text("n/a because \(why.text)"))
      case .unknownBecause(let words): return .init(field.key, .text("n/a because \(words)"))
      case .list(let cells):
        return .init(field.key, .list(cells.map { shown(.init(field.key, $0)).cell }))
      default: return field
      }
    }
    // The solutions of XIRR are worth a line when they are several: each is a year's rate.
    let facts = (span + money + returns + risk + fall + beside + quality).filter {
      $0.key != "xirrRoots" || performance.xirrRoots.count > 1
    }
    var document = Document("performance", asOf: performance.question.to, currency: currency, facts: facts.map(shown))
    document.excluded = excluded
    return document
  }

  /// The parts for people: the sums of money below them.
  public func breakdownForPeople(by dimension: Breakdown.Dimension?) -> Document {
    var document = document(by: dimension)
    let place = document.columns.firstIndex { $0.key == "contributionRatio" } ?? 0
    let rows = document.rows
    document.rows = LazyRows(count: rows.count) { row in
      var cells = rows[row]
      for column in place..<cells.count {
        if case .statistic(let value) = cells[column] { cells[column] = .text(PerformanceReport.percent(value)) }
      }
      return cells
    }
    document.facts = []
    document.totals = money + [.init("twr", summary.facts.first { $0.key == "twr" }?.cell ?? .none)]
    return document
  }

  /// Years by months for people; empty without a day.
  public var monthTable: Document {
    Document("performance", asOf: performance.question.to, currency: currency, rows: YearRow.rows(self))
  }

  // MARK: Groups of facts

  private static func cell(_ figure: Figure<Double>) -> Cell {
    switch figure {
    case .known(let value): .statistic(value)
    case .unknown(let why): .unknown(why)
    }
  }

  private var span: [Cell.Field] {
    [.init("from", Cell(performance.days.first?.day)), .init("to", .day(performance.question.to))]
  }

  private var money: [Cell.Field] {
    [
      .init("startValue", .decimal(performance.startValue)), .init("endValue", .decimal(performance.endValue)),
      .init("netFlows", .decimal(performance.netFlows)), .init("gain", .decimal(performance.gain)),
    ]
  }

  private var returns: [Cell.Field] {
    [
      .init("twr", PerformanceReport.cell(performance.twr)), .init("twrAnnual", PerformanceReport.cell(performance.twrAnnual)),
      .init("xirr", PerformanceReport.cell(performance.xirr)), .init("xirrRoots", .list(performance.xirrRoots.map { .statistic($0) })),
    ]
  }

  private var risk: [Cell.Field] {
    [
      .init("volatility", PerformanceReport.cell(performance.volatility)),
      .init("downsideDeviation", PerformanceReport.cell(performance.downsideDeviation)),
      .init("sharpe", PerformanceReport.cell(performance.sharpe)),
      .init("sortino", PerformanceReport.cell(performance.sortino)), .init("calmar", PerformanceReport.cell(performance.calmar)),
    ]
  }

  private var fall: [Cell.Field] {
    let fall = performance.drawdown
    let none = Cell.unknownBecause("never below its peak")
    let last = performance.days.last?.day ?? performance.question.to
    return [
      .init("drawdown", fall.map { .statistic($0.depth) } ?? .statistic(0)), .init("drawdownPeak", fall.map { .day($0.peak) } ?? none),
      .init("drawdownTrough", fall.map { .day($0.trough) } ?? none),
      .init("drawdownRecovered", fall.map { $0.recovered.map { .day($0) } ?? .unknownBecause("not yet") } ?? none),
      .init("drawdownDays", fall.map { .integer(($0.recovered ?? last) - $0.peak) } ?? none),
    ]
  }

  private var beside: [Cell.Field] {
    guard let (label, figures) = benchmark else { return [] }
    func cell(_ figure: (Performance) -> Figure<Double>) -> Cell {
      switch figures.performance {
      case .known(let found): PerformanceReport.cell(figure(found))
      case .unknown(let why): .unknown(why)
      }
    }
    return [
      .init("benchmark", .text(label.text)), .init("benchmarkTwr", cell(\.twr)), .init("benchmarkTwrAnnual", cell(\.twrAnnual)),
      .init("benchmarkVolatility", cell(\.volatility)), .init("benchmarkDrawdown", cell { .known($0.drawdown?.depth ?? 0) }),
      .init("excessReturn", PerformanceReport.cell(figures.excess)),
    ]
  }

  private var calendar: [Cell.Field] {
    func number(_ month: Int) -> String { month < 10 ? "0\(month)" : "\(month)" }
    return [
      .init(
        "months",
        .list(
          months.map { .object([.init("month", .text("\($0.year)-\(number($0.month))")), .init("return", .statistic($0.rate))]) })),
      .init("years", .list(years.map { .object([.init("year", .integer($0.year)), .init("return", .statistic($0.rate))]) })),
    ]
  }

  private var quality: [Cell.Field] {
    [
      .init("navShare", .ratio(navShare)), .init("unknownFlows", .integer(performance.unknownFlows)),
      .init("unpricedDays", .integer(performance.days.count { $0.unpriced > 0 })),
      .init("tradePricedDays", .integer(performance.days.count { $0.atTrade > 0 })), .init("warnings", .list(warnings.map { .text($0) })),
    ]
  }

  // MARK: Numbers for people

  /// A fraction as percent, two places.
  static func percent(_ value: Double) -> String { plain(value * 100) + " %" }

  /// A statistic with two places.
  static func plain(_ value: Double) -> String {
    let scaled = (value * 1e6).rounded()
    guard scaled.magnitude < 1e18, let whole = Int128(exactly: scaled) else { return Statistic.text(value) }
    return NumberText.grouped(Decimal(mantissa: whole, scale: 6).text(places: 2))
  }
}

/// A day beside the benchmark's index.
struct BenchmarkedRow: ReportRow {
  let row: PerformanceRow
  let index: Double?

  static let columns = PerformanceRow.columns + [Column("benchmark", "Benchmark", .ratio)]
  var cells: [Cell] { row.cells + [index.map { .statistic($0) } ?? .unknown(.noPrice)] }
}

/// A year's months and the whole year.
struct YearRow: ReportRow {
  let year: Int
  let months: [Cell]
  let whole: Cell

  static let columns =
    [Column("year", "Year", .integer)]
    + ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map {
      Column($0.lowercased(), $0, .ratio)
    } + [Column("total", "Total", .ratio)]

  var cells: [Cell] { [.integer(year)] + months + [whole] }

  static func rows(_ report: PerformanceReport) -> [YearRow] {
    func cell(_ rate: Double) -> Cell { .text(PerformanceReport.percent(rate)) }
    return report.years.map { year in
      var months = [Cell](repeating: .none, count: 12)
      for month in report.months where month.year == year.year { months[month.month - 1] = cell(month.rate) }
      return YearRow(year: year.year, months: months, whole: cell(year.rate))
    }
  }
}
