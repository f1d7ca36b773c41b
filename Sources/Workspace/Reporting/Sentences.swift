import Archive
import Glibc
import Importers

extension WorkspaceError {
  /// The error in words for the command line and the app: what, where, the value, what to do.
  public var sentence: String {
    switch self {
    case .archive(let error): error.sentence
    case .importing(let file, let error): error.sentence(file: file)
    case .nothingUsable(let file, let problems):
      "nothing to import: \(file): all \(problems.count) rows are problems, the first: \(problems.first.map { "\($0)" } ?? "none"): "
        + "check the format with --as, nothing was changed"
    case .cancelled: "cancelled: nothing was changed"
    case .nothingToUndo: "nothing to undo: every change is taken back already"
    case .nothingToRedo: "nothing to redo: no change was taken back"
    case .noSuchStep(let text, let count): "no such step: \(text): the history has \(count): see florin history"
    case .noSuchBatch(let number): "no such batch: \(number): see florin imports"
    case .batchOverlaps(let number, let rows, let other):
      "batch \(number) would count twice: \(rows) of its rows are in batch \(other) too: take that back first"
    case .notABatchOfFacts(let number):
      "batch \(number) holds settings, closed years or links: it is taken back in its turn only: see florin history and florin undo"
    case .batchState(let number, let isReverted): "batch \(number) is \(isReverted ? "taken back" : "applied") already: see florin imports"
    case .unknownAsset(let symbol, let nearest):
      "unknown asset: \(symbol): \(nearest.map { "did you mean \($0)?" } ?? "see florin assets")"
    case .unknownCurrency(let code): "unknown currency: \(code): import a file that uses it, or say a code such as USD"
    case .badSetting(let key, let value, let allowed):
      "not a setting: \(key) \(value): \(allowed.isEmpty ? "see florin set --help" : "one of " + allowed.joined(separator: ", "))"
    case .noSuchPortfolio(let name, let known):
      "no such portfolio: \(name): there are \(known.joined(separator: ", ")): see florin portfolios"
    case .noSuchAccount(let name, let known):
      "no such account: \(name): \(known.isEmpty ? "there are none yet" : "there are " + known.joined(separator: ", "))"
    case .noSuchRule(let from, let portfolio):
      "no lot rule: none begins \(from.map { "on \($0)" } ?? "at the beginning")\(portfolio.map { " in \($0)" } ?? ""): see florin rules"
    case .invalid(let problems): problems.map(\.sentence).joined(separator: "; ")
    case .wouldReplace(let path): "not empty: \(path): say --force to put the backup in its place; what is there is kept beside it"
    case .restoring(let error, let kept):
      error.sentence + (kept.map { "; nothing was changed, and a copy of what is there is in \($0)" } ?? "")
    case .closing(let year, .notOver): "not over: \(year): a year can be closed from its next 1 January on"
    case .closing(let year, .closedAlready): "closed already: \(year): florin reopen \(year) opens it"
    case .closing(let year, .notClosed): "not closed: \(year): see florin close --list"
    case .notForTheDemo(let path): "not empty: \(path): the demo goes into a new database: name one with --db FILE"
    case .exportDiffers(let file, let fault):
      "not as it was exported: \(file): \(fault.words): export it again, or delete manifest.csv to import the files as they are; "
        + "nothing was changed"
    case .cannotWrite(let path, let code): "cannot write: \(path): \(system(code)): choose another place"
    }
  }
}

extension ExportFault {
  fileprivate var words: String {
    switch self {
    case .unreadable: "the list of the export is damaged"
    case .missing: "the file is missing"
    case .unlisted: "the file was added"
    case .changed: "the file is torn or was edited"
    }
  }
}

extension ArchiveError {
  fileprivate var sentence: String {
    switch self {
    case .notAFile(let path): "not a file: \(path): name a database file"
    case .notADatabase(let path): "not a Florin database: \(path): name another file; this one was not touched"
    case .foreign(let path, let id):
      "a database of another program: \(path): application id \(id): name another file; this one was not touched"
    case .newer(let path, let version, let known):
      "written by a newer Florin: \(path): version \(version), this program knows \(known): update florin; the file was not touched"
    case .locked(let path): "in use by another process: \(path): close it there and try again"
    case .corrupt(let path, let detail): "damaged: \(path): \(detail): restore a backup"
    case .nothingToRestore(let path): "nothing to restore: \(path): it holds no records of Florin; nothing was changed"
    case .tampered(let path, let detail):
      "not as Florin made it: \(path): \(detail): it may run commands of somebody else; it was not used: ask who gave it to you"
    case .gone(let path):
      "the database is gone: \(path) was deleted or moved while it was open: nothing was stored; put it back or start again"
    case .replaced(let path):
      "another database: \(path) was replaced while it was open: nothing was stored into either; start again to open the new one"
    case .exists(let path): "there is a file already: \(path): name a new one; nothing was changed"
    case .denied(let path, let detail): "may not be opened: \(path): \(detail): check its permissions and folder"
    case .diskFull(let path): "no room left: \(path): free some space; nothing was changed"
    case .sql(let code, let message, let statement): "the database refused: \(message) (\(code)): \(statement.prefix(80))"
    case .badValue(let column, let value): "a stored value is not what it should be: \(column): \"\(value.prefix(80))\": run florin check"
    }
  }
}

extension ImportError {
  fileprivate func sentence(file: String) -> String {
    switch self {
    case .cannotRead(let path, let code): "cannot read: \(path): \(system(code)): check the path"
    case .isDirectory(let path): "a folder: \(path): name the files in it"
    case .empty: "empty: \(file): there is nothing to import"
    case .binary(let offset): "not a text file: \(file): byte \(offset) is binary: export it as CSV or JSON"
    case .tooManyCells(let line, let limit):
      "not a table: \(file):\(line): more than \(limit) cells: export it as CSV with the right delimiter"
    case .recordTooLong(let line, let limit): "a record without an end: \(file):\(line): longer than \(limit) bytes: a quote may be missing"
    case .unknownFormat(let found, let line, let nearest, let missing):
      "unknown format: \(file):\(line): \(columns(found)): "
        + (nearest.map { "nearest is \($0), which also needs \(missing.joined(separator: ", ")); " } ?? "") + "see florin formats"
    case .ambiguousFormat(let formats): "several formats fit: \(file): \(formats.joined(separator: ", ")): say which with --as FORMAT"
    case .noSuchFormat(let name, let nearest):
      "no such format: --as \(name): \(nearest.map { "did you mean \($0)?" } ?? "see florin formats")"
    case .notThisFormat(let format, let found, let missing):
      "not a \(format) file: \(file): \(columns(found)): "
        + (missing.isEmpty ? "try without --as" : "missing \(missing.joined(separator: ", "))")
    case .json(let problem): "not JSON: \(file):\(problem.line): byte \(problem.offset): \(problem.reason): fix the file"
    }
  }
}

/// The first names of a header, each cut to a length that can be read.
private func columns(_ names: [String]) -> String {
  let named = names.filter { !$0.isEmpty }
  if named.isEmpty { return "no names of columns were found" }
  let shown = named.prefix(12).map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
  return "columns " + shown.joined(separator: ", ") + (named.count > 12 ? " and \(named.count - 12) more" : "")
}

private func system(_ code: Int32) -> String { String(cString: strerror(code)) }
