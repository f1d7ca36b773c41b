import Glibc
import TestSupport

/// A run of the benchmark: makes what is needed, takes every measure, prints the table.
final class Bench {
  private(set) var plan: BenchPlan
  /// Where the temporary files are.
  let work: String
  /// Seconds that `sqlite3 .import` takes for the same rows.
  private(set) var yardstick = 0.0
  /// Seconds that `sqlite3 db 'select 1'` takes.
  private(set) var selectOne = 0.0
  /// What children said of themselves, by their step.
  private var reports: [String: [String: Double]] = [:]

  init(_ plan: BenchPlan) {
    self.plan = plan
    work = temporaryFolder("bench")
  }

  func run() throws(Failure) -> Int32 {
    if plan.folder.isEmpty {
      plan.folder = work + "/portfolio"
      try GeneratedPortfolio.write(events: plan.events, to: plan.folder)
    }
    plan.database = work + "/bench.db"
    if plan.app.isEmpty { plan.app = Program.beside("florin") }
    let events = try countRows(plan.folder + "/activities.csv")
    yardstick = try measureYardstick()
    selectOne = try measureSelectOne()
    print(
      "\(events) events; Y = \(rounded(yardstick * 1000, 0)) ms (sqlite3 .import into a UNIQUE id); select 1 = \(rounded(selectOne * 1000, 2)) ms"
    )
    // The database that the later measures read is made by the import measure.
    let wanted = Measure.all.filter { plan.only.isEmpty || $0.name.contains(plan.only) || $0.name == Measure.all[0].name }
    var (missed, failed) = (0, 0)
    for measure in wanted {
      fflush(nil)
      let value: Double
      do throws(Failure) {
        value = try measure.run(self)
      } catch {
        print("\(padded(measure.name)) FAILED: \(error.message)")
        failed += 1
        continue
      }
      var verdict = ""
      if plan.judges, let budget = measure.budget(at: events) {
        verdict = "budget \(measure.text(budget))" + (value <= budget ? "" : "  MISSED")
        if value > budget { missed += 1 }
      }
      print("\(padded(measure.name)) \(padded(measure.text(value), 18)) \(verdict)")
    }
    if plan.only.isEmpty || plan.only == "peers" { missed += try comparePeers() }
    if !plan.larger.isEmpty { missed += try printGrowth(from: events) }
    print(
      failed > 0
        ? "\(failed) measures failed" : !plan.judges ? "every measure ran" : missed == 0 ? "every budget holds" : "\(missed) missed")
    return failed > 0 || (missed > 0 && plan.enforces) ? 1 : 0
  }

  /// How the times grow from this portfolio to a larger one, beside how the rows do.
  private func printGrowth(from events: Int) throws(Failure) -> Int {
    let small = reports
    let more = try countRows(plan.larger + "/activities.csv")
    let factor = Double(more) / Double(events)
    (plan.folder, plan.database, reports) = (plan.larger, work + "/larger.db", [:])
    print("\(more) events, \(rounded(factor, 1)) x as many:")
    var missed = 0
    for (step, key, limit) in Measure.growing {
      guard let before = small[step]?[key], before > 0 else { continue }
      let growth = try value(key, of: step) / before
      let budget = limit * factor / 10
      if growth > budget { missed += 1 }
      print(
        "\(padded("growth of \(key)")) \(padded(rounded(growth, 1) + " x", 18)) budget \(rounded(budget, 1)) x\(growth <= budget ? "" : "  MISSED")"
      )
      fflush(nil)
    }
    return missed
  }

  private func padded(_ text: String, _ width: Int = 44) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func countRows(_ path: String) throws(Failure) -> Int {
    try Files.bytes(path).count { $0 == 0x0A } - 1
  }

  /// What a step of ``BenchChild`` reports, run once in a process of its own, so that its memory is its own.
  func report(_ step: String) throws(Failure) -> [String: Double] {
    if let known = reports[step] { return known }
    let arguments = ["bench", "--child", step, "--portfolio", plan.folder, "--database", plan.database, "--runs", String(plan.runs)]
    let (status, output, _) = try run(Program.me, arguments)
    guard status == 0 else { throw Failure(message: "step \(step) failed") }
    var values: [String: Double] = [:]
    for line in output.split(separator: "\n") {
      let words = line.split(separator: "=")
      if words.count == 2, let value = Double(words[1]) { values[String(words[0])] = value }
    }
    reports[step] = values
    return values
  }

  /// One value of a step.
  func value(_ key: String, of step: String) throws(Failure) -> Double {
    guard let value = try report(step)[key] else { throw Failure(message: "step \(step) says nothing of \(key)") }
    return value
  }

  private func run(_ program: String, _ arguments: [String]) throws(Failure) -> (status: Int32, output: String, seconds: Double) {
    do throws(LawBroken) {
      let ending = try Program.run(program, arguments)
      return (ending.status, ending.output, ending.seconds)
    } catch {
      throw Failure(message: error.description)
    }
  }

  /// The median of a few imports of the same file by the sqlite3 shell.
  private func measureYardstick() throws(Failure) -> Double {
    let columns =
      "id UNIQUE, timestamp, type, account, to_account, asset, quantity, price, currency, gross, fee, fee_asset, fee_value, tax, ratio"
    var times: [Double] = []
    for _ in 0..<3 {
      let path = work + "/yardstick.db"
      let (status, _, seconds) = try run(
        "sqlite3", [path, "CREATE TABLE a (\(columns))", ".import --csv --skip 1 \(plan.folder)/activities.csv a"])
      guard status == 0 else { throw Failure(message: "sqlite3 .import failed") }
      times.append(seconds)
      unlink(path)
    }
    return median(times)
  }

  /// The median of a few starts of the sqlite3 shell.
  func measureSelectOne(runs: Int = 15) throws(Failure) -> Double {
    var times: [Double] = []
    for _ in 0..<runs { times.append(try run("sqlite3", [":memory:", "select 1"]).seconds) }
    return median(times)
  }
}
