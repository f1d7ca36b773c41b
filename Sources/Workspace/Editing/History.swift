public import Amounts
public import Archive
public import Ledger

/// A step of the history as it was made, taken back or done again.
public struct HistoryStep: Hashable, Sendable {
  /// What it did, for people.
  public let title: String
  /// The batch it applied or took back, where it is an import.
  public let batch: BatchID?
  /// What it meant for a book in memory.
  public let change: LedgerChange
  /// Whether everything was as wanted already: such a change is no step of the history.
  public let isUnchanged: Bool

  /// A change that changed nothing, and is no step of the history.
  init(unchanged title: String) { (self.title, batch, change, isUnchanged) = (title, nil, LedgerChange(), true) }

  init(_ step: RecordedStep) { (title, batch, change, isUnchanged) = (step.title, step.batch, step.change, false) }
}

extension Workspace {
  /// Takes back the last change that is not taken back yet.
  ///
  /// - Throws: `.nothingToUndo` when all are.
  public func undo() throws(WorkspaceError) -> HistoryStep { try travel(back: true) }

  /// Does the change again that was taken back last.
  ///
  /// - Throws: `.nothingToRedo` when there is none.
  public func redo() throws(WorkspaceError) -> HistoryStep { try travel(back: false) }

  private func travel(back: Bool) throws(WorkspaceError) -> HistoryStep {
    let step = try writing { (database) throws(ArchiveError) -> RecordedStep? in
      try database.transaction { () throws(ArchiveError) -> RecordedStep? in
        let journal = try database.journal()
        guard let step = back ? journal.last(where: { !$0.isUndone }) : journal.first(where: { $0.isUndone }) else { return nil }
        return try database.travel(step, back: back)
      }
    }
    guard let step else { throw back ? .nothingToUndo : .nothingToRedo }
    follow(step.change, to: step.generation)
    return HistoryStep(step)
  }

  /// Does work in one transaction, as one step of the history that can be undone: whatever facts it writes are recorded.
  ///
  /// - Parameter work: makes the change and returns the step's title for people.
  /// - Returns: what changed; nothing at all when the work wrote what was there already.
  func recording(_ now: Instant, _ work: (Database) throws(ArchiveError) -> String) throws(WorkspaceError) -> HistoryStep {
    let step = try writing { (database) throws(ArchiveError) in
      try database.recorded(at: now) { () throws(ArchiveError) in try work(database) }
    }
    follow(step.change, to: step.generation)
    return HistoryStep(step)
  }

  /// All batches, oldest first.
  public func batches() throws(WorkspaceError) -> [BatchRecord] {
    try writing { (database) throws(ArchiveError) in try database.batches() }
  }

  /// Takes a batch back, or applies it again, whatever its place in the history. This is a change of its own: undoing it brings back
  /// what was before.
  ///
  /// - Throws: `.noSuchBatch`; `.batchState` when it is taken back, or applied, already; `.batchOverlaps` when most of what would be
  ///   applied again was imported anew meanwhile. A few rows in common are the identical fills of overlapping exports, and count.
  public func setReverted(_ reverted: Bool, batch: BatchID, now: Instant) throws(WorkspaceError) {
    guard let found = try batches().first(where: { $0.id == batch }) else { throw .noSuchBatch(batch.raw) }
    // What belongs to no batch could not be told from what was set meanwhile.
    if ["florin.settings.v1", "florin.closings.v1", "florin.links.v1"].contains(found.source) { throw .notABatchOfFacts(batch.raw) }
    if found.isReverted == reverted { throw .batchState(batch.raw, isReverted: reverted) }
    if !reverted {
      let overlap = try writing { (database) throws(ArchiveError) in try database.overlap(of: batch) }
      if let other = overlap.with, overlap.shared * 2 > overlap.rows {
        throw .batchOverlaps(batch.raw, rows: overlap.shared, with: other.raw)
      }
    }
    let name = "batch \(batch.raw) (\(found.file.isEmpty ? found.kind : Workspace.baseName(found.file)))"
    _ = try recording(now) { (database) throws(ArchiveError) in
      // A transfer does not outlive the file that one of its sides came from.
      if reverted { for link in try database.transferLinks(of: batch) { try database.unlink(link) } }
      try database.setReverted(reverted, batch: batch)
      if !reverted { _ = try database.linkCertain(batch) }
      return reverted ? "take back \(name)" : "apply \(name) again"
    }
  }
}
