import Amounts
import Engine
import Ledger

/// An open lot's row with its name.
struct LotEntry {
  /// The row.
  var row: LotRow
  /// `lots/TOWR@Vault/2`, with `.2` for the second of several parts of one lot in one account.
  var path: FigurePath

  /// Names the rows of a lots report, in its order.
  static func all(_ rows: [LotRow]) -> [LotEntry] {
    var seen: [FigurePath: Int] = [:]
    return rows.map { row in
      let path = FigurePath("lots", "\(row.asset.text)@\(row.account.text)", "\(row.event.raw)")
      let count = (seen[path] ?? 0) + 1
      seen[path] = count
      return LotEntry(row: row, path: count == 1 ? path : path.sibling("\(row.event.raw).\(count)"))
    }
  }
}

extension LotsReport {
  /// The names of the rows' figures, one for each row; a column's key behind it names a figure.
  public var figures: [FigurePath] { LotsReport.figures(of: rows) }

  /// The names of an asset's lots, or of all lots, in the report's order.
  public static func figures(of rows: [LotRow]) -> [FigurePath] { LotEntry.all(rows).map(\.path) }
}

extension Explainer {
  /// `lots/ASSET[@ACCOUNT]/EVENT|DAY/COLUMN`, `lots/EVENT/COLUMN`.
  func explainLot(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    if parts.isEmpty || parts.count == 1 && parts[0].lowercased() == "costbase" { return lotTotal() }
    if parts.count == 1, parts[0].lowercased() == "lots" { return lotCount() }
    var entries: [LotEntry]
    if Explainer.lotKey(parts[0]) != nil, asset(named: parts[0]) == nil {
      let event = Int64(parts[0].prefix { $0 != "." })
      let assets = Set(booking.lots.filter { $0.event.raw == event }.map(\.asset)).sorted()
      entries = assets.flatMap { lotRows(of: $0) }
    } else {
      let (asset, account) = try place(parts.removeFirst())
      entries = lotRows(of: asset).filter { account == nil || $0.row.account.id == account }
      // Without a lot it is all of them.
      guard let next = parts.first, Explainer.lotKey(next) != nil else { return try explainHolding([label(asset, account), "cost"]) }
    }
    let named = parts.removeFirst()
    let key = try key(parts.first, in: LotRow.columns, ["basis": "costBase", "gain": "unrealized"], default: "costBase")
    guard let (head, ordinal) = Explainer.lotKey(named) else { throw .unknown(named, near: entries.prefix(5).map(\.path.description)) }
    let matching = entries.filter { String($0.row.event.raw) == head || $0.row.acquired?.description == head }
    if matching.isEmpty { throw .unknown(named, near: near(named, entries.map { String($0.row.event.raw) })) }
    if let ordinal {
      guard matching.indices.contains(ordinal - 1) else { throw .unknown(named, near: matching.map(\.path.description)) }
      return lot(key, matching[ordinal - 1])
    }
    // The first part of a lot has no number of its own; an account would tell others apart.
    let first = matching.filter { $0.path.parts.last == String($0.row.event.raw) }
    if first.count == 1 { return lot(key, first[0]) }
    if matching.count > 1 { throw .ambiguous(named, matching.map(\.path.description)) }
    return lot(key, matching[0])
  }

  /// `12`, `12.2`, `2024-03-01`, `2024-03-01.2`.
  static func lotKey(_ text: String) -> (head: String, ordinal: Int?)? {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard let head = parts.first, Int64(head) != nil || Day(head) != nil else { return nil }
    if parts.count == 1 { return (head, nil) }
    return Int(parts[1]).map { (head, $0) }
  }

  private func lotTotal() -> Explanation {
    let report = LotsReport(book, booking, valuer, filter: filter(of: "lots"))
    var inputs: [Explanation.Input] = []
    if filter(of: "lots").isEmpty {
      // An asset of which a lot's cost is unknown has lots of known cost still.
      var sums: [AssetLabel: Decimal] = [:]
      for row in report.rows {
        if let cost = row.costBase.value { sums[row.asset] = (try? (sums[row.asset] ?? .zero).adding(cost)) ?? sums[row.asset] }
      }
      inputs = sums.keys.sorted { AssetLabel.precedes($0, $1) }.map {
        .init($0.text, sums[$0].map { .decimal($0) } ?? .none, base, figure: FigurePath("holdings", $0.text, "cost"))
      }
    } else {
      inputs = LotEntry.all(report.rows).filter { $0.row.costBase.isKnown }.map { lotInput($0, "costBase", base) }
    }
    return Explanation(
      FigurePath("lots", "costBase"), "cost of all open lots", .decimal(report.costBase), base,
      formula: "the sum of all open lots' costs, each at the rate of its acquisition", shortened(inputs),
      steps: sumLine(inputs.compactMap { Explainer.number($0.value) }, base), rounding: .sum,
      excluded: report.excluded.map { "\($0.asset.text): \($0.why.text)" })
  }

