import Amounts
import Engine
import Ledger

/// Explains realised gains: a total by year, a year by asset, an asset by disposal, a disposal by lot.
extension Explainer {
  func gainPlaces() -> [Int] {
    let end = book.settings.zone.end(of: day)
    let pieces = pieced.pieces
    struct Key {
      let disposed: Int64
      let event: Int64
      let acquired: Int64
      let place: Int
    }
    var keys = pieces.indices.filter { pieces[$0].disposed <= end }.map { place in
      Key(
        disposed: pieces[place].disposed.microseconds, event: pieces[place].event.raw,
        acquired: pieces[place].acquired?.microseconds ?? Int64.min, place: place)
    }
    keys.sort { ($0.disposed, $0.event, $0.acquired, $0.place) < ($1.disposed, $1.event, $1.acquired, $1.place) }
    return keys.map(\.place)
  }

  /// The name of a row of the gains report.
  func gainPath(_ place: Int) -> FigurePath {
    let event = pieced.pieces[gainOrder[place]].event
    let all = gainsOfEvent[event] ?? []
    let path = FigurePath("gains", "event", "\(event.raw)")
    return all.count == 1 ? path : path.adding("\((all.firstIndex(of: place) ?? 0) + 1)")
  }

  /// `gains`, `gains/2024[/ASSET]`, `gains/ASSET[/YEAR]`, `gains/year|asset|account|term/KEY/COLUMN`, `gains/event/ID[/N]/COLUMN`.
  func explainGain(_ rest: ArraySlice<String>) throws(ExplainError) -> Explanation {
    var parts = Array(rest)
    guard let first = parts.first, first.lowercased() != "gainbase" && first.lowercased() != "total" else { return gainTotal() }
    if let key = ["gainPrice", "gainCurrency"].first(where: { $0.lowercased() == first.lowercased() }) { return gainPartTotal(key) }
    parts.removeFirst()
    switch first.lowercased() {
    case "event":
      guard let id = parts.first.flatMap({ Int64($0) }) else { throw .unknown(parts.first ?? first, near: []) }
      return try gain(ofEvent: EventID(id), Array(parts.dropFirst()))
    case "year", "asset", "account", "term":
      guard let grouping = GainsReport.Grouping(rawValue: first.lowercased()) else { break }
      guard let key = parts.first else { throw .unknown(first, near: groups(grouping).map(\.key)) }
      return try gainGroup(grouping, key, Array(parts.dropFirst()))
    case "long", "short", "unknown": return try gainGroup(.term, first.lowercased(), parts)
    default: break
    }
    if let number = Int64(first) {
      if first.count == 4, (1900..<2200).contains(number) { return try gainGroup(.year, first, parts) }
      return try gain(ofEvent: EventID(number), parts)
    }
    if let asset = asset(named: first) { return try gainGroup(.asset, names.asset(asset).text, parts) }
    throw .unknown(first, near: near(first, groups(.year).map(\.key) + groups(.asset).map(\.key)))
  }

  private func gainTotal() -> Explanation {
    let years = groups(.year)
    return Explanation(
      FigurePath("gains"), "all realised gains", .decimal(gains.gainBase), base,
      formula: "the sum of proceeds - cost over all disposals; proceeds at the disposal's rate, cost at the acquisition's",
      years.map { .init($0.key, .decimal($0.gainBase), base, figure: FigurePath("gains", $0.key)) },
      steps: sumLine(years.map(\.gainBase), base), rounding: .sum,
      excluded: gains.excluded.map { "\($0.asset.text): \($0.why.text)" })
  }

