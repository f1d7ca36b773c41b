import Glibc

extension Verb {
  /// Measures the budgets of the design, as ratios to a yardstick of the same run where one is named.
  static let bench = Verb(
    name: "bench",
    usage: "[--portfolio DIR | --events N] [--larger DIR] [--only NAME] [--runs N] [--app FLORIN] [--enforce | --no-budgets]",
    summary: "measures import, recompute, switches, filters, first paint, keys and memory against their budgets"
  ) { arguments throws(Failure) in
    var plan = BenchPlan()
    var child: String?
    var rest = arguments[...]
    func value(_ option: String) throws(Failure) -> String {
      guard let value = rest.popFirst() else { throw .usage("\(option) needs a value") }
      return value
    }
    func number(_ option: String) throws(Failure) -> Int {
      let text = try value(option)
      guard let number = Int(text), number > 0 else { throw .usage("\(option) \(text) is not a positive number") }
      return number
    }
    while let option = rest.popFirst() {
      switch option {
      case "--portfolio": plan.folder = try value(option)
      case "--larger": plan.larger = try value(option)
      case "--events": plan.events = try number(option)
      case "--only": plan.only = try value(option)
      case "--runs": plan.runs = try number(option)
      case "--app": plan.app = try value(option)
      case "--enforce": plan.enforces = true
      case "--no-budgets": plan.judges = false
      case "--child": child = try value(option)
      case "--database": plan.database = try value(option)
      default: throw .usage("unexpected argument '\(option)'")
      }
    }
    if let child { return try BenchChild.run(child, plan) }
    return try Bench(plan).run()
  }
}

/// What is to be measured, and on what.
struct BenchPlan {
  /// A folder made by genportfolio.py; empty means that one is generated.
  var folder = ""
  /// A second such folder with more events, to see how times grow; empty for none.
  var larger = ""
  /// Events of a generated portfolio.
  var events = 100_000
  /// Only measures whose name contains this.
  var only = ""
  /// Repetitions of a measure; the median counts.
  var runs = 5
  /// The florin binary; empty means the one beside this tool.
  var app = ""
  /// Whether a missed budget is a failure.
  var enforces = false
  /// Whether values are held against their budgets at all.
  var judges = true
  /// The database with the portfolio imported.
  var database = ""
}

/// One line of the budget table.
struct Measure: Sendable {
  /// What is measured.
  let name: String
  /// How the value is shown and judged.
  let unit: Unit
  /// The budget at 100,000 events and at 1,000,000; nil means that the value is only shown.
  let budgets: (small: Double, large: Double)?
  /// Runs it.
  let run: @Sendable (Bench) throws(Failure) -> Double

  enum Unit: Sendable {
    /// Seconds, shown as milliseconds.
    case milliseconds
    /// A multiple of the import yardstick.
    case yardsticks
    /// A multiple of `sqlite3 db 'select 1'`.
    case starts
    /// Bytes, shown as MB.
    case megabytes
    /// Seconds, shown as nanoseconds.
    case nanoseconds
  }

  /// The budget at a number of events.
  func budget(at events: Int) -> Double? { budgets.map { events > 300_000 ? $0.large : $0.small } }

  /// The value for people.
  func text(_ value: Double) -> String {
    switch unit {
    case .milliseconds: "\(rounded(value * 1000, 2)) ms"
    case .yardsticks: "\(rounded(value, 2)) Y"
    case .starts: "\(rounded(value, 1)) x select 1"
    case .megabytes: "\(rounded(value / 1_048_576, 1)) MB"
    case .nanoseconds: "\(rounded(value * 1e9, 1)) ns"
    }
  }
}

/// A number with so many digits after the point.
func rounded(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let whole = Int((value * scale).rounded())
  let digits = String(abs(whole))
  let text = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
  return (whole < 0 ? "-" : "") + text.dropLast(places) + (places > 0 ? "." : "") + text.suffix(places)
}

/// The middle one.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}
