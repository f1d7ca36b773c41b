import Ledger
import Reports
import TermKit
import Workspace

/// The batches that made this database, and the formats Florin reads.
struct ImportsScreen: ListScreen {
  /// What has the keys.
  enum Pane: Hashable {
    case batches, formats
  }
  private(set) var pane = Pane.batches
  private var batchList = ListState()
  private var formatList = ListState()
  /// The batches shown, newest first: indexes into the snapshot's.
  private(set) var order: [Int32] = []
  /// The formats shown: indexes into ``formats``.
  private(set) var formatOrder: [Int32] = []

  /// The list of the pane that has the keys.
  var list: ListState {
    get { pane == .batches ? batchList : formatList }
    set { if pane == .batches { batchList = newValue } else { formatList = newValue } }
  }

  /// The formats, by id.
  static let formats = Workspace.formatRows

  var title: String { "Imports" }
  var bindings: [Binding] {
    var found = [Binding(.char("i"), .importFile, hint: "import")]
    if pane == .batches { found += [Binding(.enter, .open, hint: "events"), Binding(.char("x"), .revert, hint: "take back")] }
    found.append(Binding(.char("H"), .history, hint: "history"))
    return found + [Binding(.tab, .nextPane, hint: pane == .batches ? "formats" : "batches")]
  }

  func rowCount(_ shared: Shared) -> Int { pane == .batches ? order.count : formatOrder.count }

  /// The row that is selected in a pane's list, whether or not it has the keys.
  func state(of pane: Pane) -> ListState { pane == .batches ? batchList : formatList }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .nextPane, .previousPane:
      pane = pane == .batches ? .formats : .batches
      refresh(shared)
      return []
    case .back where pane == .formats && list.filter.isEmpty:
      pane = .batches
      return []
    default: return handleList(command, shared) ? [] : nil
    }
  }

  mutating func refresh(_ shared: Shared) {
    let batches = shared.snapshot?.batches ?? []
    let wanted = Filter(batchList.filter)
    order = batches.indices.reversed().filter { wanted.matches(batches[$0]) }.map { Int32($0) }
    let wantedFormats = Filter(formatList.filter)
    formatOrder = ImportsScreen.formats.indices.filter { wantedFormats.matches(ImportsScreen.formats[$0]) }.map { Int32($0) }
    batchList.clamp(rows: order.count, page: shared.page)
    formatList.clamp(rows: formatOrder.count, page: shared.page)
  }

  /// The selected batch.
  func batch(_ shared: Shared) -> ImportRow? {
    guard pane == .batches, let batches = shared.snapshot?.batches, order.indices.contains(batchList.selected),
      batches.indices.contains(Int(order[batchList.selected]))
    else { return nil }
    return batches[Int(order[batchList.selected])]
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open, .revert: batch(shared) == nil ? "no batch is selected" : nil
    default: nil
    }
  }

  func copied(_ shared: Shared) -> String? {
    if let batch = batch(shared) { return [batch.file, batch.source, batch.sha256, "\(batch.at)"].joined(separator: "\t") }
    guard pane == .formats, formatOrder.indices.contains(formatList.selected) else { return nil }
    return ImportsScreen.formats[Int(formatOrder[formatList.selected])].id
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    // Rows of the formats are numbered from a million on.
    switch hit {
    case .row(let row):
      pane = row < ImportsView.formatRows ? .batches : .formats
      list.selected = row % ImportsView.formatRows
    case .scroll(let first):
      list.scroll = first
      list.selected = min(max(list.selected, first), first + shared.page - 1)
      list.clamp(rows: rowCount(shared), page: shared.page)
    default: break
    }
    return []
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    ImportsView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
