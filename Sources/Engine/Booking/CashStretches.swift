import Amounts
import Ledger

/// What an asset without lots did in one account during a stretch of events.
struct CashMove: Sendable {
  /// The asset's row x the number of accounts + the account; see ``CashBooker``.
  let place: Int
  /// Whether anything moved there, if only nothing.
  var isTouched = false
  /// What came less what went.
  var sum = Decimal.zero
  /// The lowest and the highest balance after an event, counted from the stretch's beginning.
  var low = Decimal.zero
  var high = Decimal.zero
  /// What the movements were worth in base when they happened.
  var worth = Decimal.zero
  /// Units that moved on days without a rate.
  var unrated = Decimal.zero
  /// Interest that arrived, net, in base.
  var income = Decimal.zero
  /// Interest whose value in base is not known.
  var unvalued = 0
  /// Charges that are in no income, in base, and how many are of unknown worth.
  var charges = Decimal.zero
  var unknownCharges = 0
  /// The first event after which the balance is below zero, and the balance then.
  var below: (event: Int, balance: Decimal)?
}

/// What cash did during some events that follow one another.
struct CashStretch: Sendable {
  /// By place.
  var moves: [CashMove] = []
  /// Interest, in the events' order.
  var receipts: [Receipt] = []
  /// Numbers that do not fit.
  var issues: [BookingIssue] = []
  /// Exchange rates that were asked for in vain.
  var gaps = RateGaps()
}

/// The events of a book cut into stretches, so that an edit makes only the cash of the stretch around it anew. Balances are sums, and
/// sums of sums.
struct CashStretches: Sendable {
  /// How many events each has, void ones included.
  private var lengths: [Int]
  /// What is known of each; nil where it must be counted.
  private(set) var known: [CashStretch?]

  /// How many events a stretch has when it is cut.
  private let length: Int

  /// Long enough that there are few, short enough that one is counted in no time.
  static let usualLength = 4096

  /// Stretches of a number of events, none of which is counted yet.
  init(events count: Int, length: Int = usualLength) {
    self.length = length
    lengths = Array(repeating: length, count: count / length)
    if count % length > 0 || count == 0 { lengths.append(count % length) }
    known = Array(repeating: nil, count: lengths.count)
  }

  /// The stretches that must be counted.
  var stale: [Int] { known.indices.filter { known[$0] == nil } }

  /// The positions of each stretch's events.
  var ranges: [Range<Int>] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }

  /// Follows an event that was put into the table at a position.
  mutating func insert(at index: Int) {
    let place = place(of: index)
    lengths[place] += 1
    known[place] = nil
    if lengths[place] < 2 * length { return }
    lengths.insert(lengths[place] - length, at: place + 1)
    lengths[place] = length
    known.insert(nil, at: place + 1)
  }

  /// Follows an event that left the table at a position.
  mutating func remove(at index: Int) {
    let place = place(of: index)
    lengths[place] -= 1
    known[place] = nil
  }

  /// Says that the events at some positions, ascending, have to be counted anew.
  mutating func touch(_ positions: some Sequence<Int>) {
    let ranges = ranges
    var place = 0
    for position in positions {
      while place < ranges.count, ranges[place].upperBound <= position { place += 1 }
      if place < ranges.count { known[place] = nil }
    }
  }

  /// Says that everything has to be counted anew.
  mutating func touchAll() { known = Array(repeating: nil, count: lengths.count) }

  /// Takes in what a stretch was counted as.
  mutating func set(_ stretch: CashStretch, at place: Int) { known[place] = stretch }

  /// The stretch of the event at a position; the last one for a position behind all.
  private func place(of index: Int) -> Int {
    var start = 0
    for (place, length) in lengths.enumerated() {
      start += length
      if index < start { return place }
    }
    return lengths.count - 1
  }
}
