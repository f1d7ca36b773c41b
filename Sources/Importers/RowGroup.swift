public import Ledger

/// Rows that belong together, and what becomes of each.
public struct RowGroup {
  /// The rows in file order.
  public let rows: [Row]
  private(set) var facts: [(fact: Fact, rows: [Int])] = []
  /// What was said about each row, by its place in the group.
  private var verdicts: [Verdict]
  private let placeByOffset: [Int: Int]

  private enum Verdict {
    case open
    case covered
    case ignored(String)
    case failed(RowProblem)

    var isFailed: Bool { if case .failed = self { true } else { false } }
  }

  init(_ rows: [Row]) {
    self.rows = rows
    verdicts = Array(repeating: .open, count: rows.count)
    placeByOffset = rows.count <= 8 ? [:] : Dictionary(rows.enumerated().map { ($1.offset, $0) }) { first, _ in first }
  }

  private func place(_ row: Row) -> Int? {
    rows.count <= 8 ? rows.firstIndex { $0.offset == row.offset } : placeByOffset[row.offset]
  }

  /// An event that comes from these rows.
  public mutating func add(_ event: EventDraft, from rows: [Row]) { add(.event(event), from: rows) }

  /// A fact that comes from these rows.
  public mutating func add(_ fact: Fact, from rows: [Row]) {
    var places: [Int] = []
    for row in rows {
      guard let place = place(row) else { continue }
      places.append(place)
      if case .failed = verdicts[place] { continue }
      verdicts[place] = .covered
    }
    facts.append((fact, places.sorted()))
  }

  /// A row that means nothing by itself.
  public mutating func ignore(_ row: Row, _ why: String) {
    if let place = place(row), case .open = verdicts[place] { verdicts[place] = .ignored(why) }
  }

  /// A row that cannot be understood.
  public mutating func fail(_ row: Row, _ problem: RowProblem) {
    if let place = place(row) { verdicts[place] = .failed(problem) }
  }

  /// Rows that a function understands or not: what it throws becomes the problem of the row it names, and the others fail with it.
  public mutating func attempt(_ rows: [Row], _ body: ([Row]) throws(RowProblem) -> [EventDraft]) {
    do throws(RowProblem) {
      for event in try body(rows) { add(event, from: rows) }
    } catch {
      failAll(error, rows)
    }
  }

  mutating func failAll(_ problem: RowProblem, _ rows: [Row]) {
    for row in rows {
      fail(row, row.line == problem.line ? problem : RowProblem(line: row.line, raw: row.rawText, reason: .groupFailed(line: problem.line)))
    }
  }

  /// The end of the matter: what was thrown is the problem of all rows nobody spoke of, rows nobody spoke of at all are problems, and a
  /// fact of which one row has a problem is void with all its rows.
  mutating func settle(_ failure: RowProblem?) {
    if let failure {
      let open = rows.indices.filter { if case .open = verdicts[$0] { true } else { false } }
      failAll(failure, open.map { rows[$0] })
      if open.isEmpty, let place = rows.firstIndex(where: { $0.line == failure.line }) { verdicts[place] = .failed(failure) }
    }
    guard verdicts.contains(where: \.isFailed) else { return close() }
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (_, places) in facts {
        guard let bad = places.first(where: { verdicts[$0].isFailed }) else { continue }
        for place in places where !verdicts[place].isFailed {
          verdicts[place] = .failed(
            RowProblem(line: rows[place].line, raw: rows[place].rawText, reason: .groupFailed(line: rows[bad].line)))
          isSettled = false
        }
      }
    }
    facts.removeAll { $0.rows.contains { verdicts[$0].isFailed } }
    close()
  }

  private mutating func close() {
    for place in rows.indices {
      if case .open = verdicts[place] { verdicts[place] = .failed(rows[place].problem(.notCovered)) }
    }
  }

  /// What became of a row, once all is settled.
  func state(_ place: Int) -> RowState {
    switch verdicts[place] {
    case .covered, .open: .imported
    case .ignored(let why): .ignored(why)
    case .failed(let problem): .problem(problem)
    }
  }
}
