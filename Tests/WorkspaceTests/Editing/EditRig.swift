import Amounts
import Importers
import Ledger
import TestSupport
import Workspace

/// A database on disk that is opened anew for every step, as after a restart.
struct EditRig {
  let path: String
  let now = Instant(day: day("2024-06-01"), second: 43_200)

  init(_ name: String) { path = temporaryFolder(name) + "/florin.db" }

  func open() throws(WorkspaceError) -> Workspace { try Workspace(path: path) }

  @discardableResult
  func bring(_ text: String, _ name: String = "made-up.csv") throws(WorkspaceError) -> ImportOutcome {
    try open().importFile(ImportRequest(.text(text, name: name), now: now))
  }

  /// Saves something.
  @discardableResult
  func save(_ target: EditTarget, _ cells: [String: String]) throws(WorkspaceError) -> EditOutcome {
    try open().apply(.save(target, cells), now: now)
  }

  @discardableResult
  func delete(_ target: EditTarget) throws(WorkspaceError) -> EditOutcome { try open().apply(.delete(target), now: now) }

  /// The problems of an edit that is refused; nil when it went through.
  func problems(_ edit: Edit) throws -> [String]? {
    do throws(WorkspaceError) {
      _ = try open().apply(edit, now: now)
      return nil
    } catch {
      guard case .invalid(let problems) = error else { throw LawBroken("\(error)") }
      return problems.map(\.sentence)
    }
  }
}
