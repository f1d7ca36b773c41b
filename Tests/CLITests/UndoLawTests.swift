import CLI
import TestSupport
import Testing

/// Whatever was done, undo brings back the bytes of every report, and redo the later ones. Every command opens the database anew, so
/// this holds across restarts too.
struct UndoLawTests {
  private static let reports = [
    "holdings --by account", "lots", "gains", "income", "nav", "allocation", "performance", "restrictions", "events", "issues", "assets",
    "accounts", "plans", "set", "rules", "portfolios", "close", "close --differences", "transfers", "trades", "basis",
  ]

  @Test func undoOfAnySequenceRestoresIdenticalBytesOfEveryReport() throws {
    var steps = 0
    var kinds: Set<String> = []
    try withSeeds(12) { random in
      var story = Story(random: random)
      for _ in 0..<14 { try story.next() }
      steps += story.steps
      kinds.formUnion(story.kinds)
      try story.travel()
    }
    // Most of what is tried must be possible, or nothing is tested.
    #expect(steps > 50)
    for kind in ["import", "add", "edit", "delete", "set", "link"] {
      #expect(kinds.contains(kind), "no step by \(kind)")
    }
  }

  /// A random history, with the reports after every step.
  private struct Story {
    private let rig = Rig("story")
    private var history: RandomHistory
    private var states: [String] = []
    private var log: [String] = []
    /// The commands by which a step was done.
    private(set) var kinds: Set<String> = []

    init(random: SplitMix64) {
      history = RandomHistory(random, rig)
      states = [reports()]
    }

    /// Steps that are done.
    var steps: Int { states.count - 1 }

    private func reports() -> String {
      UndoLawTests.reports.map { line in
        let answer = rig.run("\(line) --format json")
        return "\(line): \(answer.code.rawValue) \(answer.errors)\(answer.output)"
      }.joined()
    }

    /// Steps that are done and not taken back.
    private func done() -> Int { rig.run("history --filter undone:no --format csv").output.split(separator: "\n").count - 1 }

    mutating func next() throws {
      let line = history.travels() ? history.travel() : try history.line()
      let before = states.count - 1
      let answer = rig.run(line)
      log.append("\(line): \(answer.code.rawValue) \(answer.errors)")
      let now = done()
      let state = reports()
      if now <= before {
        // Taken back, or nothing done.
        try law(state == states[now], "\(now) steps after \(log.joined(separator: "\n"))")
        states.removeSubrange((now + 1)...)
      } else {
        // `redo` may do what was taken back; a change does one step.
        for _ in before..<now { states.append(state) }
        if let word = line.split(separator: " ").first { kinds.insert(String(word)) }
      }
    }

    /// All the way back, and all the way forth again.
    mutating func travel() throws {
      for place in states.indices.dropLast().reversed() {
        try law(rig.run("undo").code == .ok, "undo \(place)")
        try law(reports() == states[place], "back to \(place) of\n\(log.joined(separator: "\n"))")
      }
      try law(rig.run("undo").code == .failed, "more than everything was taken back")
      for place in states.indices.dropFirst() {
        try law(rig.run("redo").code == .ok, "redo \(place)")
        try law(reports() == states[place], "forth to \(place) of\n\(log.joined(separator: "\n"))")
      }
      let sound = rig.run("check")
      try law(sound.code == .ok, "\(sound.output)\n\(log.joined(separator: "\n"))")
    }
  }
}
