import Amounts
import Ledger

/// Receipts in the order of their events.
///
/// Each stays, packed, where its group of assets was booked, and what is put in order are places. A group that is
/// booked again brings its own receipts along, and the others stay where they are.
public struct Receipts: RandomAccessCollection, Hashable, Sendable {
  /// Where a receipt is.
  private struct Place {
    var part: Int32
    var index: Int32
  }
  private var parts: [ReceiptList]
  /// Empty while there is but one part, which is in its own order.
  private var order: [Place] = []

  /// Receipts that are in order.
  public init(_ receipts: [Receipt] = []) { self.init(ReceiptList(receipts)) }

  init(_ list: ReceiptList) { parts = list.count == 0 ? [] : [list] }

  /// The receipts of several parts, put in order by time, then event.
  init(merging all: [Receipts]) {
    parts = all.map { $0.parts.first ?? ReceiptList() }
    var times: [Int64] = []
    var places: [Place] = []
    times.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    places.reserveCapacity(times.capacity)
    for (part, list) in parts.enumerated() {
      for (index, row) in list.rows.enumerated() {
        times.append(row.time)
        places.append(Place(part: Int32(part), index: Int32(index)))
      }
    }
    let sorted = sortedByDigits(times)
    var order = sorted.map { places[Int($0)] }
    // Those of one instant by their events.
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, times[Int(sorted[end])] == times[Int(sorted[start])] { end += 1 }
      if end > start + 1 { order[start..<end].sort { key($0) < key($1) } }
      start = end
    }
    self.order = order
  }

  private func key(_ place: Place) -> (Int64, Int64, Int32, Int32) {
    let row = parts[Int(place.part)].rows[Int(place.index)]
    return (row.time, row.event, place.part, place.index)
  }

  /// The same receipts in one part.
  var flattened: Receipts { Receipts(Array(self)) }

  /// The same with other receipts in some of the parts.
  func replacing(_ changed: [Int: Receipts]) -> Receipts {
    var new = self
    for (part, receipts) in changed { new.parts[part] = receipts.parts.first ?? ReceiptList() }
    let fresh = Receipts(merging: changed.keys.sorted().map { changed[$0] ?? Receipts() })
    let numbers = changed.keys.sorted()
    let coming = fresh.order.map { Place(part: Int32(numbers[Int($0.part)]), index: $0.index) }
    var isOld = [Bool](repeating: false, count: parts.count)
    for part in numbers { isOld[part] = true }
    let kept = order.filter { !isOld[Int($0.part)] }
    var merged: [Place] = []
    merged.reserveCapacity(kept.count + coming.count)
    // Few come into many: each is searched for, so that those that stay are not looked at.
    var start = 0
    for place in coming {
      let own = new.key(place)
      var (low, high) = (start, kept.count)
      while low < high {
        let middle = (low + high) / 2
        if new.key(kept[middle]) < own { low = middle + 1 } else { high = middle }
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
  var byPart: [ReceiptList] { parts }

  /// Calls `body` with the number in its part of every receipt, in order.
  func forEachPlace(_ body: (_ place: Int, _ part: Int, _ index: Int) -> Void) {
    if order.isEmpty { return (0..<(parts.first?.count ?? 0)).forEach { body($0, 0, $0) } }
    for (place, found) in order.enumerated() { body(place, Int(found.part), Int(found.index)) }
  }

  /// Adds a receipt of an event that is later than all.
  public mutating func append(_ receipt: Receipt) {
    if parts.count > 1 || !order.isEmpty { self = Receipts(Array(self)) }
    if parts.isEmpty { parts.append(ReceiptList()) }
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

/// The places of numbers in ascending order; equal ones stay in theirs.
///
/// Counts digits of 11 bits from the last to the first: a million instants of ten years take five rounds.
private func sortedByDigits(_ numbers: [Int64]) -> [Int32] {
  var order = numbers.indices.map { Int32($0) }
  guard let least = numbers.min(), let most = numbers.max() else { return order }
  let range = UInt64(bitPattern: most &- least)
  var other = order
  var shift: UInt64 = 0
  while shift < 64, range >> shift > 0 {
    var starts = [Int](repeating: 0, count: 2049)
    func digit(_ place: Int32) -> Int { Int(UInt64(bitPattern: numbers[Int(place)] &- least) >> shift & 2047) }
    for place in order { starts[digit(place) + 1] += 1 }
    for value in 1..<2049 { starts[value] += starts[value - 1] }
    for place in order {
      let value = digit(place)
      other[starts[value]] = place
      starts[value] += 1
    }
    swap(&order, &other)
    shift += 11
  }
  return order
}
