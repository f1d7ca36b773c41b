import TermKit
import Workspace

/// What an import of a file would do. Nothing is changed before Enter.
struct PreviewScreen: ListScreen {
  /// What has the keys.
  enum Pane: Hashable {
    case events, remarks
  }
  var list = ListState()
  private(set) var pane: Pane?

  var title: String { "Preview" }
  var bindings: [Binding] { [Binding(.enter, .open, hint: "import"), Binding(.tab, .nextPane, hint: "events / remarks")] }

  /// The pane that is shown: problems first when nothing would be made.
  func shown(_ shared: Shared) -> Pane {
    pane ?? (shared.preview.map { $0.events.isEmpty && !$0.remarks.isEmpty } == true ? .remarks : .events)
  }

  var filter: String? {
    get { nil }
    set {}
  }

  func rowCount(_ shared: Shared) -> Int {
    guard let preview = shared.preview else { return 0 }
    return shown(shared) == .events ? preview.events.count : preview.remarks.count
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .nextPane, .previousPane:
      pane = shown(shared) == .events ? .remarks : .events
      (list.selected, list.scroll) = (0, 0)
      return []
    case .open: return shared.preview.map { [.importFiles([$0.path], run: 0)] } ?? []
    default: return handleList(command, shared) ? [] : nil
    }
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    guard command == .open, let preview = shared.preview else { return nil }
    if preview.failure != nil { return "this file cannot be imported" }
    return preview.summary.imported == 0 ? "there is nothing new in this file" : nil
  }

  func copied(_ shared: Shared) -> String? {
    guard let preview = shared.preview else { return nil }
    let rows = shown(shared) == .events ? preview.events : preview.remarks
    return rows.indices.contains(list.selected) ? rows[list.selected].joined(separator: "\t") : preview.failure
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    PreviewView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}
