import Amounts
import Ledger

extension Demand {
  /// What the outcome violates beside single events: rejected rows, counts, balances.
  func violations(by outcome: FileOutcome) -> [Difference] {
    var out: [Difference] = []
    if mustBeEmpty, !outcome.events.isEmpty {
      out.append(
        Difference(found: outcome.events.map { Observation($0).text }.joined(separator: " + "), reason: "the source yields no event"))
    }
    if let rejectedRows, outcome.problems.count + outcome.ignored.count < rejectedRows {
      out.append(
        Difference(expected: "\(rejectedRows) refused row", found: "\(outcome.problems.count) problems", reason: "rejected rows differ"))
    }
    if let problemLine, !outcome.problems.contains(where: { $0.line == problemLine }) {
      out.append(Difference(expected: "a problem on line \(problemLine)", reason: "missing"))
    }
    if let activities {
      // Export-To-Ghostfolio counts trades, income and fees, not cash or coins moving in and out.
      let moves: Set<EventKind> = [.deposit, .withdraw, .transfer]
      let ours = outcome.events.count { !moves.contains($0.kind) }
      if ours != activities {
        out.append(Difference(expected: "\(activities) activities", found: "\(ours)", reason: "count differs"))
      }
    }
    out += balanceViolations(outcome)
    return out
  }

  private func balanceViolations(_ outcome: FileOutcome) -> [Difference] {
    guard !balances.isEmpty else { return [] }
    var held: [String: Decimal] = [:]
    for event in outcome.events where !Expectation.Sense.lock.kinds.contains(event.kind) {
      for movement in event.movements {
        guard let asset = movement.asset else { continue }
        held[asset] = (try? held[asset, default: .zero].adding(movement.quantity)) ?? held[asset]
      }
    }
    return balances.sorted { $0.key < $1.key }.compactMap { asset, quantity in
      let own = held[asset] ?? .zero
      guard own != quantity else { return nil }
      return Difference(expected: "\(quantity) \(asset)", found: "\(own) \(asset)", reason: "final balance differs")
    }
  }
}
