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
    let asset: Int32
    let kind: UInt8
    let isDateOnly: Bool
  }
  /// By time.
  private var entries: [Entry] = []
  /// Hashes of the exporters' ids with the places in `entries`, by hash: a million of them must fit into an import's memory.
  private var byID: [(hash: Int, place: Int32)] = []
  /// Whether some of them are told by their date alone.
  private let hasDates: Bool
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
      found.append(
        Entry(
          time: event.time, id: event.id.raw, external: event.externalID?.hashValue ?? 0, asset: event.asset.raw, kind: event.kind,
          isDateOnly: event.isDateOnly))
    }
    found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    entries = found
    hasDates = found.contains(where: \.isDateOnly)
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
    var equal: [Int: Int] = [:]
    let reach = hasDates || event.isDateOnly ? TwinIndex.day : TwinIndex.minute
    let first = entries.firstPlace { $0.time >= event.time.microseconds - reach }
    var candidates: [Event] = []
    for place in first..<entries.count {
      let entry = entries[place]
      if entry.time > event.time.microseconds + reach { break }
      // Few get past this: what is told by the second is looked for within a minute, only a date is looked for all day.
      guard entry.asset == event.asset.raw, entry.kind == event.kind.rawValue, !taken.contains(entry.id),
        entry.isDateOnly || event.isDateOnly || abs(entry.time - event.time.microseconds) <= TwinIndex.minute
      else { continue }
      guard let stored = try database.keptEvent(EventID(entry.id))?.event, stored.account == event.account else { continue }
      candidates.append(stored)
    }
    for stored in candidates {
      if TwinIndex.saysTheSame(stored, event), TwinIndex.isSameTime(stored, event) {
        equal[TwinIndex.hash(stored), default: 0] += 1
      } else if near == nil {
        let isSameMoment = stored.time == event.time && !event.isDateOnly && stored.quantity != event.quantity
        let isSameAmount = stored.quantity == event.quantity && abs(stored.time.microseconds - event.time.microseconds) < TwinIndex.minute
        if isSameMoment || isSameAmount { near = stored }
      }
    }
    // Of as many as are there, each belongs to one row of the file.
    for (hash, count) in equal.sorted(by: { $0.key < $1.key }) where count > matched[hash] ?? 0 {
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
    hasher.combine(event.time.microseconds)
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
