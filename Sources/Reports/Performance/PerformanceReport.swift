public import Amounts
public import Engine
import Glibc
import Ledger

/// A day of the performance report.
public struct PerformanceRow: Hashable, ReportRow {
  /// The day with its value, flows and return.
  public var day: ReturnDay

  /// The columns, in the order of FORMATS 2.
  public static let columns = [
    Column("date", "Date", .day), Column("value", "Value", .money), Column("inflow", "In", .money), Column("outflow", "Out", .money),
    Column("return", "Return", .ratio),
  ]

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .day(day.day), .decimal(day.value), .decimal(day.inflow), .decimal(day.outflow),
      day.rate.map { .statistic($0) } ?? .unknown(.zeroBase),
    ]
  }
}

/// How the portfolio did between two days.
public struct PerformanceReport: Sendable {
  /// The return of a calendar month.
  public struct Month: Hashable, Sendable {
    /// The year.
    public var year: Int
    /// 1...12.
    public var month: Int
    /// The time-weighted return of the month's days that count.
    public var rate: Double
  }
  /// The base currency's code.
  public var currency: String
  /// The figures and days.
  public var performance: Performance
  /// Month by month, ascending.
  public var months: [Month]
  /// The part of the value that is on NAVs, whose smoothness makes risk look small; a fraction.
  public var navShare: Figure<Decimal>

  /// How a book did.
  public init(_ book: Book, _ booking: Booking, _ question: Performance.Question) {
    self.init(book, booking, Performance(book, question))
  }

  /// A performance that is there already, as a report.
  public init(_ book: Book, _ booking: Booking, _ performance: Performance) {
    self.performance = performance
    currency = Names(book).currency(book.settings.base)
    var months: [Month] = []
    for day in performance.days {
      let (year, month, _) = day.day.civil
      let rate = 1 + (day.rate ?? 0)
      if let last = months.last, last.year == year, last.month == month {
        months[months.count - 1].rate = (1 + last.rate) * rate - 1
      } else {
        months.append(Month(year: year, month: month, rate: rate - 1))
      }
    }
    self.months = months
    let holdings = HoldingsReport(book, booking, asOf: performance.question.to)
    var onNav = Decimal.zero
    for row in holdings.rows where row.mode == .nav { onNav = row.value.value.flatMap { try? onNav.adding($0) } ?? onNav }
    let total = holdings.totals.value
    navShare = total.isZero ? .unknown(.zeroBase) : Figure.known(onNav).map { (nav) throws(DecimalError) in try nav.divided(by: total) }
  }

  /// The report as plain data.
  public var document: Document {
    let found = performance
    func statistic(_ figure: Figure<Double>) -> Cell {
      switch figure {
      case .known(let value): .statistic(value)
      case .unknown(let why): .unknown(why)
      }
    }
    let fall = found.drawdown
    let noFall = Cell.unknownBecause("never below its peak")
    return Document(
      "performance", asOf: found.question.to, currency: currency, rows: found.days.map { PerformanceRow(day: $0) },
      facts: [
        .init("from", Cell(found.days.first?.day)), .init("to", .day(found.question.to)), .init("startValue", .decimal(found.startValue)),
        .init("endValue", .decimal(found.endValue)), .init("netFlows", .decimal(found.netFlows)), .init("gain", .decimal(found.gain)),
        .init("twr", statistic(found.twr)), .init("twrAnnual", statistic(found.twrAnnual)), .init("xirr", statistic(found.xirr)),
        .init("xirrRoots", .list(found.xirrRoots.map { .statistic($0) })), .init("volatility", statistic(found.volatility)),
        .init("sharpe", statistic(found.sharpe)), .init("sortino", statistic(found.sortino)), .init("calmar", statistic(found.calmar)),
        .init("drawdown", fall.map { .statistic($0.depth) } ?? .statistic(0)), .init("drawdownPeak", fall.map { .day($0.peak) } ?? noFall),
        .init("drawdownTrough", fall.map { .day($0.trough) } ?? noFall),
        .init("drawdownRecovered", fall.map { $0.recovered.map { .day($0) } ?? .unknownBecause("not yet") } ?? noFall),
        .init("drawdownDays", fall.map { .integer(($0.recovered ?? found.question.to) - $0.peak) } ?? noFall),
        .init("navShare", .ratio(navShare)), .init("unknownFlows", .integer(found.unknownFlows)),
        .init("unpricedDays", .integer(found.days.count { $0.unpriced > 0 })),
        .init("tradePricedDays", .integer(found.days.count { $0.atTrade > 0 })),
      ])
  }
}
