import Amounts
import Ledger

/// One of our events, ready to be compared.
struct Observation {
  /// The event.
  let event: EventDraft
  /// What it moves.
  let movements: [Movement]
  /// Ticker -> other names the event gives that asset.
  let names: [String: Set<String>]

  init(_ event: EventDraft) {
    self.event = event
    movements = event.movements
    var names: [String: Set<String>] = [:]
    for ref in [event.asset, event.details?.toAsset].compactMap({ $0 }) {
      guard let hint = ref.hint else { continue }
      let all = hint.attributes.values.map { $0.uppercased() } + (hint.name.map { [$0.uppercased()] } ?? [])
      names[AssetNames.common(ref.symbol), default: []].formUnion(all)
    }
    self.names = names
  }

  /// The event in one line.
  var text: String {
    let legs = movements.map { "\($0.quantity) \($0.asset ?? "?")\($0.isCost ? " (cost)" : "")" }.joined(separator: ", ")
    return "\(event.kind.code) \(event.time) \(legs) [line \(event.lines.map(String.init).joined(separator: ","))]"
  }
}

/// Something the source expects and we do not have, or the other way round.
struct Difference {
  /// The source's event, if there is one.
  var expected: String?
  /// Ours, if there is one.
  var found: String?
  /// What differs.
  var reason: String
  /// Why the source is wrong, if we say so in `KnownDefect`.
  var excuse: String?

  /// Marks it as explained when one of the defects speaks of it.
  mutating func excuse(by defects: [KnownDefect]) {
    let text = text
    excuse = defects.first { $0.about.isEmpty || text.contains($0.about) }?.why
  }

  /// For people.
  var text: String {
    let sides = [expected.map { "expected \($0)" }, found.map { "found \($0)" }].compactMap { $0 }.joined(separator: "; ")
    return sides.isEmpty ? reason : "\(reason): \(sides)"
  }
}

/// The events of one file against what its source expects.
struct Comparison {
  /// Expected events that we have, one for one.
  private(set) var matched = 0
  /// Expected events that agree with ours only in sum: one side splits what the other joins, at the same instant.
  private(set) var matchedInSum = 0
  /// Expected events that agree once a documented convention is applied: name of the convention -> count.
  private(set) var byConvention: [String: Int] = [:]
  /// Expected events that the source's test writes down without comparing, and that differ.
  private(set) var hints: [String] = []
  /// The rest.
  private(set) var differences: [Difference] = []

  private var expected: [Expectation]
  private var observed: [Observation]

  init(_ demand: Demand, _ events: [EventDraft]) {
    expected = demand.events
    observed = events.map(Observation.init)
    matchOneByOne()
    applyConventions()
    matchSums()
    explainTheRest(isComplete: demand.isComplete)
  }

  private mutating func matchOneByOne() {
    expected.removeAll { expectation in
      guard let index = observed.firstIndex(where: { expectation.fits($0) }) else { return false }
      observed.remove(at: index)
      matched += 1
      return true
    }
  }

  private mutating func applyConventions() {
    expected.removeAll { expectation in
      for convention in Convention.all {
        guard let resolution = convention.resolves(expectation, observed) else { continue }
        if case .stands(let index) = resolution { observed.remove(at: index) }
        byConvention[convention.name, default: 0] += 1
        return true
      }
      return false
    }
  }

  /// Compares sums at one instant, then over neighbouring seconds: an exchange prints the fills of one order over a second or two.
  private mutating func matchSums() {
    for reach: Int64 in [0, 2_000_000] {
      var times: [Instant] = []
      for case .instant(let time) in expected.map(\.when) where !times.contains(time) { times.append(time) }
      for time in times {
        let isNear: (Instant) -> Bool = { abs($0.microseconds - time.microseconds) <= reach }
        let isWanted: (Expectation) -> Bool = { expectation in
          guard case .instant(let at) = expectation.when, !expectation.senses.contains(.lock) else { return false }
          return isNear(at)
        }
        let isFound: (Observation) -> Bool = { isNear($0.event.time) && !Expectation.Sense.lock.kinds.contains($0.event.kind) }
        let (wanted, found) = (expected.filter(isWanted), observed.filter(isFound))
        guard !wanted.isEmpty, !found.isEmpty else { continue }
        let names = found.reduce(into: [:]) { all, one in all.merge(one.names) { $0.union($1) } }
        guard Movement.agree(wanted.flatMap(\.movements), found.flatMap(\.movements), names: names) else { continue }
        matchedInSum += wanted.count
        expected.removeAll(where: isWanted)
        observed.removeAll(where: isFound)
      }
    }
  }

