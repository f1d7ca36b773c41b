public import Ledger

/// Rows that belong together, and what becomes of each.
public struct RowGroup {
  /// The rows in file order.
  public let rows: [Row]
  private(set) var facts: [(fact: Fact, rows: [Int])] = []
  private(set) var ignored: [Int: String] = [:]
  private(set) var problems: [Int: RowProblem] = [:]
  private var covered: Set<Int> = []
  private let indexByPlace: [Int: Int]

  init(_ rows: [Row]) {
    self.rows = rows
    var index: [Int: Int] = [:]
    for (position, row) in rows.enumerated() { index[row.offset] = position }
    indexByPlace = index
  }

  /// An event that comes from these rows.
  public mutating func add(_ event: EventDraft, from rows: [Row]) { add(.event(event), from: rows) }

  /// A fact that comes from these rows.
  public mutating func add(_ fact: Fact, from rows: [Row]) {
    let places = rows.compactMap { indexByPlace[$0.offset] }.sorted()
    covered.formUnion(places)
    facts.append((fact, places))
  }

  /// A row that means nothing by itself.
  public mutating func ignore(_ row: Row, _ why: String) {
    if let place = indexByPlace[row.offset] { ignored[place] = why }
  }

  /// A row that cannot be understood.
  public mutating func fail(_ row: Row, _ problem: RowProblem) {
    if let place = indexByPlace[row.offset] { problems[place] = problem }
  }

  /// A row, or rows, that a function understands or not: what it throws becomes the problem of the row it names, and the others fail with it.
  public mutating func attempt(_ rows: [Row], _ body: ([Row]) throws(RowProblem) -> [EventDraft]) {
    do throws(RowProblem) {
      for event in try body(rows) { add(event, from: rows) }
    } catch {
      failAll(error, rows)
    }
  }

  /// Whether a fact comes from the row.
  func isCovered(_ place: Int) -> Bool { covered.contains(place) }

  mutating func failAll(_ problem: RowProblem, _ rows: [Row]) {
    for row in rows {
      fail(row, row.line == problem.line ? problem : RowProblem(line: row.line, raw: row.rawText, reason: .groupFailed(line: problem.line)))
    }
  }

  /// Facts of rows with a problem are void; rows that nobody mentioned are problems.
  mutating func settle(_ failure: RowProblem?) {
    if let failure {
      let open = rows.indices.filter { !covered.contains($0) && ignored[$0] == nil && problems[$0] == nil }
      failAll(failure, open.map { rows[$0] })
      if open.isEmpty, let place = rows.firstIndex(where: { $0.line == failure.line }) { problems[place] = failure }
    }
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (_, places) in facts {
        guard let bad = places.first(where: { problems[$0] != nil }) else { continue }
        for place in places where problems[place] == nil {
          problems[place] = RowProblem(line: rows[place].line, raw: rows[place].rawText, reason: .groupFailed(line: rows[bad].line))
          isSettled = false
        }
      }
    }
    facts.removeAll { $0.rows.contains { problems[$0] != nil } }
    covered = Set(facts.flatMap(\.rows))
    for place in rows.indices where !covered.contains(place) && ignored[place] == nil && problems[place] == nil {
      problems[place] = rows[place].problem(.notCovered)
    }
  }
}
