import Amounts

/// A case of another program's test suite: what happened, what is asked, and what the answer is.
struct OracleCase {
  /// Its id, unique over all files.
  let id: String
  /// The file it is from, without folder and ending.
  let source: String
  /// The currency of totals.
  let base: String
  /// What the source's numbers rest on.
  let conventions: JSONValue
  /// What happened, in the case's order.
  let activities: [Activity]
  /// Rows of `florin.prices.v1`.
  let prices: [JSONValue]
  /// What is asked.
  let question: JSONValue
  /// The answers by name.
  let expected: [(key: String, value: JSONValue)]
  /// How far an answer may be off.
  let tolerance: String
  /// Everything else: flows, series, returns, valuations, notes.
  let whole: JSONValue

  /// Reads a case; nil when a part that every case has is missing.
  init?(_ value: JSONValue, source: String) {
    guard let id = value["id"]?.scalar, let base = value["base_currency"]?.scalar, let question = value["question"],
      let expected = value["expected"], case .object = expected
    else { return nil }
    self.id = id
    self.source = source
    self.base = base
    self.question = question
    self.expected = expected.members
    conventions = value["conventions"] ?? .object([:])
    // Rows of one instant keep the case's order.
    activities = (value["activities"]?.elements ?? []).map { Activity($0) }.enumerated()
      .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
    prices = value["prices"]?.elements ?? []
    tolerance = value["tolerance"]?.scalar ?? "0"
    whole = value
  }

  /// The program that makes the book a case speaks of; nil when the case has its own rows.
  var generator: String? { whole["activities"] == nil ? whole["source"]?["generator"]?.scalar : nil }
  /// What report the case asks for.
  var report: String { question["report"]?.scalar ?? "" }
  /// The lot method the case asks for, as the source calls it.
  var method: String { question["method"]?.scalar ?? conventions["method"]?.scalar ?? "FIFO" }
  /// A text of the question.
  func asked(_ key: String) -> String? { question[key]?.scalar }
  /// An answer.
  func answer(_ key: String) -> JSONValue? { expected.first { $0.key == key }?.value }

  /// `oracles/rp2.json` -> `rp2`.
  static func source(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
  }
}

/// A row of `florin.events.v1`: column name -> cell.
struct Activity {
  private(set) var cells: [String: String] = [:]

  /// A row with these cells.
  init(_ cells: [String: String]) { self.cells = cells }

  /// A case's row. A selector is written as FORMATS has it.
  init(_ value: JSONValue) {
    for (key, member) in value.members {
      if key == "lot_selector" {
        cells[key] = Activity.selector(member)
      } else if let text = member.scalar {
        // `label lot1`: what Florin calls a lot's label is its note.
        cells[key] = key == "note" && text.hasPrefix("label ") ? String(text.dropFirst(6)) : text
      }
    }
  }

  subscript(column: String) -> String {
    get { cells[column] ?? "" }
    set { cells[column] = newValue }
  }

  /// The date as the case has it.
  var date: String { self["date"] }
  /// The date without a time.
  var dayText: String { String(date.prefix(10)) }
  /// The day.
  var day: Day? { Day(dayText[...]) }
  /// BUY, SELL, ...
  var type: String { self["type"] }
  /// A number; nil when the cell is empty.
  func number(_ column: String) -> Decimal? { Decimal(self[column]) }

  /// With other cells instead.
  func with(_ changes: [String: String]) -> Activity { Activity(cells.merging(changes) { $1 }) }

  /// The names a case uses for what a selector says, and those of FORMATS 1.
  private static let selectorKeys = ["lot_date": "date", "cost_currency": "currency", "unit_cost": "unit_cost", "label": "label"]

  private static func selector(_ value: JSONValue) -> String {
    if case .array(let choices) = value { return "[" + choices.map(selector).joined(separator: ",") + "]" }
    let parts = value.members.map { member in
      "\"\(selectorKeys[member.key] ?? member.key)\":\"\(member.value.scalar ?? "")\""
    }
    return "{" + parts.joined(separator: ",") + "}"
  }
}
