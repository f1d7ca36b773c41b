public import Amounts
public import Ledger

/// One unit of an asset held over the days of a performance, beside which it can be seen.
///
/// The asset counts at its own mode, converted at each day's rate; a unit goes through its splits. What it pays out does not count.
public struct Benchmark: Sendable {
  /// The asset.
  public let asset: AssetID
  /// How it did over the same days, counted in the same way; unknown when it has no price at the start.
  public let performance: Figure<Performance>
  /// Its index by day of the performance, 1 at the start or at its first price; nil before that.
  public let index: [Double?]
  /// The performance's time-weighted return less the benchmark's.
  public let excess: Figure<Double>

  /// A benchmark for a performance.
  public init(_ book: Book, _ asset: AssetID, beside whole: Performance) {
    self.asset = asset
    guard let first = whole.days.first?.day, let last = whole.days.last?.day, let found = book.assets[asset] else {
      performance = .unknown(.nothing)
      index = []
      excess = .unknown(.nothing)
      return
    }
    let start = first - 1
    var list = QuantitySteps.List()
    list.append(start.ordinal, .one)
    var units = Decimal.one
    for split in book.quotes.splits[asset] ?? [] where split.day > start && split.day <= last {
      units = (try? units.share(Decimal(Int(split.ratio.new)), of: Decimal(Int(split.ratio.old)))) ?? units
      list.append(split.day.ordinal, units)
    }
    let prices = UnitPrices(book, trades: [:])
    let rates = RateTable(
      book.quotes, base: book.settings.base, currencies: ValueWalk.currencies(of: found, prices).sorted().map { Currency(id: $0) },
      from: start, to: last)
    let column = ValueWalk(found, prices, list).column(from: start, count: last - start + 1, rates)
    var before = column.values[0]
    var points = [HistoryPoint(day: start, value: before, unpriced: 0)]
    var index: [Double?] = []
    var level = 1.0
    for offset in 1..<column.values.count {
      // A day without a rate or a price repeats the one before: a gap is no fall.
      let value = column.states[offset] == .unknown ? before : column.values[offset]
      if before.isPositive, let change = try? value.subtracting(before) { level *= 1 + change.approximate / before.approximate }
      index.append(value.isPositive ? level : nil)
      points.append(HistoryPoint(day: start + offset, value: value, unpriced: 0))
      before = value
    }
    self.index = index
    var question = whole.question
    question.from = first
    question.wantsXIRR = false
    // On the first day of all nothing was there before, so a price of that day is soon enough.
    let isThere = points[0].value.isPositive || whole.startValue.isZero && (index.first ?? nil) != nil
    let figures = Performance(question, points, .none)
    performance = isThere ? .known(figures) : .unknown(.noPrice)
    switch (performance, whole.twr) {
    case (.unknown(let why), _), (_, .unknown(let why)): excess = .unknown(why)
    case (.known(let own), .known(let twr)): excess = own.twr.value.map { .known(twr - $0) } ?? .unknown(own.twr.why ?? .nothing)
    }
  }
}