  /// The price or the currency part of all gains.
  private func gainPartTotal(_ key: String) -> Explanation {
    let years = groups(.year).map { ($0.key, key == "gainPrice" ? $0.gainPrice : $0.gainCurrency) }
    return Explanation(
      FigurePath("gains", key), "all realised gains, \(TableWriter.heading(key))",
      Cell(key == "gainPrice" ? gains.gainPrice : gains.gainCurrency),
      base, formula: "the sum over all disposals of " + Explainer.partFormula(key),
      years.map { .init($0.0, Cell($0.1), base, figure: FigurePath("gains", "year", $0.0, key)) },
      steps: sumLine(years.compactMap(\.1.value), base), rounding: .sum, excluded: gains.excluded.map { "\($0.asset.text): \($0.why.text)" }
    )
  }

  /// What a part of a gain is, in words.
  private static func partFormula(_ key: String) -> String {
    key == "gainPrice" ? "the gain in base less its currency part" : "cost x (rate at the disposal - rate at the acquisition)"
  }

  private func gainGroup(_ grouping: GainsReport.Grouping, _ typed: String, _ rest: [String]) throws(ExplainError) -> Explanation {
    let rows = groups(grouping)
    guard let row = rows.first(where: { $0.key == typed }) ?? rows.first(where: { $0.key.lowercased() == typed.lowercased() }) else {
      throw .unknown(typed, near: near(typed, rows.map(\.key)) + rows.prefix(5).map(\.key))
    }
    var places = gainOrder.indices.filter { group(of: $0, grouping) == row.key }
    // A year of an asset, or an asset in a year.
    if let next = rest.first, grouping == .year || grouping == .asset {
      let other: GainsReport.Grouping = grouping == .year ? .asset : .year
      let wanted = other == .asset ? asset(named: next).map { names.asset($0).text } : next.count == 4 && Int(next) != nil ? next : nil
      if let wanted {
        places = places.filter { group(of: $0, other) == wanted }
        let (year, asset) = grouping == .year ? (row.key, wanted) : (wanted, row.key)
        let sum = Explainer.sum(places.compactMap { pieced.pieces[gainOrder[$0]].gainBase.value }) ?? .zero
        return gainSum(
          FigurePath("gains", year, asset), "realised gain of \(asset) in \(year)", .decimal(sum), places,
          "the sum of proceeds - cost over the disposals, in \(base)")
      }
    }
    let key = try key(rest.first, in: GainGroupRow.columns, default: "gainBase")
    let path = FigurePath("gains", grouping.rawValue, row.key)
    let figures = FigureRow(path: path, label: row.key, columns: GainGroupRow.columns, cells: row.cells)
    var explanation: Explanation
    switch key {
    case "gainBase" where grouping != .asset:
      let sums = gainsByAsset(places)
      let inputs = sums.map { asset, sum in
        Explanation.Input(
          asset, .decimal(sum), base, figure: grouping == .year ? FigurePath("gains", row.key, asset) : FigurePath("gains", "asset", asset))
      }
      explanation = Explanation(
        path.adding(key), "realised gain, \(grouping.rawValue) \(row.key)", figures[key], base,
        formula: "the sum of proceeds - cost over the disposals, in \(base), by asset", inputs, steps: sumLine(sums.map(\.sum), base),
        rounding: .sum)
      explanation.excluded = unknownGains(places)
    case "gainBase":
      explanation = gainSum(
        path.adding(key), "realised gain of \(row.key)", figures[key], places, "the sum of proceeds - cost over the disposals, in \(base)")
    default:
      let shown = places.filter { place in
        let piece = pieced.pieces[gainOrder[place]]
        return key == "gain" ? piece.gain.isKnown : (key == "unknown") != piece.gainBase.isKnown
      }
      let inputs = shown.map { place -> Explanation.Input in
        let row = gains.rows[place]
        let isPart = key == "gainPrice" || key == "gainCurrency"
        let value = isPart ? (key == "gainPrice" ? Cell(row.gainPrice) : Cell(row.gainCurrency)) : Cell(row.gain)
        return Explanation.Input(
          "\(row.kind.rawValue) of \(row.asset.text)", value, isPart ? base : row.currency, date: row.disposed, event: row.event,
          figure: gainPath(place).adding(isPart ? key : "gain"))
      }
      let words =
        key == "gain"
        ? "the sum of proceeds - cost in their own currency; unknown where there are several currencies"
        : key == "unknown" ? "the matched parts whose gain is unknown" : "the sum over the disposals of " + Explainer.partFormula(key)
      let unit = key == "gain" ? row.currency : key == "unknown" ? nil : base
      explanation = Explanation(
        path.adding(key), "\(TableWriter.heading(key)), \(grouping.rawValue) \(row.key)", figures[key], unit, formula: words,
        shortened(inputs), rounding: .sum)
    }
    explanation.siblings = siblings(path, GainGroupRow.columns)
    return explanation
  }

