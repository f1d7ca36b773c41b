import Archive
import Importers

/// The rows that applied batches hold, as a multiset of 128-bit identities in 24 bytes each.
struct KnownRows {
  private var keys: [Fingerprint] = []  // open addressing; nothing is ever removed
  private var left: [Int32] = []  // copies not matched yet; 0 with a key means all are used up
  private var used: [Bool] = []
  private var mask = 0
  /// How many identities there are.
  private(set) var count = 0

  /// Loads the identities of all applied batches.
  init(_ database: Database) throws(ArchiveError) {
    var pending: [(Fingerprint, Int32)] = []
    try database.forEachIdentity { (high, low, n) in pending.append((Fingerprint(high: high, low: low), Int32(clamping: n))) }
    count = pending.count
    if pending.isEmpty { return }
    var size = 64
    while size < pending.count * 2 { size *= 2 }
    mask = size - 1
    keys = Array(repeating: Fingerprint(high: 0, low: 0), count: size)
    left = Array(repeating: 0, count: size)
    used = Array(repeating: false, count: size)
    for (key, n) in pending {
      let slot = slot(key)
      keys[slot] = key
      used[slot] = true
      left[slot] += n  // one row may be in several batches
    }
  }

  private func slot(_ key: Fingerprint) -> Int {
    var slot = Int(truncatingIfNeeded: key.low) & mask
    while used[slot] && keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  /// Whether a copy of the row is known that no row of this file was matched with yet; it is then used up.
  mutating func take(_ key: Fingerprint) -> Bool {
    if count == 0 { return false }
    let slot = slot(key)
    guard used[slot], left[slot] > 0 else { return false }
    left[slot] -= 1
    return true
  }
}