  private func lotCount() -> Explanation {
    let rows = LotsReport(book, booking, valuer, filter: filter(of: "lots")).rows
    let counts = rows.reduce(into: [AssetLabel: Int]()) { $0[$1.asset, default: 0] += 1 }
    return Explanation(
      FigurePath("lots", "lots"), "open lots", .integer(rows.count), formula: "how many lots are open, of all assets",
      counts.keys.sorted { AssetLabel.precedes($0, $1) }.map {
        .init($0.text, .integer(counts[$0] ?? 0), figure: FigurePath("holdings", $0.text, "quantity"))
      }, rounding: .stated)
  }

  /// A lot's figure as an input of another.
  func lotInput(_ entry: LotEntry, _ key: String, _ unit: String?) -> Explanation.Input {
    let row = FigureRow(path: entry.path, label: "", columns: LotRow.columns, cells: entry.row.cells)
    return .init(
      "lot of \(NumberText.quantity(entry.row.quantity)) in \(entry.row.account.text)", row[key], unit, date: entry.row.acquired,
      event: entry.row.event, figure: entry.path.adding(key))
  }

  private func lot(_ key: String, _ entry: LotEntry) -> Explanation {
    let lot = entry.row
    let row = FigureRow(
      path: entry.path, label: "the \(lot.asset.text) lot of \(lot.acquired?.description ?? "an unknown day")", columns: LotRow.columns,
      cells: lot.cells, currency: lot.currency)
    var explanation: Explanation
    func made(
      _ unit: String?, _ formula: String, _ inputs: [Explanation.Input], _ steps: [String] = [], _ rounds: Explanation.Rounds = .product
    ) -> Explanation {
      Explanation(
        entry.path.adding(key), "\(TableWriter.heading(key)) of \(row.label)", row[key], unit, formula: formula, inputs, steps: steps,
        rounding: rounds)
    }
    let asset = lot.asset.id
    switch key {
    case "quantity":
      explanation = made(
        lot.asset.text, "what was acquired, less what was disposed of or moved on since", [], [], .sum)
      leftOf(entry, row, &explanation, { $0.quantity }, { .known($0.quantity) }, acquiredUnits(lot))
    case "cost":
      explanation = made(
        lot.currency, "what the units cost when they were acquired (\(costRule)), less the cost that left with disposals", [])
      leftOf(
        entry, row, &explanation, { $0.cost.value?.amount }, { $0.cost.map { (cost) throws(DecimalError) in cost.amount } },
        acquiredCost(lot))
    case "unitCost":
      explanation = made(
        lot.currency, "cost / quantity", [row.input("cost", nil, lot.currency), row.input("quantity", nil, lot.asset.text)],
        quotient(lot.cost.value?.amount, lot.quantity, row[key], lot.currency))
    case "costBase":
      let rate = rateInput(lot.cost.value?.currency, on: acquisitionDay(lot))
      explanation = made(
        base, "cost at the exchange rate of the acquisition; it never moves with today's rate",
        [row.input("cost", nil, lot.currency)] + rate,
        rate.isEmpty ? [] : product(lot.cost.value?.amount, rate.first.flatMap { Explainer.number($0.value) }, row[key], base))
    case "value":
      let unit = valuer.unit(asset)
      explanation = made(
        base, "quantity x unit value x exchange rate",
        [row.input("quantity", nil, lot.asset.text), unitInput(asset)] + rateInput(unit.price.value?.currency, on: day),
        unit.price.value.map { worthSteps(lot.quantity, $0, unit.rate, row[key]) } ?? [])
    case "unrealized":
      let pair = lot.value.value.flatMap { a in lot.costBase.value.map { (a, $0) } }
      explanation = made(
        base, "value - cost", [row.input("value", nil, base), row.input("costBase", "cost", base)],
        pair.map { line("\($0) - \($1)", try? $0.subtracting($1), equals: row[key], base) } ?? [], .sum)
    case "gainCurrency":
      let rates = [acquisitionDay(lot), day].flatMap { rateInput(lot.cost.value?.currency, on: $0) }
      explanation = made(
        base, "cost x (rate now - rate at the acquisition): what the money that was paid has gained by itself",
        [row.input("cost", nil, lot.currency), row.input("costBase", "cost", base)] + rates)
    case "gainPrice":
      let pair = lot.unrealized.value.flatMap { a in lot.gainCurrency.value.map { (a, $0) } }
      explanation = made(
        base, "the gain less its currency part", [row.input("unrealized", nil, base), row.input("gainCurrency", nil, base)],
        pair.map { line("\($0) - \($1)", try? $0.subtracting($1), equals: row[key], base) } ?? [], .sum)
    default:
      explanation = made(
        lot.asset.text, lot.lockedUntil == nil ? "no lock holds the lot: all of it" : "a lock holds the lot: none of it",
        [row.input("quantity", nil, lot.asset.text), .init("locked until", Cell(lot.lockedUntil))], [], .stated)
    }
    explanation.siblings = siblings(entry.path, LotRow.columns)
    if let why = lot.costBase.why, key != "quantity" && key != "free" { explanation.excluded = ["what it cost is not known: \(why.text)"] }
    return explanation
  }