  /// The group a row of the gains report belongs to.
  private func group(of place: Int, _ grouping: GainsReport.Grouping) -> String {
    let piece = pieced.pieces[gainOrder[place]]
    switch grouping {
    case .asset: return names.asset(piece.asset).text
    case .account: return names.account(piece.account).text
    case .year: return String(on(piece.disposed).year)
    default:
      guard let acquired = piece.acquired else { return "unknown" }
      return Term(from: on(acquired), to: on(piece.disposed), months: book.settings.holdingMonths).rawValue
    }
  }

  /// Sums of known gains in base by asset, in the order of ids.
  private func gainsByAsset(_ places: [Int]) -> [(asset: String, sum: Decimal)] {
    var sums: [AssetID: Decimal] = [:]
    for place in places {
      let piece = pieced.pieces[gainOrder[place]]
      guard let gain = piece.gainBase.value else { continue }
      sums[piece.asset] = (try? (sums[piece.asset] ?? .zero).adding(gain)) ?? sums[piece.asset]
    }
    return sums.keys.sorted().map { (names.asset($0).text, sums[$0] ?? .zero) }
  }

  private func unknownGains(_ places: [Int]) -> [String] {
    places.compactMap { place in
      let piece = pieced.pieces[gainOrder[place]]
      return piece.gainBase.why.map { "\(names.asset(piece.asset).text), event \(piece.event.raw): \($0.text)" }
    }
  }

  /// The sum of gains in base, one input a disposal.
  func gainSum(_ path: FigurePath, _ title: String, _ value: Cell, _ places: [Int], _ formula: String) -> Explanation {
    var order: [EventID] = []
    var sums: [EventID: Decimal] = [:]
    var first: [EventID: Int] = [:]
    for place in places {
      let piece = pieced.pieces[gainOrder[place]]
      guard let gain = piece.gainBase.value else { continue }
      if sums[piece.event] == nil {
        order.append(piece.event)
        first[piece.event] = place
      }
      sums[piece.event] = (try? (sums[piece.event] ?? .zero).adding(gain)) ?? sums[piece.event]
    }
    let inputs = order.map { event -> Explanation.Input in
      let piece = pieced.pieces[gainOrder[first[event] ?? 0]]
      return .init(
        "\(piece.kind.rawValue) in \(names.account(piece.account).text)", .decimal(sums[event] ?? .zero), base, date: on(piece.disposed),
        event: event, figure: FigurePath("gains", "event", "\(event.raw)"))
    }
    return Explanation(
      path, title, value, base, formula: formula, shortened(inputs), steps: sumLine(order.compactMap { sums[$0] }, base), rounding: .sum,
      excluded: unknownGains(places))
  }

  // MARK: One disposal

