public import Amounts
public import Ledger

/// One side of a movement whose other side is not known: units that left to somewhere, or arrived from somewhere.
public struct TransferSide: Hashable, Sendable {
  /// The event.
  public let event: EventID
  /// Where it stands in the event table.
  public let position: Int
  /// Whether the units left.
  public let isOut: Bool
  /// What moved.
  public let asset: AssetID
  /// Where.
  public let account: AccountID
  /// Units that left, own fee included, or that arrived.
  public let units: Decimal
  /// When.
  public let time: Instant
  /// Whether the time is only a date.
  public let isDateOnly: Bool
  /// The transaction's hash, where the source tells it.
  public let hash: String?
  /// The fee in the same asset that the withdrawal states.
  let fee: Decimal
  /// The first and the last moment it may have been, in microseconds UTC: a date is a whole day, a time without seconds a minute.
  let span: ClosedRange<Int64>
}

/// A deposit that may be where a withdrawal arrived.
public struct TransferCandidate: Hashable, Sendable {
  /// What left.
  public let withdrawal: TransferSide
  /// What arrived.
  public let deposit: TransferSide
  /// Units that did not arrive: the network's fee.
  public let difference: Decimal
  /// How well it fits; higher is better.
  public let score: Int
  /// Why, in words, the strongest first.
  public let reasons: [String]
}

/// Finds the other sides of units that left or arrived without one.
///
/// A pair must be of one asset in two accounts, no more may arrive than left, at most a twentieth may be missing, and the arrival lies
/// between the withdrawal and seven days after it, each time read no finer than it is told (to the day, or to a whole minute).
/// Of one transaction hash the two are one transfer whatever their clocks say.
///
/// - Source: DESIGN 3.
public struct TransferMatcher: Sendable {
  /// Everything without another side, in time.
  public let sides: [TransferSide]
  private let byAsset: [AssetID: [Int]]

  /// The sides of a book up to a day.
  ///
  /// - Complexity: one pass over the events.
  public init(_ book: Book, asOf day: Day) {
    let events = book.events
    var sides: [TransferSide] = []
    // Most of them move money: what has no lots is passed by first.
    var hasLots = [Bool](repeating: false, count: Int(book.assets.keys.map(\.raw).max() ?? 0) + 1)
    for asset in book.assets.values { hasLots[Int(asset.id.raw)] = asset.hasLots }
    for index in events.positions(of: [.withdraw, .deposit], before: events.firstIndex(after: book.settings.zone.end(of: day))) {
      let asset = Int(events.assets[index])
      guard asset < hasLots.count, hasLots[asset], events.flags[index] & 3 == 0, events.accounts[index] != 0, events.toAccounts[index] == 0,
        let units = events.quantities[index], units.isPositive
      else { continue }
      let extra = events.extra(at: index)
      guard extra?.legs.isEmpty ?? true else { continue }
      let isOut = events.kind(at: index) == .withdraw
      let fee = isOut && events.feeAssets[index] == events.assets[index] ? events.fees[index] ?? .zero : .zero
      guard let all = try? units.adding(fee) else { continue }
      sides.append(
        TransferSide(
          event: EventID(events.ids[index]), position: index, isOut: isOut, asset: AssetID(events.assets[index]),
          account: AccountID(events.accounts[index]), units: all, time: Instant(microseconds: events.times[index]),
          isDateOnly: events.flags[index] & 4 != 0, hash: extra?.txHash, fee: fee,
          span: TransferMatcher.span(of: Instant(microseconds: events.times[index]), isDateOnly: events.flags[index] & 4 != 0, book)))
    }
    self.sides = sides
    byAsset = Dictionary(grouping: sides.indices) { sides[$0].asset }
  }

  private static func span(of time: Instant, isDateOnly: Bool, _ book: Book) -> ClosedRange<Int64> {
    if isDateOnly {
      let (zone, day) = (book.settings.zone, book.settings.zone.day(of: time))
      return zone.start(of: day).microseconds...max(zone.start(of: day).microseconds, zone.end(of: day).microseconds)
    }
    let start = time.microseconds
    return start...(start % 60_000_000 == 0 ? start + 59_999_999 : start)
  }

