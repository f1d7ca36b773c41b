import Archive
import Engine
import Ledger

extension Workspace {
  /// Whether a change leaves alone which events selectors of lots mean by the ids of their sources, so that a book can follow it.
  ///
  /// An event that selects, one that is selected by such an id, and one that bears an id which a selector names, are not left alone.
  ///
  /// - Complexity: O(events with further facts) where some event selects lots; free elsewhere.
  func leavesSelectorsAlone(_ change: LedgerChange, in book: Book) throws(WorkspaceError) -> Bool {
    for event in change.events where event.before?.extra?.lotSelector != nil || event.after?.extra?.lotSelector != nil { return false }
    guard book.events.hasSelectors else { return true }
    var named: Set<String> = []
    book.events.extras.forEach { _, extra in named.formUnion(extra.lotSelector.map { LotSelector($0).eventIDs } ?? []) }
    if named.isEmpty { return true }
    let selected = Set(book.externalIDs.values.joined())
    for event in change.events {
      guard let id = event.after?.id ?? event.before?.id else { continue }
      if selected.contains(id.raw) { return false }
      if let own = try externalID(of: id), named.contains(own) { return false }
    }
    return true
  }
}
