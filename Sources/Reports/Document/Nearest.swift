/// Finds what somebody may have meant.
public enum Nearest {
  /// The name with the fewest edits, if they are few for its length.
  public static func name(to typed: String, among names: [String]) -> String? {
    let wanted = typed.lowercased()
    let prefixed = names.filter { $0.lowercased().hasPrefix(wanted) && wanted.count >= 2 }
    if prefixed.count == 1 { return prefixed[0] }
    let measured = names.map { (distance: distance(wanted, $0.lowercased()), name: $0) }
    guard let best = measured.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
    return best.distance <= max(1, min(wanted.count, best.name.count) / 3) ? best.name : nil
  }

  /// Up to five names that begin with what was typed or are few edits away, the nearest first.
  public static func names(to typed: String, among names: [String]) -> [String] {
    let wanted = typed.lowercased()
    var seen: Set<String> = []
    let close = names.compactMap { name -> (rank: Int, name: String)? in
      let small = name.lowercased()
      if !wanted.isEmpty, small.hasPrefix(wanted) { return (0, name) }
      let edits = distance(wanted, small)
      return edits <= max(1, max(wanted.count, small.count) / 3) ? (edits, name) : nil
    }
    return Array(close.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.name).filter { seen.insert($0).inserted }.prefix(5))
  }

  /// Edits between two words, where two swapped neighbours are one edit.
  public static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
