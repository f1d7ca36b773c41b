import Amounts
import Engine
import Ledger

/// The order and the sums of all payments, without a row being made for each receipt: there may be a hundred thousand of them.
struct IncomeLines {
  /// Places of rows: payments of distributions as they are numbered, behind them the receipts that belong to none. By pay date (none
  /// last), asset, kind, event.
  private(set) var places: [Int32] = []
  private(set) var sums = IncomeReport.Sums()
  private(set) var overdue = 0
  private(set) var excluded: [Exclusion] = []

  /// What the order goes by.
  private struct Key {
    var pay: Int32
    var asset: Int32
    var kind: String
    var event: Int64
    var place: Int32

    static func precedes(_ a: Key, _ b: Key) -> Bool {
      if a.pay != b.pay { return a.pay < b.pay }
      if a.asset != b.asset { return a.asset < b.asset }
      if a.kind != b.kind { return a.kind < b.kind }
      return (a.event, a.place) < (b.event, b.place)
    }
  }

  init(_ booking: Booking, _ ledger: IncomeLedger, _ book: Book, _ names: Names, _ row: (Int) -> IncomeRow) {
    // The place of each label among all labels, so that text is compared once an asset and not once a receipt.
    var ranks: [AssetID: Int32] = [:]
    let labels = book.assets.keys.map { (id: $0, text: names.asset($0).text) }
      .sorted { $0.text == $1.text ? $0.id < $1.id : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    for (rank, label) in labels.enumerated() { ranks[label.id] = Int32(rank) }
    var without: [AssetID: Why] = [:]
    var declared: [Key] = []
    for (place, payment) in ledger.payments.enumerated() {
      let row = row(place)
      if row.status == .overdue { overdue += 1 }
      if row.status.isReceived, !row.isReturnOfCapital, let why = sums.add(row), without[row.asset.id] == nil {
        without[row.asset.id] = why
      }
      declared.append(
        Key(
          pay: row.pay?.ordinal ?? .max, asset: ranks[payment.distribution.asset] ?? .max, kind: row.kind, event: row.event?.raw ?? .max,
          place: Int32(place)))
    }
    declared.sort(by: Key.precedes)
    sums.add(ledger.otherSums)
    without.merge(ledger.otherSums.without) { first, _ in first }
    let others = ledger.others(ranked: ranks)
    let zone = book.settings.zone
    func key(_ place: Int32) -> Key {
      let receipt = booking.receipts[Int(place)]
      return Key(
        pay: zone.day(of: receipt.time).ordinal, asset: ranks[receipt.asset] ?? .max, kind: receipt.incomeKind, event: receipt.event.raw,
        place: Int32(ledger.payments.count) + place)
    }
    places.reserveCapacity(declared.count + others.count)
    var start = 0
    for own in declared {
      var (low, high) = (start, others.count)
      while low < high {
        let middle = (low + high) / 2
        if Key.precedes(key(others[middle]), own) { low = middle + 1 } else { high = middle }
      }
      for other in others[start..<low] { places.append(Int32(ledger.payments.count) + other) }
      places.append(own.place)
      start = low
    }
    for other in others[start...] { places.append(Int32(ledger.payments.count) + other) }
    excluded = without.map { Exclusion(asset: names.asset($0), what: "income", why: $1) }
      .sorted { AssetLabel.precedes($0.asset, $1.asset) }
  }
}
