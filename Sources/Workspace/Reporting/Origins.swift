import Amounts
import Archive
import Ledger
public import Reports

extension Workspace {
  /// The row of a file that a fact was read from; nil when the database cannot say.
  ///
  /// A fact that came from no file has its edit instead. Quotes, distributions and plans of an older Florin have a file and no line.
  public func origin(of fact: Explanation.Fact) -> Explanation.Origin? {
    switch fact {
    case .event(let row):
      guard var origin = origin(batch: row.batch, line: row.line) else { return nil }
      origin.externalID = (try? externalID(of: row.id)) ?? nil
      return origin
    case .quote(let asset, let kind, let quote):
      return origin { (database) throws(ArchiveError) in try database.place(ofQuote: kind, asset, quote.day, quote.price.currency) }
    case .distribution(let id): return origin { (database) throws(ArchiveError) in try database.place(ofDistribution: id) }
    case .plan(let id): return origin { (database) throws(ArchiveError) in try database.place(ofPlan: id) }
    }
  }

  private func origin(
    _ find: (Database) throws(ArchiveError) -> (batch: BatchID, line: Int?)?
  ) -> Explanation.Origin? {
    guard let found = try? writing({ (database) throws(ArchiveError) in try find(database) }) else { return nil }
    return origin(batch: found.batch, line: found.line)
  }

  private func origin(batch: BatchID, line: Int?) -> Explanation.Origin? {
    guard let found = (try? batches())?.first(where: { $0.id == batch }) else { return nil }
    return Explanation.Origin(
      batch: batch, file: found.file.isEmpty ? found.kind : found.file, source: found.source, at: found.at, line: line,
      raw: line.flatMap { line in (try? rawRow(batch: batch, line: line)) ?? nil })
  }
}
