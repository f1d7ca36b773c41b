import Amounts
import Engine
import Glibc

/// Questions about dated flows: what rate makes them worth nothing, what they are worth at a rate.
enum FlowAnswers {
  /// A dated amount; negative is paid in.
  struct Flow {
    let day: Day
    let amount: Decimal
  }

  /// The flows of a case.
  static func flows(_ oracle: OracleCase) -> [Flow] {
    (oracle.whole["flows"]?.elements ?? []).compactMap { pair in
      guard pair.elements.count == 2, let day = pair.elements[0].scalar.flatMap({ Day($0) }),
        let amount = pair.elements[1].scalar.flatMap({ CaseNumber.decimal($0) })
      else { return nil }
      return Flow(day: day, amount: amount)
    }
  }

  /// Deposits and withdrawals on an account that ends at nothing: what is left is earned, or lost, on the last day.
  static func content(_ oracle: OracleCase, _ flows: [Flow]) -> CaseBook.Content {
    var content = CaseBook.Content(oracle)
    let ordered = flows.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    content.activities = ordered.map { flow in
      Activity([
        "date": "\(flow.day)", "type": flow.amount.isNegative ? "DEPOSIT" : "WITHDRAW", "account": "A", "asset": oracle.base,
        "quantity": "\(flow.amount.magnitude)", "gross": "\(flow.amount.magnitude)", "currency": oracle.base,
      ])
    }
    let balance = -ReferenceLots.sum(flows.map(\.amount))
    if let last = ordered.last, !balance.isZero {
      content.activities.append(
        Activity([
          "date": "\(last.day)T12:00:00Z", "type": balance.isNegative ? "INTEREST" : "INTEREST_CHARGE", "account": "A",
          "asset": oracle.base, "quantity": "\(balance.magnitude)", "gross": "\(balance.magnitude)", "currency": oracle.base,
        ]))
    }
    return content
  }

  /// `irr`: the yearly rate; with several solutions the answer must be among them.
  static func irr(_ run: inout CaseRun) throws(Failure) {
    let flows = flows(run.oracle)
    guard let last = flows.map(\.day).max() else { throw Failure(message: "the case has no flows") }
    let book = try run.book(content(run.oracle, flows))
    let answer = try book.ask(["performance", "--to", "\(last)"])
    let roots = (answer["xirrRoots"]?.elements ?? []).compactMap { $0.scalar.flatMap { Double($0) } }
    let wantedRoots = (run.take("all_roots")?.elements ?? []) + [run.take("other_root")].compactMap { $0 }
    for root in wantedRoots { compareRoot(&run, "root", roots, root) }
    let noSolution = run.take("error")
    guard let wanted = run.take("irr") else { return }
    let dayCount = run.oracle.conventions["day_count"]?.scalar ?? "actual/365"
    if dayCount != "actual/365" {
      let rule = OwnRule("day count \(dayCount) for XIRR is no option of Florin, which counts actual/365", demands: "a root of the flows") {
        got in got.double.map { isRoot($0, flows) } ?? false
      }
      run.compare("irr", nearestZero(roots), wanted, or: rule)
    } else if case .null = wanted {
      // Where the source found none, Florin must find none, or the one that a wider search finds.
      let got = nearestZero(roots)
      let isRight = wantedRoots.isEmpty ? roots.isEmpty : roots.allSatisfy { isRoot($0, flows) }
      run.note("irr", got: got.text, expected: noSolution?.scalar ?? "none", isRight ? .equal : .differs)
    } else {
      compareRoot(&run, "irr", roots, wanted)
    }
  }

  /// `npv`: no command asks for it, so the engine is asked, as a unit test would.
  static func npv(_ run: inout CaseRun) throws(Failure) {
    let flows = flows(run.oracle)
    guard let first = flows.map(\.day).min(), let rate = run.oracle.asked("rate").flatMap({ Double($0) }) else {
      throw Failure(message: "the case has no flows, or the question no rate")
    }
    try run.expect("npv", .rate(PresentValue.of(flows.map { (Double($0.day - first), $0.amount.approximate) }, at: rate)))
  }

  private static func nearestZero(_ roots: [Double]) -> Got {
    roots.min { abs($0) < abs($1) }.map { .rate($0) } ?? .none("no solution")
  }

  /// The root nearest the one wanted is compared.
  private static func compareRoot(_ run: inout CaseRun, _ name: String, _ roots: [Double], _ wanted: JSONValue) {
    let number = wanted.scalar.flatMap { Double($0) } ?? .nan
    run.compare(name, roots.min { abs($0 - number) < abs($1 - number) }.map { .rate($0) } ?? .none("no solution"), wanted)
  }

  /// Whether the flows are worth nothing at a rate, as far as floating point can tell: actual/365, each on its day.
  static func isRoot(_ rate: Double, _ flows: [Flow]) -> Bool {
    guard let first = flows.map(\.day).min() else { return false }
    var sum = 0.0
    var size = 0.0
    for flow in flows {
      let worth = flow.amount.approximate * pow(1 + rate, -Double(flow.day - first) / 365)
      sum += worth
      size += abs(worth)
    }
    return abs(sum) <= 1e-9 * size
  }
}
