import Amounts
import Ledger

/// Receipts in the order of their events.
///
/// A receipt is large, so each stays where its group of assets was booked, and what is put in order are places. A group that is
/// booked again brings its own receipts along, and the others stay where they are.
public struct Receipts: RandomAccessCollection, Hashable, Sendable {
  /// Where a receipt is.
  private struct Place {
    var part: Int32
    var index: Int32
  }
  private var parts: [[Receipt]]
  /// Empty while there is but one part, which is in its own order.
  private var order: [Place] = []

  /// Receipts that are in order.
  public init(_ receipts: [Receipt] = []) { parts = receipts.isEmpty ? [] : [receipts] }

  /// The receipts of several parts, put in order by time, then event.
  init(merging all: [Receipts]) {
    parts = all.map { $0.parts.first ?? [] }
    var keys: [(time: Int64, event: Int64, place: Place)] = []
    keys.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for (part, receipts) in parts.enumerated() {
      for index in receipts.indices {
        keys.append((receipts[index].time.microseconds, receipts[index].event.raw, Place(part: Int32(part), index: Int32(index))))
      }
    }
    keys.sort { a, b in
      if a.time != b.time { return a.time < b.time }
      if a.event != b.event { return a.event < b.event }
      return (a.place.part, a.place.index) < (b.place.part, b.place.index)
    }
    order = keys.map(\.place)
  }

  /// The same receipts in one part.
  var flattened: Receipts { Receipts(Array(self)) }

  /// The same with other receipts in some of the parts.
  func replacing(_ changed: [Int: Receipts]) -> Receipts {
    var new = self
    for (part, receipts) in changed { new.parts[part] = receipts.parts.first ?? [] }
    let fresh = Receipts(merging: changed.keys.sorted().map { changed[$0] ?? Receipts() })
    let numbers = changed.keys.sorted()
    let coming = fresh.order.map { Place(part: Int32(numbers[Int($0.part)]), index: $0.index) }
    var isOld = [Bool](repeating: false, count: parts.count)
    for part in numbers { isOld[part] = true }
    let kept = order.filter { !isOld[Int($0.part)] }
    var merged: [Place] = []
    merged.reserveCapacity(kept.count + coming.count)
    func key(_ place: Place) -> (Int64, Int64, Int32, Int32) {
      let receipt = new.parts[Int(place.part)]
      return (receipt[Int(place.index)].time.microseconds, receipt[Int(place.index)].event.raw, place.part, place.index)
    }
    // Few come into many: each is searched for, so that those that stay are not looked at.
    var start = 0
    for place in coming {
      let own = key(place)
      var (low, high) = (start, kept.count)
      while low < high {
        let middle = (low + high) / 2
        if key(kept[middle]) < own { low = middle + 1 } else { high = middle }
      }
      merged += kept[start..<low]
      merged.append(place)
      start = low
    }
    merged += kept[start...]
    new.order = merged
    return new
  }

  /// The receipts where they were booked, each part in its own order.
  var byPart: [[Receipt]] { parts }

  /// Calls `body` with the number in its part of every receipt, in order.
  func forEachPlace(_ body: (_ place: Int, _ part: Int, _ index: Int) -> Void) {
    if order.isEmpty { return (parts.first ?? []).indices.forEach { body($0, 0, $0) } }
    for (place, found) in order.enumerated() { body(place, Int(found.part), Int(found.index)) }
  }

  /// Adds a receipt of an event that is later than all.
  public mutating func append(_ receipt: Receipt) {
    if parts.count > 1 || !order.isEmpty { self = Receipts(Array(self)) }
    if parts.isEmpty { parts.append([]) }
    parts[0].append(receipt)
  }

  /// Takes receipts out.
  public mutating func removeAll(where isUnwanted: (Receipt) throws -> Bool) rethrows {
    self = Receipts(try filter { try !isUnwanted($0) })
  }

  /// The first place.
  public var startIndex: Int { 0 }
  /// One past the last place.
  public var endIndex: Int { order.isEmpty ? parts.first?.count ?? 0 : order.count }
  /// The receipt at a place.
  public subscript(place: Int) -> Receipt {
    if order.isEmpty { return parts[0][place] }
    let found = order[place]
    return parts[Int(found.part)][Int(found.index)]
  }

  /// Whether the same receipts come in the same order, whatever parts they are in.
  public static func == (a: Receipts, b: Receipts) -> Bool { a.elementsEqual(b) }
  /// Equal receipts hash alike.
  public func hash(into hasher: inout Hasher) { for receipt in self { hasher.combine(receipt) } }
}
