import Amounts
import Ledger

/// In which units the quotes of a series are, through the splits of their asset.
///
/// A quote is in the units of its day. One that is adjusted is in those of the last adjusted quote's day: what came before a split was
/// divided by its ratio when the series was made, which is undone for days before that split.
struct QuoteUnits {
  private let splits: [QuoteBook.SplitPoint]
  /// The last day whose splits adjusted quotes know.
  private let horizon: Int32

  init(_ series: QuoteSeries, _ splits: [QuoteBook.SplitPoint]) {
    self.splits = splits
    let last = splits.isEmpty ? nil : series.adjusted.max()
    horizon = last.map { series.days[$0] } ?? .min
  }

  /// Whether every amount is in the units of every day.
  var isPlain: Bool { splits.isEmpty }

  /// A per-unit amount quoted on one day, in the units of another one not before it.
  func amount(_ amount: Decimal, quotedOn quoted: Day, isAdjusted: Bool, on day: Day) -> Decimal {
    var amount = amount
    for split in splits {
      let isNew = quoted >= split.day || isAdjusted && split.day.ordinal <= horizon
      let wantsNew = day >= split.day
      if isNew == wantsNew { continue }
      let (old, new) = (Decimal(Int(split.ratio.old)), Decimal(Int(split.ratio.new)))
      amount = (try? wantsNew ? amount.share(old, of: new) : amount.share(new, of: old)) ?? amount
    }
    return amount
  }
}
