public import Engine
import Amounts
import Ledger

/// Finds the events a filter lets through.
///
/// Names are matched once each, rows by their interned ids, a column at a time: a million events take milliseconds, not a second.
public struct EventFilter {
  private let filter: Filter
  private let book: Book
  private let labels: [AssetID: String]

  /// The fields a filter may name.
  public static let fields = [
    "account", "asset", "batch", "currency", "fee", "feeAsset", "from", "gross", "hash", "id", "kind", "line", "note", "price",
    "quantity", "status", "subtype", "tax", "time", "to",
  ]

  /// A filter over a book's events.
  public init(_ filter: Filter, _ book: Book) {
    self.filter = filter
    self.book = book
    labels = book.labels
  }

  /// Fields of the filter that events do not have.
  public var unknownFields: [String] { EventFilter.unknownFields(in: filter) }

  /// Fields of a filter that events do not have.
  public static func unknownFields(in filter: Filter) -> [String] {
    filter.terms.compactMap(\.field).filter { field($0) == nil }
  }

  /// The positions of matching events before `end`, ascending.
  public func positions(before end: Int) -> [Int32] {
    if filter.isEmpty { return Array(0..<Int32(end)) }
    var kept = [Bool](repeating: true, count: end)
    for term in filter.terms { narrow(&kept, term) }
    var positions: [Int32] = []
    positions.reserveCapacity(end / 8)
    kept.withUnsafeBufferPointer { kept in
      for index in 0..<end where kept[index] { positions.append(Int32(truncatingIfNeeded: index)) }
    }
    return positions
  }

  private static func field(_ typed: String) -> String? {
    let alias =
      ["type": "kind", "date": "time", "qty": "quantity", "symbol": "asset", "toaccount": "to", "amount": "gross"][typed] ?? typed
    if let exact = fields.first(where: { $0.lowercased() == alias }) { return exact }
    let candidates = fields.filter { $0.lowercased().hasPrefix(alias) }
    return candidates.count == 1 ? candidates[0] : nil
  }

  private func narrow(_ kept: inout [Bool], _ term: Filter.Term) {
    let events = book.events
    func by<Key: BinaryInteger & BitwiseCopyable & Sendable>(_ column: PlainColumn<Key>, _ table: [Bool]) {
      table.withUnsafeBufferPointer { table in
        kept.withUnsafeMutableBufferPointer { kept in
          column.forEachRun(before: kept.count) { start, run in
            for place in run.indices {
              let key = Int(truncatingIfNeeded: run[place])
              let hit = key < table.count && table[key]
              kept[start + place] = kept[start + place] && hit != term.isNegated
            }
          }
        }
      }
    }
    func each(_ test: (Int) -> Bool) {
      for index in kept.indices where kept[index] { kept[index] = test(index) != term.isNegated }
    }
    func any(_ text: String) -> Bool { term.patterns.contains { $0.holds(term.comparison, .text(text)) } }
    func numbers(_ value: (Int) -> Decimal?) {
      each { index in
        guard let value = value(index) else { return false }
        return term.patterns.contains { $0.numbers(term.comparison, value) }
      }
    }
    func whole<Key: FixedWidthInteger & BitwiseCopyable & Sendable>(_ column: FoldedColumn<Runs<Key>>) {
      each { index in term.patterns.contains { $0.numbers(term.comparison, Decimal(Int(column[index]))) } }
    }
    guard let typed = term.field else { return words(&kept, term) }
    switch EventFilter.field(typed) {
    case "asset"?: by(events.assets, assetTable(any))
    case "account"?:
      let table = accountTable(any)
      var hits = [Bool](repeating: false, count: kept.count)
      mark(&hits, events.accounts, table)
      mark(&hits, events.toAccounts, table)
      each { hits[$0] }
    case "from"?: by(events.accounts, accountTable(any))
    case "to"?: by(events.toAccounts, accountTable(any))
    case "kind"?: by(events.kinds, kindTable(any))
    case "currency"?: by(events.currencies, assetTable(any, symbolsOnly: true))
    case "feeAsset"?: by(events.feeAssets, assetTable(any, symbolsOnly: true))
    case "status"?: by(PlainColumn(events.flags.map { $0 & 3 }), EventStatus.allCases.map { any($0.code) })
    case "quantity"?: numbers { events.quantities[$0] }
    case "price"?: numbers { events.prices[$0] }
    case "gross"?: numbers { events.grosses[$0] }
    case "fee"?: numbers { events.fees[$0] }
    case "tax"?: numbers { events.taxes[$0] }
    case "line"?: whole(events.lines)
    case "batch"?: whole(events.batches)
    case "id"?: whole(events.ids)
    case "time"?: times(&kept, term)
    case "note"?: rows(&kept, term, ids { extra in extra.note.map(any) ?? false })
    case "subtype"?: rows(&kept, term, ids { extra in extra.subtype.map(any) ?? false })
    case "hash"?: rows(&kept, term, ids { extra in extra.txHash.map(any) ?? false })
    default: each { _ in term.isNegated }
    }
  }

