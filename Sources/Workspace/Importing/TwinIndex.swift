import Amounts
import Archive
import Ledger

/// Finds the event that an earlier import of the same family of formats made of the same row, however the row is printed now.
///
/// Where the format's ids are its own, the id says which event it is. Else it is what the row says: account, asset, kind, amounts and
/// time, where a time without seconds or a date alone says no more than it says. What is equal twice is there twice.
struct TwinIndex {
  /// What an event of a file is to those that are there.
  enum Relation {
    /// Nothing like it is there.
    case new
    /// It is there already.
    case same
    /// Its exporter's id is there with another content.
    case changed(Event, counts: Bool)
    /// Something like it is there: the same moment and asset with another amount, or the same amount on the same day.
    case near(Event)
  }

  private struct Entry {
    let time: Int64
    let id: Int64
    let external: Int
  }
  /// By time.
  private var entries: [Entry] = []
  /// Hashes of the exporters' ids with the places in `entries`, by hash: a million of them must fit into an import's memory.
  private var byID: [(hash: Int, place: Int32)] = []
  private let idsAreUnique: Bool
  /// Hashes of ids that the file has used.
  private var seenIDs: Set<Int> = []
  private var taken: Set<Int64> = []

  private static let day: Int64 = 86_400_000_000
  private static let minute: Int64 = 60_000_000
  /// An id that comes back this much later is another thing's.
  private static let idSpan = 3 * day

  /// Whether nothing was imported before.
  var isEmpty: Bool { entries.isEmpty }

  init(_ database: Database, family: String, idsAreUnique: Bool) throws(ArchiveError) {
    self.idsAreUnique = idsAreUnique
    var found: [Entry] = []
    try database.forEachImportedEvent(family: family) { event in
      found.append(Entry(time: event.time, id: event.id.raw, external: event.externalID?.hashValue ?? 0))
    }
    found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    entries = found
    if !idsAreUnique { return }
    for (place, entry) in found.enumerated() where entry.external != 0 { byID.append((entry.external, Int32(place))) }
    byID.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
  }

  /// What an event of the file, of which no row is known, is to those that are there.
  ///
  /// - Parameter matched: how many events of the file with the same content are known already, by the content's hash.
  mutating func relation(
    of event: Event, externalID: String?, matched: inout [Int: Int], _ database: Database
  ) throws(ArchiveError) -> Relation {
    if isEmpty { return .new }
    if idsAreUnique, let externalID, seenIDs.insert(externalID.hashValue).inserted {
      let hash = externalID.hashValue
      let first = byID.firstPlace { $0.hash >= hash }
      let places = byID[first...].prefix { $0.hash == hash }.map(\.place)
      if !places.isEmpty, let found = try byExternalID(places, event, database) { return found }
    }
    var near: Event?
    var equal = 0
    let first = entries.firstPlace { $0.time >= event.time.microseconds - TwinIndex.day }
    var candidates: [Event] = []
    for place in first..<entries.count {
      let entry = entries[place]
      if entry.time > event.time.microseconds + TwinIndex.day { break }
      guard !taken.contains(entry.id),
        TwinIndex.mayBeSame(entry.time, event) || entry.time / TwinIndex.day == event.time.microseconds / TwinIndex.day
      else { continue }
      guard let stored = try database.keptEvent(EventID(entry.id))?.event, stored.asset == event.asset, stored.account == event.account,
        stored.kind == event.kind
      else { continue }
      candidates.append(stored)
    }
    for stored in candidates {
      if TwinIndex.saysTheSame(stored, event), TwinIndex.isSameTime(stored, event) {
        equal += 1
      } else if near == nil {
        let isSameMoment = stored.time == event.time && !event.isDateOnly && stored.quantity != event.quantity
        let isSameAmount = stored.quantity == event.quantity && abs(stored.time.microseconds - event.time.microseconds) < TwinIndex.minute
        if isSameMoment || isSameAmount { near = stored }
      }
    }
    let hash = TwinIndex.hash(event)
    if equal > matched[hash] ?? 0 {
      matched[hash, default: 0] += 1
      return .same
    }
    return near.map { .near($0) } ?? .new
  }

  private mutating func byExternalID(_ places: [Int32], _ event: Event, _ database: Database) throws(ArchiveError) -> Relation? {
    var others: [(event: Event, counts: Bool)] = []
    for place in places {
      let entry = entries[Int(place)]
      guard !taken.contains(entry.id), abs(entry.time - event.time.microseconds) <= TwinIndex.idSpan,
        let stored = try database.keptEvent(EventID(entry.id)), stored.event.account == event.account || event.kind != stored.event.kind
      else { continue }
      if TwinIndex.saysTheSame(stored.event, event), TwinIndex.isSameTime(stored.event, event) {
        taken.insert(entry.id)
        return .same
      }
      if stored.event.asset == event.asset || stored.event.kind == event.kind { others.append(stored) }
    }
    guard let other = others.first(where: { $0.event.kind == event.kind }) ?? others.first else { return nil }
    taken.insert(other.event.id.raw)
    return .changed(other.event, counts: other.counts)
  }

  /// Whether two times can be the same moment, one of them printed shorter.
  private static func mayBeSame(_ time: Int64, _ event: Event) -> Bool { abs(time - event.time.microseconds) <= day }

  /// Whether one time says no more than the other: equal, without seconds, or a date alone.
  static func isSameTime(_ a: Event, _ b: Event) -> Bool {
    if a.time == b.time { return true }
    let (x, y) = (a.time.microseconds, b.time.microseconds)
    func floor(_ time: Int64, _ unit: Int64) -> Int64 { time - (time % unit + unit) % unit }
    if (x % minute == 0 || y % minute == 0) && floor(x, minute) == floor(y, minute) { return true }
    return (a.isDateOnly || b.isDateOnly) && floor(x, day) == floor(y, day)
  }

  /// Whether two events say the same in numbers and names; words beside them do not count.
  static func saysTheSame(_ a: Event, _ b: Event) -> Bool {
    guard a.kind == b.kind, a.asset == b.asset, a.account == b.account, a.toAccount == b.toAccount, a.quantity == b.quantity,
      a.fee ?? .zero == b.fee ?? .zero, a.tax ?? .zero == b.tax ?? .zero
    else { return false }
    if a.fee != nil, b.fee != nil, a.fee?.isZero == false, a.feeAsset != b.feeAsset { return false }
    let (x, y) = (a.extra ?? EventExtra(), b.extra ?? EventExtra())
    guard x.toAsset == y.toAsset, x.toQuantity == y.toQuantity, x.ratio == y.ratio, x.legs == y.legs else { return false }
    guard a.currency == b.currency else { return false }
    if a.gross != nil || b.gross != nil { return a.gross == b.gross }
    return a.price == b.price
  }

  /// What tells equal content at a glance.
  static func hash(_ event: Event) -> Int {
    var hasher = Hasher()
    hasher.combine(event.kind)
    hasher.combine(event.asset)
    hasher.combine(event.account)
    hasher.combine(event.quantity)
    hasher.combine(event.gross)
    hasher.combine(event.currency)
    hasher.combine(event.extra?.toQuantity)
    hasher.combine(event.time.microseconds / minute)
    return hasher.finalize()
  }
}

extension Array {
  /// The place of the first element that meets a condition all later ones meet too.
  fileprivate func firstPlace(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
