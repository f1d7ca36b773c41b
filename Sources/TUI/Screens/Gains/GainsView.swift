import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Draws realised gains as a table of disposals or groups with their sums, or the open lots.
struct GainsView {
  let screen: GainsScreen
  let shared: Shared

  /// Columns of disposals, or of what they are grouped by.
  static func fields(_ grouping: GainsReport.Grouping) -> [DisposalField] {
    grouping == .disposal
      ? [.disposed, .asset, .account, .kind, .quantity, .proceeds, .cost, .gain, .byPrice, .byCurrency, .term, .short, .long]
      : [.key, .disposals, .proceeds, .cost, .gain, .byPrice, .byCurrency] + (grouping == .term ? [] : [.short, .long]) + [.unknown]
  }

  /// Rows of a list, for paging: frame, heading and totals take the rest.
  static func page(_ size: Size) -> Int { max(1, size.height - 2 - 2 - (hasRemark(size) ? 3 : 2)) }

  /// Whether a row below says what the sums leave out.
  private static func hasRemark(_ size: Size) -> Bool { size.height >= 16 }

  private static let titles = ["by disposal", "by asset", "by account", "by year", "by term"]

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let answer = screen.answer(shared)
    let inside = Panel("", note: note(answer), footnote: footnote, isFocused: true).draw(in: area, on: &canvas)
    let place = GainsReport.Grouping.allCases.firstIndex(of: screen.grouping) ?? 0
    let strip = PaneStrip(titles: ["Realised \(GainsView.titles[place])", "Open lots"], active: screen.pane.rawValue)
    let hits = strip.draw(over: area, on: &canvas)
    guard let answer else {
      TextBlock("Matching disposals with their lots…", .muted).draw(in: inside.inset(1, 1), on: &canvas)
      return hits
    }
    var room = inside
    if GainsView.hasRemark(shared.size) {
      room.height -= 1
      let (text, style) = remark(answer)
      canvas.put(text, x: inside.x + 1, y: inside.maxY - 1, style, width: inside.width - 2)
    }
    if answer.count == 0, screen.list.filter.isEmpty { return hits + drawNothing(in: inside, on: &canvas) }
    switch answer.rows {
    case .disposals: return hits + drawDisposals(answer, in: room, on: &canvas)
    case .groups(let groups): return hits + drawGroups(groups, answer, in: room, on: &canvas)
    case .lots(let lots, let sums):
      return hits + OpenLotsTable(screen: screen, shared: shared, lots: lots, sums: sums).draw(in: room, on: &canvas)
    }
  }

  private func note(_ answer: GainsAnswer?) -> String {
    guard let answer else { return "" }
    let isCurrent = answer.query == screen.query && shared.isAnswered(.gains(screen.query))
    let count =
      switch answer.rows {
      case .disposals(let places): "\(NumberText.count(places.count)) disposal\(places.count == 1 ? "" : "s")"
      case .groups(let groups): "\(groups.count) \(screen.grouping.rawValue)\(groups.count == 1 ? "" : "s")"
      case .lots(let lots, _): "\(NumberText.count(lots.count)) lot\(lots.count == 1 ? "" : "s")"
      }
    return (isCurrent ? "" : "working… · ") + (screen.list.filter.isEmpty ? "" : "filtered · ") + "\(count) · \(shared.currency)"
  }

  private var footnote: String {
    let fields = Filter(screen.list.filter).unknownFields(in: screen.pane == .open ? LotRow.columns : GainRow.columns)
    if !fields.isEmpty { return "no field " + fields.joined(separator: ", ") + "; try asset account kind disposed acquired term gainBase" }
    let months = shared.snapshot?.book.settings.holdingMonths ?? 12
    return "long: held over \(months) months"
  }

  private func drawNothing(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let lines =
      screen.pane == .open
      ? ["No lot is open.", "a adds a purchase, i imports a file."]
      : [
        "Nothing was disposed of yet, so there is no realised gain.", "",
        "i imports a file with sales, a adds one; what is sold is matched with its lots here.",
        "Tab shows the open lots; on a holding, w says what a sale of it would gain.",
      ]
    let text = lines.joined(separator: "\n")
    TextBlock(text, .muted).draw(in: area.inset(2, 1), on: &canvas)
    return []
  }

  // MARK: What the sums leave out

  /// What the selected row is not, else what the sums leave out and why.
  private func remark(_ answer: GainsAnswer) -> (String, Style) {
    if case .lots(_, let sums) = answer.rows {
      if sums.excluded.isEmpty {
        return ("gain = value - cost, split into by price and by currency; term and days are of a sale today", .muted)
      }
      return ("! excl. " + GainsView.reasons(sums.excluded.map { ($0.asset.text, $0.why, nil) }), Style(.warning))
    }
    let excluded = answer.table?.excluded ?? []
    if !excluded.isEmpty {
      let count = excluded.reduce(0) { $0 + $1.disposals }
      return (
        "! excl. \(count) disposal\(count == 1 ? "" : "s") of unknown gain: "
          + GainsView.reasons(excluded.map { ($0.exclusion.asset.text, $0.exclusion.why, $0.disposals) }), Style(.warning)
      )
    }
    let differing = (shared.snapshot?.overview.notices ?? []).count { $0.kind == .closedYearDiffers }
    if differing > 0 {
      return ("! \(differing) disposal\(differing == 1 ? "" : "s") of closed years would differ now: 9 shows then and now", Style(.warning))
    }
    if shared.snapshot?.book.closings.years.isEmpty == false, screen.grouping == .disposal {
      return ("c: its year is closed, its gain frozen", .muted)
    }
    return ("gain = proceeds - cost = by price + by currency", .muted)
  }

  /// `ADA no price (2), XYZ unknown basis`.
  private static func reasons(_ all: [(asset: String, why: Why, count: Int?)]) -> String {
    all.prefix(6).map { one in
      "\(one.asset.plain) \(one.why.text)" + (one.count.map { $0 > 1 ? " (\($0))" : "" } ?? "")
    }.joined(separator: ", ") + (all.count > 6 ? " and \(all.count - 6) more" : "")
  }

  // MARK: Realised

  private func column(_ field: DisposalField) -> TermKit.Column {
    switch field {
    case .key:
      Column(
        screen.grouping.rawValue.prefix(1).uppercased() + screen.grouping.rawValue.dropFirst(), min: 8, ideal: 12, flex: 1, priority: 250)
    case .disposals: Column("Disposals", .right, min: 9, ideal: 9, priority: 100)
    case .disposed: Column("Disposed", min: 10, ideal: 10, priority: 240)
    case .asset: Column("Asset", min: 6, ideal: 8, priority: 250)
    case .account: Column("Account", min: 8, ideal: 10, flex: 1, priority: 65)
    case .kind: Column("Kind", min: 6, ideal: 7, priority: 75)
    case .quantity: Column("Quantity", .right, min: 9, ideal: 11, priority: 120)
    case .proceeds: Column("Proceeds", .right, min: 10, ideal: 13, priority: 180)
    case .cost: Column("Cost", .right, min: 10, ideal: 13, priority: 170)
    case .gain: Column("Gain", .right, min: 10, ideal: 13, priority: 230)
    case .byPrice: Column("By price", .right, min: 10, ideal: 12, priority: 95)
    case .byCurrency: Column("By currency", .right, min: 11, ideal: 12, priority: 90)
    case .short: Column("Short", .right, min: 10, ideal: 12, priority: screen.grouping == .disposal ? 45 : 130)
    case .long: Column("Long", .right, min: 10, ideal: 12, priority: screen.grouping == .disposal ? 50 : 140)
    case .term: Column("Term", min: 5, ideal: 5, priority: 150)
    case .unknown: Column("Unknown", .right, min: 7, ideal: 7, priority: 85)
    }
  }

  private func table(_ fields: [DisposalField], _ answer: GainsAnswer, extra: [TermKit.Column]) -> Table {
    var table = Table(
      fields.map { column($0) } + extra, rowCount: answer.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.sortColumn = screen.list.sortColumn
    table.isDescending = screen.list.isDescending
    table.emptyText = "no disposal matches \(screen.list.filter)"
    return table
  }

  private func drawDisposals(_ answer: GainsAnswer, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let fields = screen.fields
    let figures = Figures(shared)
    let hasClosed = shared.snapshot?.book.closings.years.isEmpty == false
    var table = table(fields, answer, extra: hasClosed ? [Column("", min: 1, ideal: 1, priority: 245)] : [])
    if let sums = answer.table?.totals {
      table.totals = TableRow(fields.map { $0 == .disposed ? TableCell("Total", .title) : total($0, sums, figures) })
    }
    return table.draw(in: area, on: &canvas) { place in
      guard let row = answer.disposal(place) else { return TableRow([]) }
      let closed = row.isClosed ? TableCell("c", Style(.info)) : TableCell("")
      return TableRow(fields.map { cell($0, row, figures) } + (hasClosed ? [closed] : []))
    }.asHits { fields.indices.contains($0) ? $0 : nil }
  }

  private func cell(_ field: DisposalField, _ row: DisposalRow, _ figures: Figures) -> TableCell {
    switch field {
    case .disposed: return TableCell("\(row.disposed)", .muted)
    case .asset: return TableCell(row.asset.text, .title)
    case .account: return TableCell(row.account.text, .muted)
    case .kind: return TableCell(row.kind.word)
    case .quantity: return figures.quantity(row.quantity)
    case .proceeds: return figures.money(row.proceeds)
    case .cost: return figures.money(row.cost, .muted)
    case .term: return TableCell(row.termText, .muted)
    default: break
    }
    if row.figures.known == 0 { return TableCell("n/a", .muted) }
    let cell = sum(field, row.figures, figures)
    // What is known of a gain is not all of it.
    return row.figures.unknown > 0 ? cell.prefixed("!") : cell
  }

  /// A sum of a row or of all.
  private func sum(_ field: DisposalField, _ sums: GainFigures, _ figures: Figures) -> TableCell {
    switch field {
    case .proceeds: figures.money(.known(sums.proceeds))
    case .cost: figures.money(.known(sums.cost), .muted)
    case .gain: figures.gain(.known(sums.gain))
    case .byPrice: figures.gain(sums.byPrice)
    case .byCurrency: figures.gain(sums.byCurrency)
    case .short: sums.short.isZero ? TableCell("–", .muted) : figures.gain(.known(sums.short))
    case .long: sums.long.isZero ? TableCell("–", .muted) : figures.gain(.known(sums.long))
    case .unknown: sums.unknown == 0 ? TableCell("") : TableCell(NumberText.count(sums.unknown), Style(.warning))
    default: TableCell("")
    }
  }

  private func total(_ field: DisposalField, _ sums: GainFigures, _ figures: Figures) -> TableCell {
    var cell = sum(field, sums, figures)
    if field == .proceeds || field == .cost { cell.style = Style(.total) }
    return cell
  }

  private func drawGroups(
    _ groups: [DisposalGroup], _ answer: GainsAnswer, in area: Rect, on canvas: inout Canvas
  ) -> [HitRegion<Hit>] {
    let fields = screen.fields
    let figures = Figures(shared)
    let isByYear = screen.grouping == .year
    let last: TermKit.Column =
      isByYear ? Column("State", min: 6, ideal: 6, priority: 145) : Column("", min: 9, ideal: 15, flex: 1, priority: 40)
    var table = table(fields, answer, extra: [last])
    if let sums = answer.table?.totals {
      table.totals = TableRow(
        fields.map { field in
          switch field {
          case .key: TableCell("Total", .title)
          case .disposals: TableCell(NumberText.count(answer.table?.count ?? 0), Style(.total))
          default: total(field, sums, figures)
          }
        })
    }
    let most = groups.map { $0.figures.gain.magnitude.approximate }.max() ?? 0
    let isAscii = canvas.glyphs.charts == .ascii
    return table.draw(in: area, on: &canvas) { place in
      let group = groups[place]
      let cells = fields.map { field in
        switch field {
        case .key: TableCell(group.key, .title)
        case .disposals: TableCell(NumberText.count(group.disposals))
        default: group.figures.known == 0 && field != .unknown ? TableCell("n/a", .muted) : sum(field, group.figures, figures)
        }
      }
      let gain = group.figures.gain
      let bar = DivergingBar.text(gain.approximate, of: most, width: 15, isAscii: isAscii)
      let state = group.isClosed == true ? TableCell("closed", Style(.info)) : TableCell("open", .muted)
      return TableRow(
        cells + [
          isByYear
            ? state
            : TableCell(bar, Figures.tone(gain), shorter: [DivergingBar.text(gain.approximate, of: most, width: 9, isAscii: isAscii)])
        ])
    }.asHits { fields.indices.contains($0) ? $0 : nil }
  }
}

extension DisposalKind {
  /// The kind as people write it.
  var word: String {
    switch self {
    case .rocExcess: "capital"
    case .redemption: "redeem"
    case .liquidation: "liquid."
    case .writeoff: "w/off"
    default: rawValue
    }
  }
}
