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
      func text(_ value: Decimal?, _ unit: String) -> String { value.map { "\(NumberText.quantity($0)) \(unit)" } ?? "" }
      let received = event.details?.toAsset.map { "→ " + text(event.details?.toQuantity, $0.symbol) } ?? ""
      return [
        EventsView.time(of: event.time), EventsView.words(event.kind.reportName), event.asset.symbol,
        event.quantity.map { NumberText.quantity($0) } ?? "",
        event.gross.map { text($0, event.currency?.symbol ?? "") } ?? received, text(event.fee, event.feeAsset?.symbol ?? ""),
        event.account ?? outcome.account,
      ]
    }
    remarks =
      outcome.problems.prefix(Preview.limit).map {
        [String($0.line), "problem", "\($0.column.map { $0 + ": " } ?? "")\($0.raw.isEmpty ? "" : "\"\($0.raw)\" ")\($0.reason)"]
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
