public import Amounts
import Archive
import Importers

extension Workspace {
  /// Stores the demo portfolio as one batch, which can be undone like any other.
  ///
  /// - Parameters:
  ///   - today: the last day of its story.
  ///   - now: the clock.
  public func addDemo(today: Day, now: Instant) throws(WorkspaceError) -> ImportOutcome {
    let facts = Demo.facts(today: today)
    let request = ImportRequest(.bytes([], name: "demo"), now: now)
    return try writing { (database) throws(ArchiveError) in
      try database.transaction { () throws(ArchiveError) -> ImportOutcome in
        let batch = try database.insertBatch(kind: "demo", source: "florin.demo", file: "demo", at: now)
        var writer = try BatchWriter(
          database, batch: batch, source: "florin.demo", account: "", known: try KnownRows(database), request: request,
          outcome: ImportOutcome(file: "demo"))
        try writer.write(facts)
        try writer.finish(sha256: "", kind: "demo")
        try database.recordStep(title: "demo portfolio", batch: batch, at: now)
        try database.advanceGeneration()
        var outcome = writer.outcome
        outcome.batch = batch
        return outcome
      }
    }
  }
}