  /// The other sides that may belong to one, best first.
  public func candidates(for side: TransferSide) -> [TransferCandidate] {
    (byAsset[side.asset] ?? []).compactMap { place in
      let other = sides[place]
      if other.isOut == side.isOut || other.account == side.account { return nil }
      return side.isOut ? TransferMatcher.fit(side, other) : TransferMatcher.fit(other, side)
    }.sorted { a, b in
      if a.score != b.score { return a.score > b.score }
      let (x, y) = (TransferMatcher.distance(a), TransferMatcher.distance(b))
      if x != y { return x < y }
      return (a.withdrawal.event, a.deposit.event) < (b.withdrawal.event, b.deposit.event)
    }
  }

  /// Pairs that leave no doubt: each side has no other candidate, and they share a hash, or the amount (less the stated fee) within a day.
  public func certain() -> [TransferCandidate] {
    sides.filter(\.isOut).compactMap { side in
      let found = candidates(for: side)
      guard found.count == 1, candidates(for: found[0].deposit).count == 1, found[0].score >= TransferMatcher.certainScore else {
        return nil
      }
      return found[0]
    }
  }

  /// The amount (40) and a day (20), or the hash alone (100).
  private static let certainScore = 60

  private static func distance(_ candidate: TransferCandidate) -> Int64 {
    abs(candidate.deposit.time.microseconds - candidate.withdrawal.time.microseconds)
  }

  /// How well two sides fit; nil when they cannot be one transfer.
  static func fit(_ out: TransferSide, _ arrival: TransferSide) -> TransferCandidate? {
    guard let difference = try? out.units.subtracting(arrival.units), !difference.isNegative else { return nil }
    guard let share = try? difference.divided(by: out.units) else { return nil }
    let (left, arrived) = (plain(out.hash), plain(arrival.hash))
    let sameHash = left != nil && left == arrived
    if !sameHash && left != nil && arrived != nil { return nil }
    if !sameHash && share > Decimal(mantissa: 5, scale: 2) { return nil }
    let seconds = (arrival.time.microseconds - out.time.microseconds) / 1_000_000
    if !sameHash && (arrival.span.upperBound < out.span.lowerBound || seconds > 7 * 86_400) { return nil }
    var score = 0
    var reasons: [String] = []
    if sameHash {
      score += 100
      reasons.append("same transaction hash")
    }
    if difference.isZero {
      score += 40
      reasons.append("same amount")
    } else if difference == out.fee {
      score += 40
      reasons.append("the amount less its fee")
    } else {
      score += share <= Decimal(mantissa: 1, scale: 2) ? 20 : 5
      reasons.append("\(difference.normalized) less arrived, as after a network fee")
    }
    switch abs(seconds) {
    case ...3_600: score += 30
    case ...86_400: score += 20
    case ...259_200: score += 10
    default: score += 3
    }
    reasons.append(words(seconds, isDateOnly: out.isDateOnly || arrival.isDateOnly))
    return TransferCandidate(withdrawal: out, deposit: arrival, difference: difference, score: score, reasons: reasons)
  }

  /// A hash as all sources write it alike: small letters without 0x; nil where there is none.
  private static func plain(_ hash: String?) -> String? {
    guard let small = hash?.lowercased() else { return nil }
    let digits = small.hasPrefix("0x") ? String(small.dropFirst(2)) : small
    return digits.isEmpty ? nil : digits
  }

  private static func words(_ seconds: Int64, isDateOnly: Bool) -> String {
    let far = abs(seconds)
    if isDateOnly && far <= 86_400 { return "within a day" }
    let length =
      far < 60 ? "\(far) s" : far < 7_200 ? "\(far / 60) min" : far < 172_800 ? "\(far / 3_600) hours" : "\(far / 86_400) days"
    return seconds < 0 ? "arrived \(length) before" : "arrived \(length) later"
  }
}
