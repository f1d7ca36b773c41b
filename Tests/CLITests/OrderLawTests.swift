import Amounts
import CLI
import TestSupport
import Testing

/// What a book says does not depend on how it came to be: in which order files were imported, in how many parts, on how many threads
/// it is computed, or whether it was written out and read again.
struct OrderLawTests {
  private static let verbs = AsOfLawTests.verbs.filter { !$0.hasPrefix("explain") && $0 != "overview" }

  /// The answers of all verbs.
  private func reports(_ rig: Rig) -> [(verb: String, text: String)] {
    OrderLawTests.verbs.map { verb in
      let answer = rig.run("\(verb) --format json")
      return (verb, "\(answer.code.rawValue) \(answer.errors)\(answer.output)")
    }
  }

  private func compare(_ one: [(verb: String, text: String)], _ other: [(verb: String, text: String)]) throws {
    for (one, other) in zip(one, other) {
      try law(one.text == other.text, "\(one.verb):\n\(firstDifference(one.text, other.text))")
    }
  }

  /// The same without what numbers the records: ids of events, batches, lines. Rows that only such a number orders are sorted.
  private func withoutIDs(_ reports: [(verb: String, text: String)]) -> [(verb: String, text: String)] {
    let keys = ["event", "id", "batch", "source", "line", "lines", "lot", "sourceWhy", "lineWhy"].map { "\"\($0)\":" }
    return reports.map { verb, text in
      var clean = ""
      for line in text.split(separator: "\n") {
        // A value of these keys holds neither comma nor brace, but for the list of lines.
        var parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        parts.removeAll { part in
          keys.contains { part.hasPrefix($0) || part.hasPrefix("{" + $0) } || part.allSatisfy { $0.isNumber || $0 == "]" }
        }
        clean += parts.joined(separator: ",").withoutNumbers + "\n"
      }
      return (verb, clean.split(separator: "\n").sorted().joined(separator: "\n"))
    }
  }

  @Test func filesMayComeInAnyOrderAndInAnyParts() throws {
    try withSeeds(10) { random in
      let world = RandomRows(&random, events: random.int(8...50))
      let (whole, parted) = (Rig("order"), Rig("order"))
      try whole.takeWorld()
      try whole.take(RandomRows.file(world.prices), RandomRows.file(world.events))
      try parted.take(RandomRows.assets, RandomRows.accounts)
      var parts = [[RandomRows.Row]](repeating: [], count: random.int(1...5))
      for row in world.events { parts[random.int(0...(parts.count - 1))].append(row) }
      let half = random.int(0...(world.prices.count - 1))
      var files = parts.filter { !$0.isEmpty }.map { RandomRows.file($0) }
      files += [RandomRows.file(world.prices[half...]), RandomRows.distributions, RandomRows.restrictions, RandomRows.targets]
      if half > 0 { files.append(RandomRows.file(world.prices[..<half])) }
      for place in files.indices.reversed() { files.swapAt(place, random.int(0...place)) }
      for file in files { try parted.take(file) }
      try compare(withoutIDs(reports(whole)), withoutIDs(reports(parted)))
    }
  }

  @Test func partsInTheOrderOfTheWholeGiveItsVeryBytes() throws {
    try withSeeds(10) { random in
      let world = RandomRows(&random, events: random.int(8...50), crowded: true)
      let (whole, parted) = (Rig("parts"), Rig("parts"))
      for rig in [whole, parted] {
        try rig.takeWorld()
        try rig.take(RandomRows.file(world.prices))
      }
      try whole.take(RandomRows.file(world.events))
      let cut = random.int(1...(world.events.count - 1))
      try parted.take(RandomRows.file(world.events[..<cut]), RandomRows.file(world.events[cut...]))
      // Only the records themselves say which file they are from.
      func kept(_ rig: Rig) -> [(verb: String, text: String)] { reports(rig).filter { $0.verb != "events" } }
      try compare(kept(whole), kept(parted))
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    try withSeeds(4) { random in
      let world = RandomRows(&random, events: random.int(20...60), crowded: true)
      let rig = Rig("threads")
      try rig.takeWorld()
      try rig.take(RandomRows.file(world.prices), RandomRows.file(world.events))
      let alone = Crews.$size.withValue(1) { reports(rig) }
      for size in [2, 3, 9] { try compare(alone, Crews.$size.withValue(size) { reports(rig) }) }
    }
  }

  @Test func whatIsExportedAndImportedSaysTheSame() throws {
    try withSeeds(8) { random in
      let world = RandomRows(&random, events: random.int(8...50), crowded: random.int(0...1) == 0)
      let (first, second) = (Rig("export"), Rig("import"))
      try first.takeWorld()
      // In two parts the wrong way round, so that the order of recording is not that of time.
      let cut = random.int(1...(world.events.count - 1))
      try first.take(RandomRows.file(world.prices), RandomRows.file(world.events[cut...]), RandomRows.file(world.events[..<cut]))
      let folder = first.folder + "/out"
      #expect(first.run("export \(folder)").code == .ok)
      for file in ["assets", "accounts", "prices", "distributions", "restrictions", "targets", "events"] {
        let answer = second.run("import \(folder)/\(file).csv")
        try law(answer.code == .ok, "\(file): \(answer.errors)\(answer.output)")
      }
      try compare(withoutIDs(reports(first)), withoutIDs(reports(second)))
    }
  }
}

extension String {
  /// The text without the numbers of events in sentences: `buy, event 12`.
  fileprivate var withoutNumbers: String {
    var found = ""
    var rest = self[...]
    while let range = rest.firstRange(of: "event ") {
      found += rest[..<range.upperBound]
      rest = rest[range.upperBound...].drop { $0.isNumber }
    }
    return found + rest
  }
}
