import Amounts
public import Engine
public import Ledger
public import Reports
public import Workspace

/// Work that `update` asks for and something else does.
public enum Effect: Hashable, Sendable {
  /// Read the database and make the reports.
  case load(Workspace.Extent)
  /// Import files, one after the other.
  case importFiles([String], run: Int)
  /// Stop an import or a preview that runs.
  case cancel(run: Int)
  /// Decode a file without changing anything.
  case preview(String, run: Int)
  /// Read a folder for the file picker.
  case list(String, run: Int)
  /// Make an asset's page.
  case asset(AssetID, run: Int)
  /// Find the events that a filter lets through.
  case filterEvents(String, run: Int)
  /// Find out what an event was made from.
  case record(RecordKey, run: Int)
  /// Work out how the portfolio did.
  case performance(PerformanceQuery, run: Int)
  /// Work something out that the screen shows.
  case ask(Question, run: Int)
  /// Store which lots a recorded disposal takes; none forgets the choice.
  case pick(EventID, [LotPick])
  /// Write realised gains or open lots to a new file, as the command line does.
  case exportGains(String, GainsQuery)
  /// Explain a figure; one of performance, of what that was asked about.
  case explain(FigurePath, about: PerformanceQuery?, run: Int)
  /// Make what explaining a figure needs, because it may be asked for next.
  case prepareExplanation(FigurePath, about: PerformanceQuery?)
  /// Look whether somebody else has changed the database since this generation.
  case poll(generation: Int64)
  /// Take back or apply a batch.
  case revert(BatchID, Bool)
  /// Set a setting of the database: its name and value.
  case set(String, String)
  /// Make one transfer of a withdrawal and a deposit.
  case link(EventID, EventID)
  /// Make a change of the facts.
  case apply(Edit)
  /// Write off all that is held of an asset, in one account or all.
  case writeOff(String, account: String?)
  /// Read every change that was made.
  case history(run: Int)
  /// Read what a step of the history changed.
  case changes(step: Int, run: Int)
  /// Look at some portfolios alone, by what people call them; nil is all.
  case view([String]?)
  /// Close a year in a portfolio, or reopen it; nil is the default one.
  case close(Int, portfolio: String?, reopens: Bool)
  /// Take back the last change.
  case undo
  /// Do it again.
  case redo
  /// Put the demo portfolio in place of the database, which is not touched.
  case openDemo
  /// Go back from the demo to the user's own database.
  case closeDemo
  /// Offer text to the clipboard.
  case copy(String)
  /// Report the mouse or not.
  case setMouse(Bool)
  /// Keep a setting of the app for the next start.
  case remember(key: String, value: String)
  /// Stop the process until it is continued.
  case suspend
  /// End with an exit code.
  case quit(Int32)
}

/// What happens to the app: input, and answers from workers.
public enum Message: Sendable {
  /// The database as it is now. The desk comes when the snapshot is complete.
  case loaded(Snapshot, Desk?)
  /// Work failed, and with it a run when it had one; the sentence is for people.
  case failed(run: Int?, String)
  /// A run was stopped as the user asked; the sentence is for people.
  case stopped(run: Int, String)
  /// A file is being read, since the first time it is named here.
  case importing(run: Int, file: String, ImportProgress, at: Int)
  /// An import has ended.
  case imported(run: Int, [ImportSummary])
  /// A file was looked at.
  case previewed(run: Int, Preview)
  /// A folder was read.
  case listed(run: Int, Folder)
  /// An asset's page is there.
  case asset(run: Int, AssetID, AssetReport?)
  /// The events of a filter.
  case events(run: Int, EventsReport)
  /// What an event was made from.
  case record(run: Int, EventRecord)
  /// How the portfolio did.
  case performance(run: Int, PerformanceAnswer)
  /// What was worked out.
  case answered(run: Int, Question, Answer)
  /// Something was done that changes nothing; the sentence is for people.
  case done(String)
  /// Where a figure comes from; nil with a sentence for people where there is no such figure.
  case explained(run: Int, Explanation?, String)
  /// Something was changed; the sentence is for people.
  case changed(String)
  /// A change of the facts was stored; nothing was when everything was so already.
  case saved(title: String, isUnchanged: Bool)
  /// A change of the facts was refused, and why.
  case refused([EditProblem])
  /// Every change that was made, oldest first.
  case history(run: Int, [HistoryRow])
  /// What a step of the history changed.
  case changes(run: Int, step: Int, [ChangeRow])
  /// A portfolio that was looked at is no longer there; all are shown.
  case viewLost(String)
  /// Somebody else has changed the database.
  case outdated
  /// The demo has taken the database's place, or given it back.
  case switched(isDemo: Bool)
  /// A clock tick, in milliseconds.
  case tick(Int)
}

/// What became of one file of an import.
public struct ImportSummary: Hashable, Sendable {
  /// The file's name.
  public var file: String
  /// The format's id.
  public var source: String
  /// Rows that became facts.
  public var imported = 0
  /// Rows known already.
  public var duplicate = 0
  /// Rows known by their id whose content is another one now.
  public var changed = 0
  /// Rows that say nothing Florin keeps.
  public var ignored = 0
  /// Rows that could not be read.
  public var problem = 0
  /// Events made.
  public var events = 0
  /// What went wrong; nil when the file was imported.
  public var failure: String?
  /// Whether the user stopped it.
  public var wasStopped = false
}

/// Where an event comes from.
public struct RecordKey: Hashable, Sendable {
  /// The event.
  public var event: EventID
  /// The import or edit that made it.
  public var batch: BatchID
  /// The line of its file; nil when it did not come from a file.
  public var line: Int?
}

/// What an event was made from.
public struct EventRecord: Hashable, Sendable {
  /// The event, and its place.
  public var key: RecordKey
  /// The row of the file, as it was; nil when it is not kept.
  public var raw: String?
  /// The source's own id.
  public var externalID: String?
}

/// A file that was decoded without changing anything.
public struct Preview: Hashable, Sendable {
  /// The file's path.
  public var path: String
  /// The format's id; empty when it is not known.
  public var source: String
  /// The account facts go to that name none.
  public var account: String
  /// The counts.
  public var summary: ImportSummary
  /// The events that would be made, first ones only, as rows of cells: time, kind, asset, quantity, value, fee, account.
  public var events: [[String]]
  /// Problem and ignored rows: line, what, why.
  public var remarks: [[String]]
  /// Why the file cannot be imported; nil when it can.
  public var failure: String?
}

/// A folder's files, for the file picker.
public struct Folder: Hashable, Sendable {
  /// A file or folder.
  public struct Entry: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Whether it is a folder.
    public var isFolder: Bool
    /// Its size in bytes.
    public var size: Int
  }
  /// Its path.
  public var path: String
  /// Folders first, then files that could be imported, by name.
  public var entries: [Entry]
  /// Why it cannot be read; nil when it can.
  public var failure: String?
}
