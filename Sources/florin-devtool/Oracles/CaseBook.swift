import Amounts
import CLI
import Glibc
import TestSupport

/// A database with a case in it, made by importing Florin's own files and asked by Florin's own commands.
struct CaseBook {
  private let folder: String
  private let base: String
  private static let columns = [
    "id", "timestamp", "type", "account", "to_account", "asset", "quantity", "price", "currency", "gross", "fee", "fee_asset", "fee_value",
    "tax", "ratio", "subtype", "fx_rate", "settle_currency", "to_asset", "to_quantity", "basis_share", "acquired", "lot_selector", "note",
  ]

  /// What a case is made of, before it is files.
  struct Content {
    /// The events, by time.
    var activities: [Activity]
    /// `date,asset,currency,price,kind`.
    var prices: [[String]]
    /// What counts as money beside the base currency.
    var currencies: Set<String>
    /// The currency of totals.
    var base: String
    /// The class of everything that is not money.
    var assetClass = "stock"

    /// A case as it is.
    init(_ oracle: OracleCase) {
      activities = oracle.activities
      prices = oracle.prices.map { row in ["date", "asset", "currency", "price", "kind"].map { row[$0]?.scalar ?? "" } }
      base = oracle.base
      currencies = [oracle.base]
      for price in prices {
        currencies.insert(price[2])
        if price[4] == "fx" { currencies.insert(price[1]) }
      }
      for row in activities {
        currencies.insert(row["currency"])
        if !row["settle_currency"].isEmpty { currencies.insert(row["settle_currency"]) }
      }
      currencies.remove("")
    }
  }

  /// An empty database with totals in a currency.
  init(base: String) throws(Failure) {
    folder = temporaryFolder("oracle")
    self.base = base
  }

  /// Writes the files and imports them; every row must be taken.
  func fill(with content: Content) throws(Failure) {
    let assets = Set(content.activities.flatMap { [$0["asset"], $0["to_asset"], $0["fee_asset"]] } + content.prices.map { $0[1] })
      .union(content.currencies).subtracting([""])
    try importFile(
      "assets.csv",
      [["symbol", "class", "name", "currency", "decimals", "pricing"]]
        + assets.sorted().map { name in
          content.currencies.contains(name)
            ? [name, "cash", name, name, "", ""] : [name, content.assetClass, name, currency(of: name, content), "", "daily"]
        })
    var rows = [CaseBook.columns]
    for (place, activity) in content.activities.enumerated() {
      rows.append(
        CaseBook.columns.map { column in
          column == "id" ? String(place + 1) : column == "timestamp" ? CaseBook.timestamp(activity.date) : activity[column]
        })
    }
    if rows.count > 1 { try importFile("events.csv", rows) }
    let prices = content.prices.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    if !prices.isEmpty { try importFile("prices.csv", [["date", "asset", "currency", "price", "kind"]] + prices) }
  }

  /// Takes the files away.
  func remove() {
    for name in ["assets.csv", "events.csv", "prices.csv", "book.db", "book.db-wal", "book.db-shm"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  /// A date alone is the first instant of its day: the order of the rows then decides.
  private static func timestamp(_ date: String) -> String {
    switch date.count {
    case 10: date + "T00:00:00Z"
    case 16: date + ":00Z"
    default: date
    }
  }

  private func currency(of asset: String, _ content: Content) -> String {
    content.prices.last { $0[1] == asset && $0[4] != "fx" }?[2]
      ?? content.activities.first { $0["asset"] == asset && !$0["currency"].isEmpty }?["currency"] ?? content.base
  }

  private func importFile(_ name: String, _ rows: [[String]]) throws(Failure) {
    let text = rows.map { $0.map(CaseBook.quoted).joined(separator: ",") + "\n" }.joined()
    try Files.write(text, to: folder + "/" + name)
    let answer = try ask(["import", folder + "/" + name])
    guard let counts = answer["rows"], counts["imported"]?.scalar == String(rows.count - 1) else {
      let problems = (answer["problems"]?.elements ?? []).prefix(3).map { problem in
        "line \(problem["line"]?.scalar ?? "?"): \(problem["column"]?.scalar ?? "") \(problem["reason"]?.scalar ?? "")"
      }
      throw Failure(message: "\(name): not every row was imported: \(problems.joined(separator: "; "))")
    }
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains { ",\"\n".contains($0) }
      ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : cell
  }

  /// Runs a command with `--format json` and reads what it writes.
  func ask(_ words: [String]) throws(Failure) -> JSONValue {
    guard let answer = JSONValue(try run(words + ["--format", "json", "--currency", base])) else {
      throw Failure(message: "florin \(words.joined(separator: " ")): no JSON")
    }
    return answer
  }

  /// Runs a command that answers nothing.
  func tell(_ words: [String]) throws(Failure) { _ = try run(words) }

  private func run(_ words: [String]) throws(Failure) -> [UInt8] {
    final class Box: @unchecked Sendable {
      var output: [UInt8] = []
      var errors = ""
    }
    let box = Box()
    let invocation = Invocation(
      arguments: words,
      environment: ["FLORIN_DB": folder + "/book.db", "HOME": folder, "FLORIN_NOW": "2099-12-31T12:00:00Z"],
      clock: { Instant(microseconds: 0) }, zoneFile: { _ in nil },
      output: { piece in
        box.output += piece
        return true
      }, errors: { box.errors += $0 })
    let code = CommandLineTool.run(invocation)
    guard code == .ok || code == .doneWithProblems else {
      throw Failure(message: "florin \(words.joined(separator: " ")): \(box.errors.split(separator: "\n").first ?? "failed")")
    }
    return box.output
  }

  /// The rows of a report.
  func rows(_ words: [String]) throws(Failure) -> [JSONValue] { try ask(words)["rows"]?.elements ?? [] }
}
