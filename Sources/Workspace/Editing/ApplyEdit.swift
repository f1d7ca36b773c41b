public import Amounts
import Archive
import Engine
import Importers
import Ledger

extension Workspace {
  /// Makes one change of the facts: checked first, then stored in one transaction as a step of the history that can be undone.
  ///
  /// Events that an import brought keep their batch and line when they are edited, and importing the file again does not bring them
  /// back when they were deleted.
  ///
  /// - Throws: `.invalid` with every field that is wrong; nothing is changed then.
  public func apply(_ edit: Edit, now: Instant) throws(WorkspaceError) -> EditOutcome {
    let zone = zone
    var problems: [EditProblem] = []
    let plan = try writing { (database) throws(ArchiveError) -> EditPlan? in
      do throws(EditStop) {
        return try EditPlanner(database, zone: zone, now: now).plan(edit)
      } catch {
        switch error {
        case .archive(let failure): throw failure
        case .problems(let found): problems = found
        }
        return nil
      }
    }
    guard let plan else { throw .invalid(problems) }
    guard let write = plan.write else { return EditOutcome(step: HistoryStep(unchanged: plan.title), event: plan.event) }
    var event = plan.event
    let step = try recording(now) { (database) throws(ArchiveError) in
      let batch = try database.insertBatch(kind: "edit", source: "florin.edit", file: "", at: now)
      if let made = try write(database, batch) { event = made }
      return plan.title
    }
    return EditOutcome(step: step, event: event)
  }
}

/// Why an edit cannot be planned.
enum EditStop: Error {
  case archive(ArchiveError)
  case problems([EditProblem])
}

/// An edit that was checked: what to write, and what to call it.
struct EditPlan {
  /// For the history.
  let title: String
  /// Writes it with its batch and returns the event it made; nil when nothing has to be written.
  var write: ((Database, BatchID) throws(ArchiveError) -> EventID?)?
  /// The event it is about.
  var event: EventID?
}

/// Checks edits against what is stored. Every kind of thing has a file of its own.
struct EditPlanner {
  let database: Database
  let zone: Zone
  let now: Instant
  /// Assets and accounts, without events and quotes.
  let book: Book
  let names: EditNames

  init(_ database: Database, zone: Zone, now: Instant) throws(EditStop) {
    self.database = database
    self.zone = zone
    self.now = now
    let assets = try EditPlanner.read { () throws(ArchiveError) in try database.assets() }
    let accounts = try EditPlanner.read { () throws(ArchiveError) in try database.accounts() }
    book = Book(assets: assets, accounts: accounts, settings: BookSettings(base: Currency(id: 0), zone: zone))
    names = EditNames(book)
  }

  /// Reads the database; its failures are no problem of a field.
  static func read<Value>(_ work: () throws(ArchiveError) -> Value) throws(EditStop) -> Value {
    do throws(ArchiveError) { return try work() } catch { throw .archive(error) }
  }

  func plan(_ edit: Edit) throws(EditStop) -> EditPlan {
    switch edit {
    case .save(let target, let cells):
      let cells = EditCheck(names, now: now, zone: zone).understood(cells.mapValues { EditField.trimmed($0) }, of: target.subject)
      switch target {
      case .new(.event): return try newEvent(cells)
      case .new(.price), .new(.nav): return try newQuote(cells, target)
      case .new(.distribution): return try newDistribution(cells)
      case .new(.restriction): return try newPlan(.restriction, cells)
      case .new(.target): return try newPlan(.target, cells)
      case .new(.policy): return try newPlan(.policy, cells)
      case .new(.asset): return try newAsset(cells)
      case .new(.account): return try newAccount(cells)
      case .event(let key): return try change(try event(key), target, cells)
      case .quote: return try changeQuote(target, cells)
      case .distribution(let key): return try change(try distribution(key), target, cells)
      case .plan(let kind, let key): return try change(try plan(kind, key), target, cells)
      case .asset(let label): return try changeAsset(try asset(label), target, cells)
      case .account(let name): return try changeAccount(try account(name), target, cells)
      }
    case .delete(let target):
      switch target {
      case .new(let subject): throw .problems([EditProblem(subject.rawValue, "", "is not named", "say which")])
      case .event(let key): return try delete(try event(key))
      case .quote: return try deleteQuote(target)
      case .distribution(let key): return delete(try distribution(key))
      case .plan(let kind, let key): return delete(try plan(kind, key))
      case .asset(let label): return try deleteAsset(try asset(label))
      case .account(let name): return try deleteAccount(try account(name))
      }
    }
  }

  /// Refuses cells that are wrong.
  func check(_ target: EditTarget, _ cells: [String: String], changed: Set<String>) throws(EditStop) {
    let found = EditCheck(names, now: now, zone: zone).problems(target, cells, changed: changed)
    if !found.isEmpty { throw .problems(found) }
  }

  /// The facts of cells that were checked; what the format itself refuses is a problem too.
  func facts(_ file: NativeFile, _ cells: [String: String]) throws(EditStop) -> [Fact] {
    do throws(RowProblem) {
      return try file.facts(cells.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, zone: zone)
    } catch {
      throw .problems([EditProblem(error.column ?? "row", error.column == nil ? "" : error.raw, "\(error.reason)")])
    }
  }

  /// The columns whose cells differ, in the order of the fields; `10.00` is `10`.
  func changes(_ target: EditTarget, _ before: [String: String], _ after: [String: String]) -> [String] {
    let fields = EditField.all(target.subject)
    func isSame(_ name: String) -> Bool {
      let (old, new) = (before[name] ?? "", after[name] ?? "")
      if old == new { return true }
      guard fields.first(where: { $0.name == name })?.form.isNumber == true, let a = Decimal(old), let b = Decimal(new) else {
        return false
      }
      return a == b
    }
    let order = fields.map(\.name)
    return Set(before.keys).union(after.keys).filter { !isSame($0) }
      .sorted { (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1) }
  }

  /// A resolver whose facts belong to the edit.
  static func resolver(_ database: Database, _ batch: BatchID) throws(ArchiveError) -> NameResolver {
    try NameResolver(database, batch: batch, source: "florin.edit", guess: .other)
  }
}
