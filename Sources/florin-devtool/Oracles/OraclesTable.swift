/// The outcome of all cases, by source.
struct OraclesTable {
  private var order: [String] = []
  private var rows: [String: (total: Int, passed: Int, differs: Int, failed: Int)] = [:]
  private var deviations: [(reason: String, ids: [String])] = []

  /// Cases so far.
  var total: Int { rows.values.reduce(0) { $0 + $1.total } }
  /// Cases with a number that is wrong.
  var failures: Int { rows.values.reduce(0) { $0 + $1.failed } }

  /// Counts a case.
  mutating func add(_ result: CaseResult) {
    if rows[result.source] == nil { order.append(result.source) }
    var row = rows[result.source] ?? (0, 0, 0, 0)
    row.total += 1
    if result.hasFailed {
      row.failed += 1
    } else if result.reasons.isEmpty {
      row.passed += 1
    } else {
      row.differs += 1
      for reason in result.reasons {
        if let place = deviations.firstIndex(where: { $0.reason == reason }) {
          deviations[place].ids.append(result.id)
        } else {
          deviations.append((reason, [result.id]))
        }
      }
    }
    rows[result.source] = row
  }

  /// Prints a case and, of one that does not simply pass, its numbers.
  static func show(_ result: CaseResult, isVerbose: Bool) {
    let state = result.hasFailed ? "FAIL   " : result.reasons.isEmpty ? "pass   " : "differs"
    print("\(state) \(result.id) (\(result.findings.count) compared)")
    for finding in result.findings {
      switch finding.verdict {
      case .equal: if isVerbose { print("          \(finding.name): \(finding.got), expected \(finding.expected)") }
      case .differs: print("     DIFF \(finding.name): got \(finding.got), expected \(finding.expected)")
      case .byConvention(let reason):
        print("          \(finding.name): got \(finding.got), expected \(finding.expected): \(reason)")
      }
    }
  }

  /// Prints the table and the reasons of what rightly differs.
  func summarize() {
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { place, cell in
        let padding = String(repeating: " ", count: max(0, (place == 0 ? 24 : 9) - cell.count))
        return place == 0 ? cell + padding : padding + cell
      }.joined()
    }
    print("\n" + line(["source", "cases", "pass", "differ", "fail"]))
    var sum = (total: 0, passed: 0, differs: 0, failed: 0)
    for source in order {
      guard let row = rows[source] else { continue }
      print(line([source, "\(row.total)", "\(row.passed)", "\(row.differs)", "\(row.failed)"]))
      sum = (sum.total + row.total, sum.passed + row.passed, sum.differs + row.differs, sum.failed + row.failed)
    }
    print(line(["all", "\(sum.total)", "\(sum.passed)", "\(sum.differs)", "\(sum.failed)"]))
    if deviations.isEmpty { return }
    print("\nrightly different (what Florin gives was checked against its own rule):")
    for (reason, ids) in deviations { print("  \(reason)\n    \(ids.joined(separator: " "))") }
  }
}