  /// Free text: any name or remark of the event.
  private func words(_ kept: inout [Bool], _ term: Filter.Term) {
    func any(_ text: String) -> Bool { term.patterns.contains { $0.isIn(text) } }
    let (assets, symbols) = (assetTable(any), assetTable(any, symbolsOnly: true))
    let (accounts, kinds) = (accountTable(any), kindTable(any))
    let remarked = ids { extra in
      extra.note.map(any) ?? false || extra.subtype.map(any) ?? false || extra.txHash.map(any) ?? false
    }
    let events = book.events
    var hits = [Bool](repeating: false, count: kept.count)
    mark(&hits, events.assets, assets)
    mark(&hits, events.accounts, accounts)
    mark(&hits, events.toAccounts, accounts)
    mark(&hits, events.kinds, kinds)
    mark(&hits, events.currencies, symbols)
    mark(&hits, events.feeAssets, symbols)
    if !remarked.isEmpty {
      for index in hits.indices where !hits[index] { hits[index] = remarked.contains(events.ids[index]) }
    }
    hits.withUnsafeBufferPointer { hits in
      kept.withUnsafeMutableBufferPointer { kept in
        for index in kept.indices { kept[index] = kept[index] && hits[index] != term.isNegated }
      }
    }
  }

  /// Marks the rows whose id is marked in a table. A table without a mark costs nothing.
  private func mark<Key: BinaryInteger & BitwiseCopyable & Sendable>(_ hits: inout [Bool], _ column: PlainColumn<Key>, _ table: [Bool]) {
    if !table.contains(true) { return }
    table.withUnsafeBufferPointer { table in
      hits.withUnsafeMutableBufferPointer { hits in
        column.forEachRun(before: hits.count) { start, run in
          for place in run.indices {
            let key = Int(truncatingIfNeeded: run[place])
            if key < table.count && table[key] { hits[start + place] = true }
          }
        }
      }
    }
  }

  private func times(_ kept: inout [Bool], _ term: Filter.Term) {
    let zone = book.settings.zone
    let ranges: [ClosedRange<Int64>] = term.patterns.compactMap { pattern in
      guard let days = pattern.days else { return nil }
      let (first, last) = (zone.start(of: days.first).microseconds, zone.end(of: days.last).microseconds)
      switch term.comparison {
      case .contains, .equals: return first...last
      case .above: return (last + 1)...Int64.max
      case .atLeast: return first...Int64.max
      case .below: return Int64.min...(first - 1)
      case .atMost: return Int64.min...last
      }
    }
    let times = book.events.times
    for index in kept.indices where kept[index] {
      kept[index] = ranges.contains { $0.contains(times[index]) } != term.isNegated
    }
  }

  private func rows(_ kept: inout [Bool], _ term: Filter.Term, _ wanted: Set<Int64>) {
    let ids = book.events.ids
    for index in kept.indices where kept[index] { kept[index] = wanted.contains(ids[index]) != term.isNegated }
  }

  private func ids(where test: (EventExtra) -> Bool) -> Set<Int64> {
    var found: Set<Int64> = []
    book.events.extras.forEach { id, extra in if test(extra) { found.insert(id) } }
    return found
  }

  private func assetTable(_ any: (String) -> Bool, symbolsOnly: Bool = false) -> [Bool] {
    var table = [Bool](repeating: false, count: Int(book.assets.keys.map(\.raw).max() ?? 0) + 1)
    for asset in book.assets.values {
      let hit = any(labels[asset.id] ?? asset.symbol) || any(asset.symbol)
      table[Int(asset.id.raw)] = hit || (!symbolsOnly && (any(asset.name) || any(asset.assetClass.rawValue)))
    }
    return table
  }

  private func accountTable(_ any: (String) -> Bool) -> [Bool] {
    var table = [Bool](repeating: false, count: Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1)
    for account in book.accounts.values { table[Int(account.id.raw)] = any(account.name) || any(account.venue) }
    return table
  }

  private func kindTable(_ any: (String) -> Bool) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    for kind in EventKind.allCases { table[Int(kind.rawValue)] = any(kind.reportName) || any(kind.code.lowercased()) }
    return table
  }
}