  private func gain(ofEvent event: EventID, _ rest: [String]) throws(ExplainError) -> Explanation {
    guard let places = gainsOfEvent[event] else { throw .unknown("\(event.raw)", near: []) }
    var rest = rest
    if let ordinal = rest.first.flatMap({ Int($0) }) {
      rest.removeFirst()
      guard places.indices.contains(ordinal - 1) else { throw .unknown("\(ordinal)", near: places.indices.map { "\($0 + 1)" }) }
      return try piece(places[ordinal - 1], rest.first)
    }
    if places.count == 1 { return try piece(places[0], rest.first) }
    let key = try key(rest.first, in: GainRow.columns, default: "gainBase")
    let rows = places.map { gains.rows[$0] }
    func figures(_ index: Int) -> FigureRow {
      FigureRow(
        path: gainPath(places[index]), label: "", columns: GainRow.columns, cells: rows[index].cells, currency: rows[index].currency)
    }
    let parts = rows.indices.compactMap { Explainer.number(figures($0)[key]) }
    let unit = unit(of: key, rows[0])
    let isOne = unit == base || key == "quantity" || Set(rows.map(\.currency)).count == 1
    var explanation = Explanation(
      FigurePath("gains", "event", "\(event.raw)", key), "\(TableWriter.heading(key)) of event \(event.raw)",
      isOne ? Explainer.sum(parts).map { .decimal($0) } ?? .unknown(.overflow) : .unknown(.mixedCurrencies), unit,
      formula: "the sum over the lots the disposal took, \(book.settings.method.rawValue) within \(lotScope)",
      rows.indices.map { index in
        .init(
          "lot of \(rows[index].acquired?.description ?? "unknown day")", figures(index)[key], unit, date: rows[index].acquired,
          event: pieced.pieces[gainOrder[places[index]]].lotEvent, figure: figures(index).path.adding(key))
      }, steps: isOne ? sumLine(parts, unit) : [], rounding: .sum)
    explanation.excluded = unknownGains(places)
    if let place = eventPlaces[event.raw] { explanation.inputs.append(eventInput(place, nil, nil, name: "disposed: ")) }
    explanation.siblings = siblings(FigurePath("gains", "event", "\(event.raw)"), GainRow.columns)
    return explanation
  }

  private var lotScope: String { book.settings.scope == .account ? "the account" : "all accounts" }

  private func unit(of key: String, _ row: GainRow) -> String? {
    key == "quantity" ? row.asset.text : key.hasSuffix("Base") || key == "gainPrice" || key == "gainCurrency" ? base : row.currency
  }

