public import Amounts
public import Engine
public import Ledger

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
      day.rate.map { .statistic($0) } ?? .unknown(.nothing),
    ]
  }
}

/// How the portfolio, or a part of it, did between two days.
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
  /// Cash that an account spent and never had.
  public struct Shortfall: Hashable, Sendable {
    /// The account's name.
    public var account: String
    /// The currency's code.
    public var currency: String
    /// How much at most, as money.
    public var amount: String
    /// The first day.
    public var since: Day
  }
  /// The base currency's code.
  public var currency: String
  /// The figures and days.
  public var performance: Performance
  /// Month by month, ascending.
  public var months: [Month]
  /// The part of the value that is on NAVs, whose smoothness makes risk look small; a fraction.
  public var navShare: Figure<Decimal>
  /// What it is seen beside; nil when nothing was asked for.
  public var benchmark: (label: AssetLabel, figures: Benchmark)?
  /// What the parts contributed, for each dimension asked for.
  public var breakdowns: [BreakdownReport] = []
  /// Assets whose worth is unknown on some days, which the figures leave out then.
  public var excluded: [Exclusion] = []
  /// Assets that count at their last trade on some days, for want of a quote.
  public var atTrade: [AssetLabel] = []

  /// Cash that was spent and never seen to arrive.
  public var shortfalls: [Shortfall] = []

  /// The part of the value beyond which NAVs are warned of.
  public static let tooMuchNav = Decimal(mantissa: 2, scale: 1)

  /// How a book did, and beside what.
  public init(_ book: Book, _ booking: Booking, _ question: Performance.Question, benchmark: AssetID? = nil) {
    let history = ValueHistory(book, upTo: question.to)
    self.init(book, booking, Performance(question, history.points, ExternalFlows(book, history)), history, benchmark: benchmark)
  }

  /// How some assets in some accounts did.
  public init(
    _ book: Book, _ booking: Booking, _ question: Performance.Question, of isInside: (AssetID, AccountID) -> Bool,
    benchmark: AssetID? = nil
  ) {
    var part = booking
    part.positions.removeAll { !isInside($0.asset, $0.account) }
    self.init(book, part, Performance(book, question, of: isInside), nil, benchmark: benchmark)
  }

  /// A performance that is there already, as a report.
  ///
  /// - Parameter history: what it was made from, which knows what is not at quotes.
  public init(_ book: Book, _ booking: Booking, _ performance: Performance, _ history: ValueHistory?, benchmark: AssetID? = nil) {
    self.performance = performance
    let names = Names(book)
    currency = names.currency(book.settings.base)
    months = PerformanceReport.months(of: performance.days)
    let holdings = HoldingsReport(book, booking, asOf: performance.question.to)
    var onNav = Decimal.zero
    for row in holdings.rows where row.mode == .nav { onNav = row.value.value.flatMap { try? onNav.adding($0) } ?? onNav }
    let total = holdings.totals.value
    navShare = total.isZero ? .unknown(.zeroBase) : Figure.known(onNav).map { (nav) throws(DecimalError) in try nav.divided(by: total) }
    self.benchmark = benchmark.map { (names.asset($0), Benchmark(book, $0, beside: performance)) }
    shortfalls = performance.shortfalls.map {
      Shortfall(
        account: names.account($0.account).text, currency: names.currency($0.currency), amount: NumberText.money($0.amount), since: $0.since
      )
    }
    guard let history else { return }
    let from = performance.days.first?.day ?? performance.question.to
    let to = performance.question.to
    func isQuoted(_ series: QuoteSeries?) -> Bool { series?.position(atOrBefore: to) != nil }
    excluded = history.unknown(from: from).map { asset in
      let hasPrice = isQuoted(book.quotes.market[asset]) || isQuoted(book.quotes.nav[asset]) || book.assets[asset]?.assetClass == .cash
      return Exclusion(asset: names.asset(asset), what: "return", why: hasPrice ? .noRateOrQuote : .noPrice)
    }
    atTrade = history.atTrade(from: from).map { names.asset($0) }
  }

  /// The returns of calendar months: their daily returns chained.
  public static func months(of days: [ReturnDay]) -> [Month] {
    var months: [Month] = []
    for day in days {
      let (year, month, _) = day.day.civil
      let rate = 1 + (day.rate ?? 0)
      if let last = months.last, last.year == year, last.month == month {
        months[months.count - 1].rate = (1 + last.rate) * rate - 1
      } else {
        months.append(Month(year: year, month: month, rate: rate - 1))
      }
    }
    return months
  }

  /// The returns of calendar years, ascending: their months chained.
  public var years: [(year: Int, rate: Double)] {
    var years: [(year: Int, rate: Double)] = []
    for month in months {
      if years.last?.year != month.year { years.append((month.year, 0)) }
      years[years.count - 1].rate = (1 + years[years.count - 1].rate) * (1 + month.rate) - 1
    }
    return years
  }

  /// What makes the figures less than they look, in words.
  public var warnings: [String] {
    var found: [String] = []
    let days = performance.days
    for short in shortfalls {
      found.append(
        performance.assumesOpenings
          ? "\(short.amount) \(short.currency) that \(short.account) never had since \(short.since) are taken as contributed: import the deposit"
          : "\(short.account) spent \(short.amount) \(short.currency) it never had since \(short.since): no return is told")
    }
    if let share = navShare.value, share > PerformanceReport.tooMuchNav {
      found.append("\(NumberText.percent(share)) of the value is on NAVs, which are smoothed: risk looks smaller than it is")
    }
    let unpriced = days.count { $0.unpriced > 0 }
    if unpriced > 0 {
      let names = excluded.isEmpty ? "holdings" : PerformanceReport.list(excluded.map(\.asset))
      found.append("\(names) without a known worth on \(PerformanceReport.count(unpriced)): left out, no return is told for it")
    }
    let atTrade = days.count { $0.atTrade > 0 }
    if atTrade > 0 {
      let names = self.atTrade.isEmpty ? "holdings" : PerformanceReport.list(self.atTrade)
      found.append("\(names) without a quote on \(PerformanceReport.count(atTrade)): at the price of the last purchase")
    }
    return found
  }

  private static func count(_ days: Int) -> String { days == 1 ? "1 day" : "\(NumberText.count(days)) days" }

  private static func list(_ labels: [AssetLabel]) -> String {
    let names = labels.map(\.text.plain)
    return names.count > 3 ? names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" : names.joined(separator: ", ")
  }
}
