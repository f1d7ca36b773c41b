import Amounts

/// How a case wants disposals matched, in the words of Florin's options.
struct Matching {
  /// `--method`.
  let method: String
  /// `--scope`.
  let scope: String
  /// `--fees`.
  let fees: String

  /// As the question and the conventions of a case say.
  init(_ oracle: OracleCase) { self.init(method: oracle.method, oracle: oracle) }

  /// The same by another method.
  init(method name: String, oracle: OracleCase) {
    let selects = oracle.activities.contains { !$0["lot_selector"].isEmpty }
    switch name {
    case "LIFO", "HIFO", "LOFO": method = name.lowercased()
    case "AVERAGE", "MOVING_AVERAGE": method = selects ? "specific" : "average"
    case "UK_POOL": method = "average"
    case "STRICT", "STRICT_WITH_SIZE": method = "specific"
    default: method = selects ? "specific" : "fifo"
    }
    let asked = oracle.asked("scope") ?? oracle.conventions["scope"]?.scalar ?? "account"
    scope = asked == "global" ? "global" : "account"
    let rule = oracle.asked("fees") ?? oracle.conventions["fees"]?.scalar ?? ""
    let cost = oracle.conventions["cost"]?.scalar ?? ""
    fees = rule.hasPrefix("separate") || cost.contains("fees = separate") ? "separate" : "capitalized"
  }

  /// Other than a case's own.
  init(method: String, scope: String, fees: String) {
    self.method = method
    self.scope = scope
    self.fees = fees
  }

  /// The options of `gains`, `lots` and `holdings`.
  var options: [String] { ["--method", method, "--scope", scope, "--fees", fees] }
  /// Whether lots of one pool have one unit cost, so that only their sum tells anything.
  var isPooled: Bool { method == "average" }

  /// `--as-of`, when a day is given.
  static func until(_ day: Day?) -> [String] { day.map { ["--as-of", "\($0)"] } ?? [] }

  /// The matched parts of all disposals.
  func gains(_ book: CaseBook, asOf: Day? = nil) throws(Failure) -> [JSONValue] {
    try book.rows(["gains"] + options + Matching.until(asOf))
  }

  /// Open lots; those of an average are one.
  func lots(_ book: CaseBook, asOf: Day? = nil) throws(Failure) -> [LotRecord] {
    let times = Dictionary(
      try book.rows(["events"]).compactMap { row in row["id"]?.scalar.flatMap { id in row["time"]?.scalar.map { (id, $0) } } }
    ) { $1 }
    let rows = try book.rows(["lots"] + options + Matching.until(asOf))
    let lots = rows.map { LotRecord(lot: $0, times: times) }
    return isPooled ? LotRecord.merged(lots, pooled: true) : lots
  }

  /// What Florin does where a source has a method that Florin has not.
  func convention(_ oracle: OracleCase) -> OwnRule? {
    let cost = ReferenceLots(oracle.activities, .earliest).costOfSales
    switch oracle.method {
    case "STRICT", "STRICT_WITH_SIZE":
      return OwnRule(
        "\(oracle.method) refuses a sale whose lots it cannot tell apart; Florin has no such method and takes the earliest", demands: cost)
    case "AVERAGE" where method == "specific":
      return OwnRule(
        "an average over the lots that a sale selects is no method of Florin; the selected lots leave at their own cost", demands: cost)
    default: return nil
    }
  }
}

/// A disposal: the parts that one event took.
struct Disposal {
  /// The event's id.
  let event: String
  /// The rows of `gains`.
  private(set) var parts: [JSONValue] = []

  /// Disposals in the order of the report.
  static func all(_ rows: [JSONValue]) -> [Disposal] {
    var found: [Disposal] = []
    for row in rows {
      let event = row["event"]?.scalar ?? ""
      if found.last?.event != event { found.append(Disposal(event: event)) }
      found[found.count - 1].parts.append(row)
    }
    return found
  }

  /// What left, at cost.
  var cost: Got { Sum.of(parts.map { Got($0, "cost") }) }
  /// Proceeds less cost.
  var gain: Got { Sum.of(parts.map { Got($0, "gain") }) }
  /// What came for it.
  var proceeds: Got { Sum.of(parts.map { Got($0, "proceeds") }) }
  /// Units.
  var quantity: Got { Sum.of(parts.map { Got($0, "quantity") }) }
  /// The gain of the parts of one kind.
  func own(_ kind: String) -> Got { Sum.of(parts.filter { $0["kind"]?.scalar == kind }.map { Got($0, "gain") }) }
  /// The day it left.
  var day: Day? { parts.first?["disposed"]?.scalar.flatMap { Day($0) } }
  /// The day the earliest part was acquired.
  var acquired: Day? { parts.compactMap { $0["acquired"]?.scalar.flatMap { Day($0) } }.min() }
}

/// Legs of recorded events.
enum EventLegs {
  /// What left in legs of a role, over some events, in whatever it was paid.
  static func sum(of role: String, _ events: [JSONValue]) -> Got {
    Sum.of(
      events.flatMap { $0["legs"]?.elements ?? [] }.filter { $0["role"]?.scalar == role }
        .map { leg in Got(leg, "quantity").decimal.map { .exact(-$0) } ?? .none("unknown") })
  }
}

/// A fee in the asset that is sold.
enum OwnFee {
  /// Where a source counts units paid as a fee as gone without a disposal, and units it does not know as free.
  static func convention(_ oracle: OracleCase, _ sales: [Disposal]) -> OwnRule? {
    guard oracle.asked("missing") == "zero cost" else { return nil }
    return OwnRule(
      "units sold that were never held cost nothing in the source; in Florin their gain is unknown, and units paid as a fee are sold",
      demands: "unknown, because of the unknown cost"
    ) { got in if case .none = got { true } else { false } }
  }
}

extension CaseRun {
  /// Compares amounts in order.
  mutating func compareList(_ name: String, _ got: [Got], _ wanted: [JSONValue]) {
    if got.count != wanted.count { note(name, got: "\(got.count) values", expected: "\(wanted.count) values", .differs) }
    for (place, (value, other)) in zip(got, wanted).enumerated() { compare("\(name)[\(place)]", value, other) }
  }
}
