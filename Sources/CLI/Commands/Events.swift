import Engine
import Ledger
import Reports
import Workspace

extension Command {
  /// What happened.
  static let events = Command(
    "events", "everything that was recorded, in time",
    details: """
      Filter fields: \(EventFilter.fields.joined(separator: ", ")). A million rows are written as they are made, without being held
      in memory.
      """
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.eventFilter(book)
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      let origins = try workspace.eventOrigins()
      context.write(EventsReport(book, asOf: context.asOf, filter: filter, origins: origins).document)
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Known assets.
  static let assets = Command("assets", "all assets with their classes and identifiers") { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(AssetRow.columns)
    context.write(Document("assets", asOf: nil, currency: nil, rows: AssetRow.all(in: book).filter(filter.matches)))
    return .ok
  }

  /// Known accounts.
  static let accounts = Command("accounts", "all accounts with their kinds and venues") { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(AccountRow.columns)
    context.write(Document("accounts", asOf: nil, currency: nil, rows: AccountRow.all(in: book).filter(filter.matches)))
    return .ok
  }
}
