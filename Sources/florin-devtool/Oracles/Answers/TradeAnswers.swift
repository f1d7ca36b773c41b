import Amounts

/// `trades`: one line for every closed part of a position, and one for what is open.
enum TradeAnswers {
  static func trades(_ run: inout CaseRun) throws(Failure) {
    let book = try run.book()
    let asset = run.oracle.asked("asset") ?? run.oracle.activities.last { $0.type == "BUY" }?["asset"] ?? ""
    let end = [run.oracle.activities.last?.day, run.oracle.prices.compactMap { $0["date"]?.scalar.flatMap { Day($0) } }.max()]
      .compactMap { $0 }.max()
    let rows = try book.rows(["trades", "--scope", "account"] + Matching.until(end)).filter { $0["asset"]?.scalar == asset }
    var left = rows
    for wanted in run.take("trades")?.elements ?? [] {
      let isOpen = wanted["open"] != nil
      let place = left.firstIndex { row in
        (row["end"]?.scalar == nil) == isOpen
          && ["start", "end"].allSatisfy { key in wanted[key] == nil || row[key]?.scalar == wanted[key]?.scalar }
      }
      let row = place.map { left.remove(at: $0) }
      let name = isOpen ? "open trade " : "trade "
      for member in wanted.members where member.key != "open" {
        run.compare(name + member.key, value(row, member.key), member.value)
      }
      if row == nil { run.note(name, got: "no such trade", expected: CaseRun.brief(wanted), .differs) }
    }
    for row in left { run.note("trade", got: CaseRun.brief(row), expected: "no such trade", .differs) }
  }

  /// A figure of a trade as the source counts it: profit after tax, the rate of a year however short the trade was.
  private static func value(_ row: JSONValue?, _ key: String) -> Got {
    switch key {
    case "entry": return Got(row, "cost")
    case "exit": return Sum.difference(Got(row, "proceeds"), Got(row, "tax"))
    case "profit": return Sum.difference(Got(row, "gain"), Got(row, "tax"))
    case "irr":
      let roots = (row?["irrRoots"]?.elements ?? []).compactMap { $0.scalar.flatMap { Double($0) } }
      return roots.min { abs($0) < abs($1) }.map { .rate($0) } ?? .none("no solution")
    default: return Got(row, key)
    }
  }
}
