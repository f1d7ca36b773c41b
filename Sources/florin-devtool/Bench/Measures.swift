extension Measure {
  /// What must not grow much faster than the rows: the step, its value, and the growth allowed at ten times the rows.
  static let growing: [(step: String, key: String, limit: Double)] = [
    ("import", "seconds", 15), ("book", "load", 11), ("book", "recompute", 11), ("book", "feeRule", 11), ("book", "currency", 11),
    ("book", "filterField", 11), ("book", "filterText", 11), ("edit", "edit", 11),
  ]

  /// The budgets of DESIGN 11, in its order; the first makes the database that the others read.
  static let all: [Measure] = [
    Measure(name: "import of the CSV", unit: .yardsticks, budgets: (2.5, 2.5)) { bench throws(Failure) in
      try bench.value("seconds", of: "import") / bench.yardstick
    },
    Measure(name: "import, peak memory", unit: .megabytes, budgets: (200 * 1_048_576, 200 * 1_048_576)) { bench throws(Failure) in
      try bench.value("peak", of: "import")
    },
    Measure(name: "import of the same file again", unit: .yardsticks, budgets: nil) { bench throws(Failure) in
      try bench.value("again", of: "import") / bench.yardstick
    },
    Measure(name: "load of the book", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("load", of: "book")
    },
    Measure(name: "cold recompute: lots, gains, income", unit: .milliseconds, budgets: (0.080, 0.600)) { bench throws(Failure) in
      try bench.value("recompute", of: "book")
    },
    Measure(name: "switch of method, to HIFO", unit: .milliseconds, budgets: (0.025, 0.250)) { bench throws(Failure) in
      try bench.value("method", of: "book")
    },
    Measure(name: "switch of scope, to one pool", unit: .milliseconds, budgets: (0.025, 0.250)) { bench throws(Failure) in
      try bench.value("scope", of: "book")
    },
    Measure(name: "switch of fee rule", unit: .milliseconds, budgets: (0.025, 0.250)) { bench throws(Failure) in
      try bench.value("feeRule", of: "book")
    },
    Measure(name: "switch of currency", unit: .milliseconds, budgets: (0.025, 0.250)) { bench throws(Failure) in
      try bench.value("currency", of: "book")
    },
    Measure(name: "edit in the past, every screen right", unit: .milliseconds, budgets: (0.050, 0.050)) { bench throws(Failure) in
      try bench.value("edit", of: "edit")
    },
    Measure(name: "the first such edit after opening", unit: .milliseconds, budgets: (0.050, 0.050)) { bench throws(Failure) in
      try bench.value("firstEdit", of: "edit")
    },
    Measure(name: "holdings report", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("holdings", of: "book")
    },
    Measure(name: "value history from scratch", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("history", of: "book")
    },
    Measure(name: "value history after an edit", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("historyEdit", of: "book")
    },
    Measure(name: "external flows", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("flows", of: "book")
    },
    Measure(name: "contributions by asset, with XIRR", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("breakdown", of: "book")
    },
    Measure(name: "filter by field, all events", unit: .milliseconds, budgets: (0.005, 0.015)) { bench throws(Failure) in
      try bench.value("filterField", of: "book")
    },
    Measure(name: "filter by free text, all events", unit: .milliseconds, budgets: (0.015, 0.050)) { bench throws(Failure) in
      try bench.value("filterText", of: "book")
    },
    Measure(name: "book and booking, resident memory", unit: .megabytes, budgets: (60 * 1_048_576, 150 * 1_048_576)) {
      bench throws(Failure) in
      try bench.value("resident", of: "book")
    },
    Measure(name: "first paint of the app", unit: .starts, budgets: (10, 10)) { bench throws(Failure) in
      try AppBench.firstPaint(bench)
    },
    Measure(name: "key to echo p99 of cat, the machine itself", unit: .milliseconds, budgets: nil) { bench throws(Failure) in
      try AppBench.echo(bench)
    },
    Measure(name: "key to paint p99 at 200x60", unit: .milliseconds, budgets: (0.003, 0.003)) { bench throws(Failure) in
      try AppBench.keys(bench, columns: 200, rows: 60).p99
    },
    Measure(name: "key to paint p99 at 400x120", unit: .milliseconds, budgets: (0.008, 0.008)) { bench throws(Failure) in
      try AppBench.keys(bench, columns: 400, rows: 120).p99
    },
    Measure(name: "the app while browsing, resident memory", unit: .megabytes, budgets: (60 * 1_048_576, 150 * 1_048_576)) {
      bench throws(Failure) in
      try AppBench.keys(bench, columns: 200, rows: 60).resident
    },
    Measure(name: "demo portfolio, made", unit: .milliseconds, budgets: (0.150, 0.150)) { bench throws(Failure) in
      try bench.value("demo", of: "small")
    },
    Measure(name: "decimal sum", unit: .nanoseconds, budgets: nil) { bench throws(Failure) in try bench.value("add", of: "small") },
    Measure(name: "decimal product to 18 places", unit: .nanoseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("multiply", of: "small")
    },
    Measure(name: "decimal quotient to 18 places", unit: .nanoseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("divide", of: "small")
    },
    Measure(name: "share of a lot's cost", unit: .nanoseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("share", of: "small")
    },
    Measure(name: "decimal read from text", unit: .nanoseconds, budgets: nil) { bench throws(Failure) in
      try bench.value("parse", of: "small")
    },
  ]
}
