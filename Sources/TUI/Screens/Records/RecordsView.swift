import Amounts
import Ledger
import Reports
import TermKit
import Workspace

/// Draws the open list of records, and below it the selected one in full.
struct RecordsView {
  let screen: RecordsScreen
  let shared: Shared

  /// Rows of the list below the selected record's panel.
  private static func detail(_ height: Int) -> Int { height >= 14 ? 4 : 0 }

  /// Rows a list can show on a screen of a size.
  static func page(_ size: Size) -> Int { max(1, AppState.pageRows(size) + 2 - detail(size.height - 2)) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let parts = area.rows([.flex(), .fixed(RecordsView.detail(area.height))])
    let inside = Panel("", note: "\(screen.rowCount(shared))", isFocused: true).draw(in: parts[0], on: &canvas)
    let hits = PaneStrip(titles: RecordsScreen.Pane.allCases.map(\.title), active: screen.pane.rawValue).draw(over: parts[0], on: &canvas)
    drawSelected(in: parts[1], on: &canvas)
    return hits + (screen.pane == .accounts ? accounts(in: inside, on: &canvas) : plans(in: inside, on: &canvas))
  }

  private func table(
    _ columns: [TermKit.Column], empty: String, in area: Rect, on canvas: inout Canvas, row: (Int) -> [TableCell]
  ) -> [HitRegion<Hit>] {
    var table = Table(columns, rowCount: screen.rowCount(shared), selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText =
      shared.snapshot?.isComplete != true ? "reading…" : screen.list.filter.isEmpty ? empty : "nothing matches \(screen.list.filter)"
    return table.draw(in: area, on: &canvas) { TableRow(row($0)) }.asHits
  }

  // MARK: Accounts

  private func accounts(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let columns: [TermKit.Column] = [
      Column("Account", min: 14, ideal: 24, flex: 1, priority: 200), Column("Kind", min: 8, ideal: 9, priority: 150),
      Column("Portfolio", min: 9, ideal: 14, priority: 180), Column("Venue", min: 12, ideal: 16, priority: 60),
      Column("Events", .right, min: 6, ideal: 8, priority: 170), Column("First", min: 10, ideal: 10, priority: 120),
      Column("Last", min: 10, ideal: 10, priority: 80), Column("Holds", .right, min: 5, ideal: 6, priority: 100),
      Column("Cash", .right, min: 12, ideal: 16, priority: 160), Column("Cur", min: 6, ideal: 8, priority: 155),
    ]
    return table(columns, empty: "no account yet; a adds one", in: area, on: &canvas) { place in
      let row = screen.accounts[place]
      func day(_ day: Day?) -> TableCell { TableCell(day.map { "\($0)" } ?? "–", .muted) }
      let isDefault = row.account.portfolio.isEmpty
      return [
        TableCell(row.account.name, .title), TableCell(row.account.kind.isEmpty ? "–" : row.account.kind, .muted),
        TableCell(isDefault ? Portfolio.defaultName : row.account.portfolio, isDefault ? .muted : .text),
        TableCell(row.account.venue.isEmpty ? "–" : row.account.venue, .muted), TableCell(NumberText.count(row.events)), day(row.first),
        day(row.last), TableCell(row.holdings == 0 ? "–" : "\(row.holdings)", .muted), cash(row), currency(row),
      ]
    }
  }

  /// Money of one currency; of several the first, and how many more there are beside it.
  private func cash(_ row: AccountRow) -> TableCell {
    guard let first = row.cash.first else { return TableCell("–", .muted) }
    return Figures(shared).money(.known(first.amount), first.amount.isNegative ? Style(.loss) : .text)
  }

  private func currency(_ row: AccountRow) -> TableCell {
    guard let first = row.cash.first else { return TableCell("") }
    return TableCell(first.currency + (row.cash.count > 1 ? " +\(row.cash.count - 1)" : ""), .muted)
  }

  // MARK: Plans

  /// The columns of the file that are shown, with their widths; the rest is in the line below.
  private var fields: [(name: String, column: TermKit.Column)] {
    func text(_ name: String, _ title: String, _ ideal: Int, _ priority: Int, flex: Int = 0) -> (String, TermKit.Column) {
      (name, Column(title, min: min(ideal, 8), ideal: ideal, flex: flex, priority: priority))
    }
    func number(_ name: String, _ title: String, _ ideal: Int, _ priority: Int) -> (String, TermKit.Column) {
      (name, Column(title, .right, min: min(ideal, 9), ideal: ideal, priority: priority))
    }
    func day(_ name: String, _ title: String, _ priority: Int) -> (String, TermKit.Column) {
      (name, Column(title, min: 10, ideal: 10, priority: priority))
    }
    switch screen.pane {
    case .accounts: return []
    case .distributions:
      return [
        text("kind", "Kind", 12, 190), number("amount_per_token", "Per token", 12, 185), text("currency", "Cur", 4, 180),
        day("pay", "Pay", 175), day("record", "Record", 150), day("ex", "Ex", 120), day("declared", "Declared", 90),
        text("basis", "Basis", 6, 80), text("note", "Note", 12, 60, flex: 1),
      ]
    case .restrictions:
      return [
        text("kind", "Kind", 9, 190), number("quantity", "Quantity", 12, 170), day("from", "From", 120), day("until", "Until", 180),
        text("account", "Account", 12, 110), text("reason", "Reason", 20, 150, flex: 1), text("schedule", "Schedule", 12, 60, flex: 1),
      ]
    case .targets:
      return [
        text("dimension", "Split by", 12, 190), text("key", "Part", 20, 185, flex: 1), number("target", "Target", 9, 180),
        number("band", "Band", 9, 150),
      ]
    case .policies:
      return [
        text("frequency", "Pays", 11, 190), number("amount_per_token", "Per token", 12, 185),
        number("share_of_income", "Of income", 9, 120),
        text("currency", "Cur", 4, 180), number("day", "On day", 6, 150), day("from", "From", 140), text("basis", "Basis", 6, 100),
      ]
    }
  }

  private func plans(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let fields = fields
    let hasAsset = screen.pane != .targets
    let head = hasAsset ? [Column("Asset", min: 6, ideal: 9, priority: 200)] : []
    let empty = "no \(screen.pane.subject.rawValue) is recorded; a adds one"
    return table(head + fields.map(\.column), empty: empty, in: area, on: &canvas) { place in
      let row = screen.plans[place]
      return (hasAsset ? [TableCell(row.asset?.text ?? "–", .title)] : []) + fields.map { cell($0.name, row) }
    }
  }

  private func cell(_ name: String, _ row: PlanRow) -> TableCell {
    guard let text = row.fields.first(where: { $0.column == name })?.value else {
      return TableCell(name == "quantity" ? "all" : "–", .muted)
    }
    switch name {
    case "target", "band", "share_of_income": return Figures.share(Decimal(text).map { .known($0) } ?? .unknown(.notStated))
    case "amount_per_token": return TableCell(Decimal(text).map { Figures.unitPrice($0) } ?? text)
    case "quantity": return Decimal(text).map { Figures(shared).quantity($0) } ?? TableCell(text)
    case "pay", "until", "kind", "key", "frequency", "reason": return TableCell(text)
    default: return TableCell(text, .muted)
    }
  }

  // MARK: The selected one

  private func drawSelected(in area: Rect, on canvas: inout Canvas) {
    guard area.height > 2 else { return }
    let place = screen.list.selected
    var (title, text) = ("", "")
    if screen.pane == .accounts, screen.accounts.indices.contains(place) {
      let row = screen.accounts[place]
      title = row.account.name
      let cash =
        shared.isPrivate ? Figures.hidden : row.cash.map { "\(NumberText.money($0.amount)) \($0.currency)" }.joined(separator: ", ")
      text = (row.cash.isEmpty ? "no cash" : "cash: \(cash)") + ". m moves it to another portfolio; e changes name, kind and venue."
    } else if screen.pane != .accounts, screen.plans.indices.contains(place) {
      let row = screen.plans[place]
      title = "\(row.asset?.text ?? row.what) · \(row.what) \(row.id)"
      text = row.summary
    }
    let inside = Panel(title).draw(in: area, on: &canvas).inset(1, 0)
    TextBlock(text, .muted).draw(in: inside, on: &canvas)
  }
}