  private mutating func explainTheRest(isComplete: Bool) {
    for expectation in expected {
      let likeness = observed.map { expectation.likeness(to: $0) }
      let best = likeness.indices.max { likeness[$0] < likeness[$1] }
      let found = best.flatMap { likeness[$0] > 1 ? $0 : nil }
      let reason = found.map { expectation.whyNot(observed[$0]) } ?? "missing"
      let text = found.map { observed[$0].text }
      if let found { observed.remove(at: found) }
      if expectation.isBinding {
        differences.append(Difference(expected: expectation.text, found: text, reason: reason))
      } else {
        hints.append(expectation.text)
      }
    }
    guard isComplete else { return }
    for extra in observed { differences.append(Difference(found: extra.text, reason: "not expected")) }
  }

  /// Marks differences that `KnownDefect` explains.
  mutating func excuse(with defects: [KnownDefect]) {
    for index in differences.indices { differences[index].excuse(by: defects) }
  }
}

extension Expectation {
  /// Whether our event says the same.
  func fits(_ found: Observation) -> Bool {
    when.includes(found.event.time) && senses.contains { $0.kinds.contains(found.event.kind) } && moves(found)
  }

  /// Whether the same units and money move.
  func moves(_ found: Observation) -> Bool {
    ([movements] + variants).contains { agrees($0, found) }
  }

  private func agrees(_ movements: [Movement], _ found: Observation) -> Bool {
    let isLock = senses.contains(.lock) && Sense.lock.kinds.contains(found.event.kind)
    let isNeutral = isLock || senses == [.transfer]
    let wanted = isNeutral ? movements.map(\.unsigned) : movements
    let ours = isNeutral ? found.movements.map(\.unsigned) : found.movements
    if !statesCosts { return Movement.agree(wanted, ours.filter { !$0.isCost }, names: found.names) }
    // A fee may be shown inside or beside the amount; what counts is what moves per asset.
    return Movement.agree(wanted, ours, names: found.names)
  }

  /// How much two events look alike; 0 = not at all.
  func likeness(to found: Observation) -> Int {
    var score = when.includes(found.event.time) ? 2 : 0
    if moves(found) { score += 4 }
    score += movements.count { wanted in found.movements.contains { $0.asset == wanted.asset } }
    if score > 0, senses.contains(where: { $0.kinds.contains(found.event.kind) }) { score += 1 }
    return score
  }

  /// What keeps our event from fitting.
  func whyNot(_ found: Observation) -> String {
    var reasons: [String] = []
    if !when.includes(found.event.time) { reasons.append("time") }
    if !senses.contains(where: { $0.kinds.contains(found.event.kind) }) { reasons.append("kind") }
    if !moves(found) { reasons.append("amounts") }
    return reasons.joined(separator: " and ") + " differ"
  }
}

extension Movement {
  /// The same without a sign.
  var unsigned: Movement { Movement(asset: asset, quantity: quantity.magnitude, isCost: isCost, tolerance: tolerance) }

  /// Whether two lists move the same sum of every asset.
  static func agree(_ wanted: [Movement], _ found: [Movement], names: [String: Set<String>]) -> Bool {
    var sums: [(asset: String, quantity: Decimal)] = []
    for movement in found {
      let asset = movement.asset ?? "?"
      if let index = sums.firstIndex(where: { $0.asset == asset }) {
        guard let sum = try? sums[index].quantity.adding(movement.quantity) else { return false }
        sums[index].quantity = sum
      } else {
        sums.append((asset, movement.quantity))
      }
    }
    sums.removeAll { $0.quantity.isZero }
    var merged: [Movement] = []
    for movement in wanted {
      if movement.asset != nil, let index = merged.firstIndex(where: { $0.asset == movement.asset }) {
        guard let sum = try? merged[index].quantity.adding(movement.quantity) else { return false }
        merged[index].quantity = sum
        merged[index].tolerance += movement.tolerance
      } else {
        merged.append(movement)
      }
    }
    merged.removeAll { $0.quantity.isZero }
    // Named assets first, so that an unnamed one cannot take their place.
    for movement in merged.filter({ $0.asset != nil }) + merged.filter({ $0.asset == nil }) {
      let index = sums.firstIndex { sum in
        guard movement.agrees(with: sum.quantity) else { return false }
        guard let asset = movement.asset else { return true }
        return AssetNames.isSame(asset, sum.asset, aliases: names[sum.asset] ?? [])
      }
      guard let index else { return false }
      sums.remove(at: index)
    }
    return sums.isEmpty
  }
}
