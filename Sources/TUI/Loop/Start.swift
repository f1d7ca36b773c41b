import TermKit
public import Workspace

extension AppState {
  /// Takes the snapshot that was there before the first frame, if any, and asks for the rest.
  public mutating func start(_ snapshot: Snapshot?, desk: Desk?) -> [Effect] {
    roots[.overview] = .root(.overview)
    guard let snapshot else { return reload() }
    let effects = update(.loaded(snapshot, desk))
    return snapshot.isComplete ? effects : effects + [.load(.full)]
  }

  /// Shows a sentence at the bottom until the next key.
  public mutating func say(_ sentence: String) { show(sentence, .info) }
}
