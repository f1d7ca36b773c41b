public import Amounts
import Archive
import Glibc
public import Importers
import Ledger

extension Workspace {
  /// Brings in a folder that ``export(to:)`` wrote: all of its files, or nothing, as one step of the history.
  ///
  /// Into an empty database everything comes as it was, numbers of assets and events too. Where those numbers are taken, what speaks of
  /// them by number (chosen lots, locks on lots, closed years, links) follows.
  ///
  /// - Parameters:
  ///   - options: what is said of the files; their format is found by their names.
  ///   - progress: called now and then; returning false cancels.
  /// - Returns: what became of each file, in the order in which they were read.
  /// - Throws: `.importing` when the folder holds no such file or one cannot be read; `.cancelled`.
  public func importFolder(
    _ folder: String, options: ImportOptions = ImportOptions(), isDryRun: Bool = false, now: Instant,
    progress: (ImportProgress) -> Bool = { _ in true }
  ) throws(WorkspaceError) -> [ImportOutcome] {
    let files = Workspace.importOrder.map { (file: $0, path: folder + "/" + $0.rawValue + ".csv") }.filter { access($0.path, R_OK) == 0 }
    if files.isEmpty { throw .importing(file: folder, .isDirectory(path: folder)) }
    let manifest = try ExportManifest(in: folder, files: Workspace.importOrder.map { $0.rawValue + ".csv" })
    var outcomes: [ImportOutcome] = []
    var stop: WorkspaceError?
    try writing { (database) throws(ArchiveError) in
      try database.run("BEGIN IMMEDIATE")
      do throws(ArchiveError) {
        var whole = FolderImport(database: database, known: try KnownRows(database), lastPlan: try database.lastPlanID())
        for (file, path) in files where stop == nil {
          var request = ImportRequest(.file(path), options: options, now: now)
          // Rows of Florin's own export are facts, each with its own number.
          request.comparesEvents = false
          request.options.source = file.id
          let decoding = DecodeJob(request)
          defer { decoding.stop() }
          let account: String
          do throws(WorkspaceError) {
            account = try decoding.open().account
          } catch {
            // A file of which only the header was written holds nothing.
            let isAsWritten = manifest?.bears(out: path, digest: nil) != false
            if case .importing(_, .empty) = error, isAsWritten { continue }
            stop = isAsWritten ? error : .exportDiffers(file: path, .changed)
            break
          }
          stop = try whole.bring(decoding, file, account, request, progress)
          if let manifest, !manifest.bears(out: path, digest: decoding.sha256) {
            switch stop {
            // What was read wrongly was not written so: the reason goes before what came of it.
            case nil, .importing: stop = .exportDiffers(file: path, .changed)
            default: break
            }
          }
        }
        outcomes = whole.outcomes
        var isStep = false
        if stop == nil && !isDryRun { isStep = try whole.finish("import \(Workspace.baseName(folder))", now) }
        if !isStep {
          try database.run("ROLLBACK")
          for index in outcomes.indices { outcomes[index].batch = nil }
          return
        }
        try database.advanceGeneration()
        try database.run("COMMIT")
      } catch {
        try? database.run("ROLLBACK")
        throw error
      }
    }
    if let stop { throw stop }
    return outcomes
  }

  /// Whether a path is a folder that holds files of an export.
  public static func isExport(_ folder: String) -> Bool {
    var info = stat()
    guard stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { return false }
    return importOrder.contains { access(folder + "/" + $0.rawValue + ".csv", R_OK) == 0 }
  }

  /// The files of an export, each after those it names things of.
  static let importOrder: [NativeFile] = [
    .assets, .accounts, .prices, .distributions, .policies, .targets, .restrictions, .events, .links, .settings, .closings,
  ]
}

/// The import of a folder while it goes on.
private struct FolderImport {
  let database: Database
  let known: KnownRows
  /// The last restriction that was there before.
  let lastPlan: Int64
  var outcomes: [ImportOutcome] = []
  private var numbers = ExportNumbers()
  private var writers: [BatchWriter] = []

  init(database: Database, known: KnownRows, lastPlan: Int64) {
    self.database = database
    self.known = known
    self.lastPlan = lastPlan
  }

  /// Stores the rows of one file as a batch of its own.
  ///
  /// - Returns: why it stopped; nil when it went through.
  mutating func bring(
    _ decoding: DecodeJob, _ file: NativeFile, _ account: String, _ request: ImportRequest, _ progress: (ImportProgress) -> Bool
  ) throws(ArchiveError) -> WorkspaceError? {
    var start = ImportOutcome(file: request.source.name)
    (start.source, start.account) = (file.id, account)
    let batch = try database.insertBatch(kind: "import", source: file.id, file: start.file, at: request.now)
    start.batch = batch
    var writer = try BatchWriter(
      database, batch: batch, source: file.id, account: account, known: known, request: request, outcome: start, numbers: numbers)
    while let item = decoding.next() {
      switch item {
      case .failure(let error): return .importing(file: start.file, error)
      case .success(let decoded):
        try writer.write(decoded)
        if !progress(ImportProgress(rows: writer.outcome.total, bytes: decoded.bytesDone, bytesTotal: decoding.bytesTotal)) {
          return .cancelled
        }
      }
    }
    numbers = writer.numbers
    var outcome = writer.outcome
    outcome.problems.sort { $0.line < $1.line }
    if writer.hasFacts {
      outcome.sha256 = decoding.sha256 ?? ""
      try writer.finish(sha256: outcome.sha256)
      writers.append(writer)
    } else {
      try database.remove(batch)
      outcome.batch = nil
    }
    outcomes.append(outcome)
    return nil
  }

  /// Makes one step of the history of it all; false when there is nothing new.
  func finish(_ title: String, _ now: Instant) throws(ArchiveError) -> Bool {
    let batches = outcomes.compactMap(\.batch)
    guard let last = batches.last else { return false }
    if !numbers.events.isEmpty { try renumberLots() }
    for batch in batches.dropLast() { try database.setReverted(true, batch: batch) }
    try database.recordStep(title: "\(title) (\(batches.count) file\(batches.count == 1 ? "" : "s"))", batch: last, at: now)
    try database.recordedToo { () throws(ArchiveError) in
      for batch in batches.dropLast() { try database.setReverted(false, batch: batch) }
      for writer in writers { try writer.records.store(in: database) }
    }
    return true
  }

  /// Locks name lots by the number of their event.
  private func renumberLots() throws(ArchiveError) {
    for plan in try database.plans() where plan.id > lastPlan && plan.kind == .restriction {
      guard let lot = plan.cells["lot"].flatMap({ Int64($0) }), let event = numbers.events[EventID(lot)] else { continue }
      var cells = plan.cells
      cells["lot"] = String(event.raw)
      try database.replacePlan(plan.id, asset: plan.asset, json: BatchWriter.json(cells))
    }
  }
}