  /// A part of a disposal matched with one lot.
  private func piece(_ place: Int, _ typed: String?) throws(ExplainError) -> Explanation {
    let key = try key(typed, in: GainRow.columns, default: "gainBase")
    let found = gains.rows[place]
    let piece = pieced.pieces[gainOrder[place]]
    let path = gainPath(place)
    let row = FigureRow(
      path: path, label: "\(found.kind.rawValue) of \(found.asset.text) on \(found.disposed)", columns: GainRow.columns, cells: found.cells,
      currency: found.currency)
    var explanation = Explanation(
      path.adding(key), "\(TableWriter.heading(key)) of the \(row.label)", row[key], unit(of: key, found), formula: "")
    let disposal = eventPlaces[piece.event.raw]
    let acquisition = piece.lotEvent.flatMap { eventPlaces[$0.raw] }
    func base(_ amount: Figure<Money>, _ event: Int?, _ name: String) {
      let rate = rateInput(amount.value?.currency, on: event.map { on(Instant(microseconds: book.events.times[$0])) } ?? day)
      explanation.inputs = [row.input(name, nil, amount.value.map { names.currency($0.currency) })] + rate
      explanation.steps = product(amount.value?.amount, rate.first.flatMap { Explainer.number($0.value) }, row[key], self.base)
    }
    switch key {
    case "quantity":
      explanation.formula = "units of the disposal that this lot supplied: \(book.settings.method.rawValue) within \(lotScope)"
    case "proceeds":
      explanation.formula =
        "what the disposal yielded, by units"
        + (book.settings.feeRule == .capitalized ? "; the fee is off the proceeds (fees are capitalized)" : "; fees are separate")
      shareOfProceeds(place, piece, found, &explanation)
    case "cost":
      explanation.formula = "what the units cost in their lot: the lot's cost x units taken / units in the lot"
    case "gain", "gainBase":
      let (a, b) = key == "gain" ? ("proceeds", "cost") : ("proceedsBase", "costBase")
      explanation.formula =
        key == "gain"
        ? "proceeds - cost; unknown when their currencies differ" : "proceeds at the disposal's rate - cost at the acquisition's rate"
      let codes = [found.proceeds, found.cost].map { names.currency($0) }
      explanation.inputs = [
        row.input(a, nil, key == "gain" ? codes[0] : self.base), row.input(b, nil, key == "gain" ? codes[1] : self.base),
      ]
      if let x = Explainer.number(row[a]), let y = Explainer.number(row[b]) {
        explanation.steps = line("\(x) - \(y)", try? x.subtracting(y), equals: row[key], explanation.unit)
      }
      explanation.rounding = Explanation.Rounds.sum.text
    case "proceedsBase":
      explanation.formula = "proceeds at the exchange rate of the disposal"
      base(found.proceeds, disposal, "proceeds")
    case "costBase":
      explanation.formula = "cost at the exchange rate of the acquisition"
      base(found.cost, acquisition, "cost")
    case "gainPrice":
      explanation.formula = "gain in base - its currency part: the gain in the own currency at the rate of the disposal"
      explanation.inputs = [row.input("gainBase", nil, self.base), row.input("gainCurrency", nil, self.base)]
      if let a = Explainer.number(row["gainBase"]), let b = Explainer.number(row["gainCurrency"]) {
        explanation.steps = line("\(a) - \(b)", try? a.subtracting(b), equals: row[key], self.base)
      }
    case "gainCurrency":
      explanation.formula = "cost x (rate at the disposal - rate at the acquisition): what the money that was paid gained by itself"
      let rate = rateInput(found.cost.value?.currency, on: found.disposed)
      explanation.inputs = [row.input("cost", nil, names.currency(found.cost))] + rate + [row.input("costBase", nil, self.base)]
      if let cost = found.cost.value?.amount, let then = found.costBase.value, let now = rate.first.flatMap({ Explainer.number($0.value) }),
        let worth = try? cost.multiplied(by: now)
      {
        let check = line("\(worth) - \(then)", try? worth.subtracting(then), equals: row[key], self.base)
        if !check.isEmpty { explanation.steps = ["\(cost) x \(now) = \(worth) \(self.base)"] + check }
      }
    default: explanation.formula = "as the gains report has it"
    }
    if let disposal { explanation.inputs.append(eventInput(disposal, nil, nil, name: "disposed: ")) }
    if let acquisition { explanation.inputs.append(eventInput(acquisition, nil, nil, name: "acquired: ")) }
    if piece.lotEvent == nil { explanation.excluded = ["no lot covers these units: what they cost is not known"] }
    explanation.siblings = siblings(path, GainRow.columns)
    return explanation
  }

  /// `gross - fee = proceeds`, or the share of several lots.
  private func shareOfProceeds(_ place: Int, _ piece: GainPiece, _ row: GainRow, _ explanation: inout Explanation) {
    guard let index = eventPlaces[piece.event.raw] else { return }
    let event = book.events[index]
    let all = (gainsOfEvent[piece.event] ?? []).map { pieced.pieces[gainOrder[$0]] }.filter {
      $0.asset == piece.asset && $0.kind == piece.kind
    }
    guard let whole = Explainer.sum(all.compactMap(\.proceeds.value?.amount)), let units = Explainer.sum(all.map(\.quantity)) else {
      return
    }
    let gross = event.gross ?? event.quantity.flatMap { q in event.price.flatMap { try? q.multiplied(by: $0) } }
    if event.asset == piece.asset, let gross, let fee = feeWorth(event), !fee.isZero, (try? gross.subtracting(fee)) == whole {
      explanation.steps.append("\(gross) - \(fee) = \(whole) \(row.currency ?? "")")
    }
    if all.count > 1 {
      explanation.steps += line(
        "\(whole) x \(piece.quantity) / \(units)", try? whole.share(piece.quantity, of: units), equals: Cell(row.proceeds), row.currency)
    }
  }
}