  // MARK: What became of a lot

  /// The day whose rate counts for a lot's cost.
  private func acquisitionDay(_ lot: LotRow) -> Day {
    eventPlaces[lot.event.raw].map { on(Instant(microseconds: book.events.times[$0])) } ?? lot.acquired ?? day
  }

  /// In words, what an acquisition costs under the fee rule.
  private var costRule: String {
    book.settings.feeRule == .capitalized ? "cash paid and fee: fees are capitalized" : "quantity x price: fees are separate"
  }

  private func acquiredUnits(_ lot: LotRow) -> Decimal? {
    guard let place = eventPlaces[lot.event.raw] else { return nil }
    let event = book.events[place]
    return event.asset == lot.asset.id ? event.quantity : event.extra?.toQuantity
  }

  /// What an acquisition cost by the event's own numbers; nil where it takes more than those.
  private func acquiredCost(_ lot: LotRow) -> Decimal? {
    guard let place = eventPlaces[lot.event.raw] else { return nil }
    let event = book.events[place]
    let product = event.quantity.flatMap { q in event.price.flatMap { try? q.multiplied(by: $0) } }
    if event.kind == .buy || event.kind == .convert, book.settings.feeRule == .capitalized {
      return (event.gross ?? product).flatMap { try? $0.adding(feeWorth(event) ?? .zero) }
    }
    return event.kind == .buy || event.kind == .reward ? product ?? event.gross : event.gross ?? product
  }

  /// A fee in the event's own currency.
  func feeWorth(_ event: Event) -> Decimal? {
    event.feeValue ?? (event.feeAsset == nil || event.feeAsset?.asCurrency == event.currency ? event.fee : nil)
  }

  /// Puts together what was acquired, what left since and what lies elsewhere, and shows the sum where it closes.
  private func leftOf(
    _ entry: LotEntry, _ row: FigureRow, _ explanation: inout Explanation, _ ofLot: (LotRow) -> Decimal?,
    _ ofPiece: (GainRow) -> Figure<Decimal>, _ acquired: Decimal?
  ) {
    let lot = entry.row
    let unit = explanation.unit
    if let place = eventPlaces[lot.event.raw] {
      explanation.inputs.append(
        eventInput(place, acquired.map { .decimal($0) } ?? .unknown(.notStated), unit, name: "acquired: "))
    }
    var parts = acquired.map { [$0] } ?? []
    for place in gainsOfLot[lot.event] ?? [] where gains.rows[place].asset.id == lot.asset.id {
      let piece = gains.rows[place]
      guard let taken = ofPiece(piece).value else { continue }
      explanation.inputs.append(
        .init(
          "\(piece.kind.rawValue) in \(piece.account.text)", .decimal(-taken), unit, date: piece.disposed, event: piece.event,
          figure: gainPath(place)))
      parts.append(-taken)
    }
    for other in lotRows(of: lot.asset.id) where other.row.event == lot.event && other.path != entry.path {
      guard let elsewhere = ofLot(other.row) else { continue }
      explanation.inputs.append(
        .init(
          "left in \(other.row.account.text)", .decimal(-elsewhere), unit, date: other.row.acquired,
          figure: other.path.adding(row.path.parts.last == nil ? "" : explanation.figure.parts.last ?? "")))
      parts.append(-elsewhere)
    }
    if acquired != nil, Explainer.sum(parts) == Explainer.number(explanation.value) {
      explanation.steps += parts.count > 1 ? sumLine(parts, unit) : []
    } else {
      explanation.excluded.append("splits, returned capital, gifts or moves since then changed the lot: its events show them")
    }
  }
}
