import Amounts
import Ledger

/// How the outcome is printed.
enum ExportsTable {
  private static let columns = [
    ("exporter", -22), ("files", 6), ("read", 5), ("rows", 7), ("imported", 9), ("ignored", 8), ("problem", 8), ("events", 7), ("facts", 7),
    ("expected", 9), ("matched", 8), ("in sum", 7), ("convention", 11), ("excused", 8), ("differ", 7),
  ]

  /// The head of the table.
  static var header: String { row(columns.map(\.0)) }

  /// The line of an exporter.
  static func line(_ exporter: String, _ files: [FileOutcome]) -> String {
    let read = files.filter { $0.format != nil }
    func sum(_ count: (FileOutcome) -> Int) -> String { String(read.map(count).reduce(0, +)) }
    return row([
      exporter, String(files.count), String(read.count), sum(\.rows), sum(\.imported), sum(\.ignored.count), sum(\.problems.count),
      sum(\.events.count), sum(\.otherFacts), sum(\.expected), sum { $0.comparison?.matched ?? 0 },
      sum { $0.comparison?.matchedInSum ?? 0 },
      sum { ($0.comparison?.byConvention ?? [:]).values.reduce(0, +) }, sum { $0.allDifferences.count { $0.excuse != nil } },
      sum { $0.allDifferences.count { $0.excuse == nil } },
    ])
  }

  /// What is to be said about one file; true when it counts as a failure.
  static func details(_ outcome: FileOutcome, isVerbose: Bool) -> Bool {
    guard let format = outcome.format else {
      if isVerbose { print("    \(outcome.file): refused, \(outcome.refusal ?? "no format yet")") }
      return false
    }
    var hasFailed = false
    var lines: [String] = []
    if !outcome.isAccounted {
      hasFailed = true
      lines.append(
        "UNACCOUNTED: \(outcome.rows) rows, \(outcome.imported) imported, \(outcome.ignored.count) ignored, \(outcome.problems.count) problems"
      )
    }
    for difference in outcome.allDifferences {
      if let excuse = difference.excuse {
        if isVerbose { lines.append("excused: \(difference.text)\n        because \(excuse)") }
      } else {
        hasFailed = true
        lines.append("DIFFERS: \(difference.text)")
      }
    }
    if isVerbose {
      lines += (outcome.comparison?.hints ?? []).map { "hint only: \($0)" }
      lines += outcome.remarks.map { "to read: \($0)" }
      lines += outcome.problems.prefix(20).map { "problem line \($0.line): \($0.reason)" }
      lines += outcome.ignored.prefix(20).map { "ignored line \($0.line): \($0.reason)" }
      lines += outcome.events.prefix(20).map { "event \(Observation($0).text)" }
    }
    if !lines.isEmpty { print("    \(outcome.file) (\(format))\n" + lines.map { "      " + $0 }.joined(separator: "\n")) }
    return hasFailed
  }

  private static func row(_ cells: [String]) -> String {
    var out = ""
    for (cell, (_, width)) in zip(cells, columns) {
      let padding = String(repeating: " ", count: max(0, abs(width) - cell.count))
      out += width < 0 ? cell + padding : padding + cell
    }
    return out
  }
}
