public import Amounts
public import Archive
public import Importers

/// Why a use case failed. Prose is made at the edge, by the command line and the app.
public enum WorkspaceError: Error, Sendable {
  /// The database could not do it.
  case archive(ArchiveError)
  /// The file cannot be imported at all; nothing was changed.
  case importing(file: String, ImportError)
  /// Every row of the file is a problem; nothing was changed.
  case nothingUsable(file: String, problems: [RowProblem])
  /// The import was cancelled; nothing was changed.
  case cancelled
  /// There is nothing to undo.
  case nothingToUndo
  /// There is nothing to redo.
  case nothingToRedo
  /// The history has no step of this number.
  case noSuchStep(String, count: Int)
  /// No batch has this number.
  case noSuchBatch(Int64)
  /// A batch is reverted already, or applied already.
  case batchState(Int64, isReverted: Bool)
  /// A batch of settings, closed years or links, which only undo takes back.
  case notABatchOfFacts(Int64)
  /// Most rows of a batch that was to be applied again are in another batch that is applied.
  case batchOverlaps(Int64, rows: Int, with: Int64)
  /// A symbol that no asset bears, or several do.
  case unknownAsset(String, nearest: String?)
  /// A currency code that no asset bears.
  case unknownCurrency(String)
  /// A setting that does not exist, or a value it does not take.
  case badSetting(key: String, value: String, allowed: [String])
  /// A portfolio that does not exist.
  case noSuchPortfolio(String, known: [String])
  /// An account that does not exist.
  case noSuchAccount(String, known: [String])
  /// No lot rule of a portfolio begins on a day; nil is the beginning.
  case noSuchRule(from: Day?, portfolio: String?)
  /// An edit that cannot be saved, and why: at least one problem. Nothing was changed.
  case invalid([EditProblem])
  /// A backup would take the place of a database that holds something.
  case wouldReplace(String)
  /// A backup that could not take the place of a database, which is as it was; what was there may have been copied already.
  case restoring(ArchiveError, kept: String?)
  /// A year that cannot be closed or reopened.
  case closing(Int, ClosingFault)
  /// The demo was asked for in a database that has records of its own.
  case notForTheDemo(String)
  /// A folder is not as its export left it; nothing was changed.
  case exportDiffers(file: String, ExportFault)
  /// A file could not be written.
  case cannotWrite(path: String, errno: Int32)
}

/// Why a year cannot be closed or reopened.
public enum ClosingFault: Hashable, Sendable {
  /// It is not over.
  case notOver
  /// It is closed already.
  case closedAlready
  /// It is not closed.
  case notClosed
}

/// How a file differs from what an export's manifest says of it.
public enum ExportFault: Hashable, Sendable {
  /// The manifest itself is torn or of another shape.
  case unreadable
  /// The manifest names it, and it is not there.
  case missing
  /// It is there, and the manifest does not name it.
  case unlisted
  /// Its bytes are others.
  case changed
}
