import Glibc
import TestSupport

/// Another program that books the same portfolio.
private struct Peer {
  let name: String
  let program: String
  /// The file of the portfolio's folder that it reads, as genportfolio.py writes it.
  let file: String
  let arguments: [String]
  /// What it does in that time.
  let task: String
  /// The verb of florin whose whole process is set beside it.
  let verb: [String]
  /// How many times as fast Florin's recompute is wanted at 100,000 events.
  let wanted: Double

  static let all = [
    Peer(
      name: "beancount", program: "bean-check", file: "portfolio.beancount", arguments: ["--no-cache"], task: "load and FIFO booking",
      verb: ["gains", "--by", "asset", "--format", "json"], wanted: 250),
    Peer(
      name: "hledger", program: "hledger", file: "portfolio.journal", arguments: ["balance", "--no-total", "-f"], task: "load and balances",
      verb: ["holdings", "--format", "json"], wanted: 100),
  ]
}

extension Bench {
  /// Sets Florin beside the peers that are installed, on the same portfolio. A peer that is not there, or has no file, is told.
  ///
  /// Two comparisons, for they are not of the same thing: Florin's recompute of all lots, gains and income with the book in memory,
  /// which is what a person waits for after a change where a peer runs again; and a whole process of `florin` from its database,
  /// reading included, against the peer's whole process from its text file.
  ///
  /// - Returns: how many wanted ratios were missed.
  func comparePeers() throws(Failure) -> Int {
    var missed = 0
    for peer in Peer.all {
      let file = plan.folder + "/" + peer.file
      guard let program = Bench.installed(peer.program) else {
        print("\(peer.name): \(peer.program) is not installed; nothing to compare with")
        continue
      }
      guard access(file, R_OK) == 0 else {
        print("\(peer.name): no \(file); genportfolio.py --formats csv,beancount,ledger writes it")
        continue
      }
      let theirs = try fastest(program, peer.arguments + [file])
      let warm = try value("recompute", of: "book")
      let cold = try fastest(plan.app, peer.verb + ["--db", plan.database])
      let ratio = theirs / warm
      if plan.judges, ratio < peer.wanted { missed += 1 }
      print("\(peer.name), \(peer.task), whole process: \(rounded(theirs * 1000, 0)) ms")
      print(
        "  florin, all lots, gains and income again, book in memory: \(rounded(warm * 1000, 1)) ms, \(rounded(ratio, 0)) x as fast, "
          + "wanted \(rounded(peer.wanted, 0)) x\(ratio < peer.wanted ? "  MISSED" : "")")
      print(
        "  florin \(peer.verb[0]), whole process from its database: \(rounded(cold * 1000, 0)) ms, \(rounded(theirs / cold, 0)) x as fast")
      fflush(nil)
    }
    return missed
  }

  /// The least seconds of a few runs: what other work on the machine adds is not the program's.
  private func fastest(_ program: String, _ arguments: [String]) throws(Failure) -> Double {
    var best = Double.infinity
    for _ in 0..<min(plan.runs, 3) {
      do throws(LawBroken) {
        let ending = try Program.run(program, arguments)
        guard ending.status == 0 else { throw LawBroken("\(program) ended with \(ending.status)") }
        best = min(best, ending.seconds)
      } catch {
        throw Failure(message: error.description)
      }
    }
    return best
  }

  /// Where a program is on the search path.
  private static func installed(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
