import Amounts
import Ledger

/// The outcome of one file.
struct FileOutcome {
  /// Its path below the folder.
  let file: String
  /// The format that was detected; nil when none was.
  var format: String?
  /// Why the file was refused as a whole.
  var refusal: String?
  /// Data records.
  var rows = 0
  /// Records that became facts.
  var imported = 0
  /// Records left out on purpose, with their lines and reasons.
  var ignored: [(line: Int, reason: String)] = []
  /// Records that could not be read.
  var problems: [(line: Int, reason: String)] = []
  /// The events.
  var events: [EventDraft] = []
  /// Quotes, assets and other facts.
  var otherFacts = 0
  /// Expected events.
  var expected = 0
  /// The comparison, when the source says anything to compare.
  var comparison: Comparison?
  /// Differences beyond single events: rejected rows, counts, balances.
  var differences: [Difference] = []
  /// Statements of the source only a person can compare.
  var remarks: [String] = []

  /// Whether every record ended as exactly one thing.
  var isAccounted: Bool { imported + ignored.count + problems.count == rows }
  /// Every difference.
  var allDifferences: [Difference] { (comparison?.differences ?? []) + differences }
}

/// Runs the files and prints the table.
struct ExportsRun {
  private let options: ExportsOptions
  private var outcomes: [(exporter: String, outcome: FileOutcome)] = []

  init(_ options: ExportsOptions) throws(Failure) {
    self.options = options
    var demands: [String: [ExpectedLine]] = [:]
    for row in try Files.table(options.directory + "/EXPECTED.tsv") { demands[row["file"] ?? "", default: []].append(ExpectedLine(row)) }
    var files = try Files.table(options.directory + "/INDEX.tsv").map { (file: $0["file"] ?? "", exporter: $0["exporter"] ?? "") }
    files += Self.beyondIndex
    for (file, exporter) in files {
      if let only = options.exporter, only != exporter { continue }
      if let part = options.part, !file.contains(part) { continue }
      outcomes.append((exporter, try Self.outcome(of: file, in: options.directory, Demand(demands[file] ?? []))))
    }
  }

  /// Files that came without a line in the index.
  private static let beyondIndex = [(file: "realt/realt-tokens.json", exporter: "realt")]

  private static func outcome(of file: String, in directory: String, _ demand: Demand) throws(Failure) -> FileOutcome {
    var outcome = try decode(file, in: directory)
    guard outcome.format != nil else { return outcome }
    outcome.expected = demand.events.count
    outcome.remarks = demand.remarks
    if demand.listsEvents { outcome.comparison = Comparison(demand, outcome.events) }
    outcome.differences += demand.violations(by: outcome)
    let defects = KnownDefect.all.filter { $0.file == file }
    outcome.comparison?.excuse(with: defects)
    for index in outcome.differences.indices { outcome.differences[index].excuse(by: defects) }
    return outcome
  }

  /// Prints per exporter; 0 when all rows are accounted for and every difference is explained.
  func report() -> Int32 {
    var hasFailed = false
    var (exporters, seen): ([String], Set<String>) = ([], [])
    for (exporter, _) in outcomes where seen.insert(exporter).inserted { exporters.append(exporter) }
    print(ExportsTable.header)
    var missing: [String] = []
    for exporter in exporters {
      let own = outcomes.filter { $0.exporter == exporter }.map(\.outcome)
      let read = own.filter { $0.format != nil }
      if read.isEmpty {
        missing.append("\(exporter) (\(own.count))")
        continue
      }
      print(ExportsTable.line(exporter, own))
      for outcome in own { hasFailed = ExportsTable.details(outcome, isVerbose: options.isVerbose) || hasFailed }
    }
    if !missing.isEmpty { print("no format yet: " + missing.joined(separator: ", ")) }
    return hasFailed ? 1 : 0
  }
}
