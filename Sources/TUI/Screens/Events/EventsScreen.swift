import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Everything that happened, newest first, with what one event consists of and where it comes from.
struct EventsScreen: ListScreen {
  var list = ListState()
  /// Whether the event's details are shown; nil leaves it to the width of the screen.
  private(set) var showsDetail: Bool?
  /// Whether the keys move in the details.
  private(set) var isInDetail = false
  /// The first line of the details.
  private(set) var detailScroll = 0

  /// From this width on details stand beside the list.
  static let wide = 120

  var title: String { "Events" }
  var bindings: [Binding] {
    [
      Binding(.enter, .open, hint: "details"), Binding(.char("o"), .asset), Binding(.tab, .nextPane, hint: "pane"),
      Binding(.char("a"), .add, hint: "add"), Binding(.char("e"), .edit, hint: "edit"), Binding(.char("d"), .delete, hint: "delete"),
      Binding(.char("w"), .whatIf, hint: "lots"),
      Binding(.char("y"), .copy), Binding(.char("I"), .invert),
    ]
  }

  /// The events that the filter lets through. While an answer is awaited these are the events of the filter before.
  func report(_ shared: Shared) -> EventsReport? {
    list.filter.isEmpty ? shared.desk?.events : shared.filteredEvents ?? shared.desk?.events
  }

  func rowCount(_ shared: Shared) -> Int { report(shared)?.count ?? 0 }

  /// The place in the report of a row of the list.
  func place(_ row: Int, _ count: Int) -> Int { list.isDescending ? count - 1 - row : row }

  /// The selected event.
  func selectedRow(_ shared: Shared) -> EventRow? {
    guard let report = report(shared), list.selected >= 0, list.selected < report.count else { return nil }
    return report[place(list.selected, report.count)]
  }

  /// Whether details are on the screen.
  func hasDetail(_ shared: Shared) -> Bool { showsDetail ?? (shared.size.width >= EventsScreen.wide) }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .open:
      showsDetail = !hasDetail(shared)
      if showsDetail == false { isInDetail = false }
    case .nextPane, .previousPane:
      if !hasDetail(shared) { showsDetail = true }
      isInDetail.toggle()
    case .back where isInDetail: isInDetail = false
    case .back where showsDetail == true && shared.size.width < EventsScreen.wide: showsDetail = false
    case .invert: list.isDescending.toggle()
    default: return isInDetail ? handleDetail(command, shared) : handleMoves(command, shared)
    }
    return []
  }

  private mutating func handleMoves(_ command: Command, _ shared: Shared) -> [Effect]? {
    guard handleList(command, shared) else { return nil }
    detailScroll = 0
    return []
  }

  private mutating func handleDetail(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .up: detailScroll = max(0, detailScroll - 1)
    case .down: detailScroll += 1
    case .pageUp, .halfUp: detailScroll = max(0, detailScroll - shared.page / 2)
    case .pageDown, .halfDown: detailScroll += shared.page / 2
    case .first: detailScroll = 0
    case .last: detailScroll = 10_000
    default: return nil
    }
    // Where it ends depends on the width; drawing stops there too.
    let lines = selectedRow(shared).map { EventDetail($0, shared).lines.count } ?? 0
    detailScroll = min(detailScroll, max(0, lines - 1))
    return []
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .row(let row):
      list.selected = row
      (isInDetail, detailScroll) = (false, 0)
    case .scroll(let first):
      list.scroll = first
      list.selected = min(max(list.selected, first), first + shared.page - 1)
      list.clamp(rows: rowCount(shared), page: shared.page)
    default: break
    }
    return []
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open, .asset, .nextPane: selectedRow(shared) == nil ? "no event is selected" : nil
    default: nil
    }
  }

  func asset(_ shared: Shared) -> AssetID? { selectedRow(shared)?.asset.id }

  func sale(_ shared: Shared) -> SaleTarget? {
    guard let row = selectedRow(shared), EventKind.allCases.contains(where: { $0.choosesLots && $0.reportName == row.kind }) else {
      return nil
    }
    return SaleTarget(event: row.id, asset: row.asset.id)
  }

  func record(_ shared: Shared) -> RecordKey? {
    guard hasDetail(shared), let row = selectedRow(shared) else { return nil }
    return RecordKey(event: row.id, batch: row.batch, line: row.line)
  }

  /// In the list the event as it is shown, in the details the row of the file it came from.
  func copied(_ shared: Shared) -> String? {
    guard let row = selectedRow(shared) else { return nil }
    if isInDetail, let record = shared.record, record.key.event == row.id, let raw = record.raw { return raw }
    let figures: [String?] = [
      row.time.description, row.kind, row.asset.text, row.quantity?.description, row.price?.description, row.gross?.description,
      row.currency,
      row.fee?.description, row.feeAsset, row.account, row.toAccount, row.note,
    ]
    return figures.map { $0 ?? "" }.joined(separator: "\t")
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    EventsView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
