import Amounts
import Importers
import Ledger
import Reports
import Workspace

extension Preview {
  /// Rows of events and remarks that a preview keeps; a file may have millions.
  static let limit = 2000

  /// A file that can be imported.
  init(path: String, _ outcome: ImportOutcome) {
    self.path = path
    source = outcome.source
    account = outcome.account
    summary = EffectRunner.summary(outcome)
    events = outcome.events.prefix(Preview.limit).map { event in
      func text(_ value: (some CustomStringConvertible)?) -> String { value.map { $0.description } ?? "" }
      let received = event.details?.toAsset.map { "→ \(text(event.details?.toQuantity)) \($0.symbol)" } ?? ""
      return [
        event.time.description, event.kind.reportName, event.asset.symbol, text(event.quantity),
        event.gross.map { "\($0) \(event.currency?.symbol ?? "")" } ?? received,
        event.fee.map { "\($0) \(event.feeAsset?.symbol ?? "")" } ?? "", event.account ?? outcome.account,
      ]
    }
    remarks =
      outcome.problems.prefix(Preview.limit).map {
        [String($0.line), "problem", "\($0.column.map { $0 + ": " } ?? "")\($0.raw) \($0.reason)"]
      }
      + outcome.ignoredRows.prefix(Preview.limit).map { [String($0.line), "ignored", $0.reason] }
    failure = nil
  }

  /// A file that cannot be imported.
  init(path: String, failure: String) {
    self.path = path
    source = ""
    account = ""
    summary = ImportSummary(file: EffectRunner.baseName(path), source: "")
    events = []
    remarks = []
    self.failure = failure
  }
}
