import Amounts
import Archive
public import Ledger
public import Reports

extension Workspace {
  /// The row of a file that an event was read from; nil when the database cannot say.
  public func origin(of row: EventRow) -> Explanation.Origin? {
    guard var origin = origin(batch: row.batch) else { return nil }
    origin.line = row.line
    origin.raw = row.line.flatMap { line in (try? rawRow(batch: row.batch, line: line)) ?? nil }
    origin.externalID = (try? externalID(of: row.id)) ?? nil
    return origin
  }

  /// The batch that brought a quote; nil when the database cannot say.
  public func origin(of kind: QuoteDraft.Kind, _ asset: AssetID, _ quote: Quote) -> Explanation.Origin? {
    let batch = try? writing { (database) throws(ArchiveError) in try database.batch(ofQuote: kind, asset, quote.day, quote.price.currency)
    }
    return (batch ?? nil).flatMap { origin(batch: $0) }
  }

  private func origin(batch: BatchID) -> Explanation.Origin? {
    guard let found = (try? batches())?.first(where: { $0.id == batch }) else { return nil }
    return Explanation.Origin(batch: batch, file: found.file.isEmpty ? found.kind : found.file, source: found.source, at: found.at)
  }
}
