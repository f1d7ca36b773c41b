import Amounts
import Archive
import Importers
import Ledger

extension Workspace {
  /// Imports a file as one batch: all of it, or nothing.
  ///
  /// One thread decodes while this one writes. Rows known already are left out, so the same file twice changes nothing.
  ///
  /// - Parameter progress: called now and then on the calling thread; returning false cancels.
  /// - Throws: `.importing` when the file cannot be read at all, `.nothingUsable` when every row is a problem, `.cancelled`.
  public func importFile(
    _ request: ImportRequest, progress: (ImportProgress) -> Bool = { _ in true }
  ) throws(WorkspaceError) -> ImportOutcome {
    let decoding = DecodeJob(request)
    let session = try decoding.open()
    defer { decoding.stop() }
    let failure: WorkspaceError?
    var outcome = ImportOutcome(file: request.source.name)
    outcome.source = session.id
    outcome.account = session.account
    do throws(WorkspaceError) {
      outcome = try write(decoding, outcome, request, progress)
      failure = nil
    } catch {
      failure = error
    }
    if let failure { throw failure }
    if outcome.total > 0 && outcome.problem == outcome.total { throw .nothingUsable(file: outcome.file, problems: outcome.problems) }
    return outcome
  }

  private func write(
    _ decoding: DecodeJob, _ start: ImportOutcome, _ request: ImportRequest, _ progress: (ImportProgress) -> Bool
  ) throws(WorkspaceError) -> ImportOutcome {
    var outcome = start
    var stop: WorkspaceError?
    // A batch without facts is rolled back on purpose; this says that it was not a failure.
    var isEmpty = false
    do throws(WorkspaceError) {
      try writing { (database) throws(ArchiveError) in
        try database.run("BEGIN IMMEDIATE")
        do throws(ArchiveError) {
          // Behind the lock: what another program imported a moment ago is known too.
          let known = try KnownRows(database)
          let batch = try database.insertBatch(kind: "import", source: start.source, file: start.file, at: request.now)
          var writer = try BatchWriter(
            database, batch: batch, source: start.source, account: start.account, known: known, request: request, outcome: start)
          while let item = decoding.next() {
            switch item {
            case .failure(let error): stop = .importing(file: start.file, error)
            case .success(let decoded):
              try writer.write(decoded)
              if !progress(ImportProgress(rows: writer.outcome.total, bytes: decoded.bytesDone, bytesTotal: decoding.bytesTotal)) {
                stop = .cancelled
              }
            }
            if stop != nil { break }
          }
          outcome = writer.outcome
          outcome.problems.sort { $0.line < $1.line }
          isEmpty = !writer.hasFacts && writer.replacements.isEmpty
          if stop != nil || isEmpty || request.isDryRun {
            try database.run("ROLLBACK")
            return
          }
          outcome.sha256 = decoding.sha256 ?? ""
          try writer.finish(sha256: outcome.sha256)
          try database.recordStep(title: "import \(Workspace.baseName(start.file)) (\(start.source))", batch: batch, at: request.now)
          let links = try !database.pairsByHash(touching: batch).isEmpty
          if links || !writer.records.isEmpty || !writer.replacements.isEmpty {
            try database.recordedToo { () throws(ArchiveError) in
              try writer.records.store(in: database)
              try writer.replaceChanged()
              outcome.updated = writer.outcome.updated
              if links { outcome.linked = try database.linkCertain(batch) }
            }
          }
          try database.advanceGeneration()
          try database.run("COMMIT")
          outcome.batch = batch
        } catch {
          try? database.run("ROLLBACK")
          throw error
        }
      }
    } catch {
      throw error
    }
    if let stop { throw stop }
    return outcome
  }

  /// The last part of a path.
  static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// Decodes a file on a thread of its own and hands over what it finds.
final class DecodeJob: @unchecked Sendable {
  /// Some decoded rows, and how far the file is read.
  struct Decoded: Sendable {
    var batch: DecodedBatch
    var bytesDone: Int
  }
  private let request: ImportRequest
  // Only the decoding thread touches the session between `open` and the channel's end.
  private var session: DecodeSession?
  private let channel = Channel<Result<Decoded, ImportError>>(capacity: 4)
  private var thread: WorkerThread?
  private let digest = Locked<String?>(nil)

  init(_ request: ImportRequest) { self.request = request }

  /// Bytes of the file; nil for a pipe.
  private(set) var bytesTotal: Int?
  /// The file's SHA-256, once all was read.
  var sha256: String? { digest.with { $0 } }

  /// Finds out the format and starts decoding.
  func open() throws(WorkspaceError) -> (id: String, account: String) {
    do throws(ImportError) {
      let session = try DecodeSession(request.source, request.options)
      self.session = session
      bytesTotal = session.bytesTotal
      thread = WorkerThread { [self] in decode() }
      return (session.format.id, session.account)
    } catch {
      throw .importing(file: request.source.name, error)
    }
  }

  private func decode() {
    guard let session else { return }
    do throws(ImportError) {
      while let batch = try session.next() {
        if !channel.send(.success(Decoded(batch: batch, bytesDone: session.bytesDone))) { return }
      }
      let sum = try session.sha256()
      digest.with { $0 = sum }
    } catch {
      _ = channel.send(.failure(error))
    }
    channel.close()
  }

  /// The next rows; nil at the end.
  func next() -> Result<Decoded, ImportError>? { channel.receive() }

  /// Ends the thread, whether or not it is done.
  func stop() {
    channel.close()
    thread?.join()
  }
}
