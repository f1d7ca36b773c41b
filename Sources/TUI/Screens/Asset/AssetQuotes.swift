import Engine
import Ledger

/// The prices, NAVs and exchange rates of an asset as one list, newest first, as quoted. Only the rows that are asked for are made.
struct AssetQuotes {
  private let series: [(kind: QuoteDraft.Kind, quotes: QuoteSeries)]
  private let order: [(series: Int, position: Int)]

  init(of asset: AssetID, in book: Book) {
    let all: [(QuoteDraft.Kind, QuoteSeries?)] = [
      (.nav, book.quotes.nav[asset]), (.close, book.quotes.market[asset]), (.fx, book.quotes.fx[asset]),
    ]
    let series = all.compactMap { kind, found in found.map { (kind: kind, quotes: $0) } }
    var left = series.map(\.quotes.count)
    var order: [(Int, Int)] = []
    order.reserveCapacity(left.reduce(0, +))
    while true {
      var latest: Int?
      for (index, entry) in series.enumerated() where left[index] > 0 {
        if let best = latest, series[best].quotes.days[left[best] - 1] >= entry.quotes.days[left[index] - 1] { continue }
        latest = index
      }
      guard let latest else { break }
      left[latest] -= 1
      order.append((latest, left[latest]))
    }
    self.series = series
    self.order = order
  }

  /// How many there are.
  var count: Int { order.count }

  /// How many quotes an asset has.
  static func count(of asset: AssetID, in book: Book) -> Int {
    (book.quotes.nav[asset]?.count ?? 0) + (book.quotes.market[asset]?.count ?? 0) + (book.quotes.fx[asset]?.count ?? 0)
  }

  /// The quote at a place.
  subscript(place: Int) -> (kind: QuoteDraft.Kind, quote: Quote) {
    let (index, position) = order[place]
    return (series[index].kind, series[index].quotes[position])
  }
}
