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
  static let accounts = Command(
    "accounts", "all accounts: kind, venue, portfolio, how much happened in them, cash",
    details: "Cash is in its own currencies. florin add, edit and delete account change them; florin portfolios puts them together."
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(AccountRow.columns)
    let rows = AccountRow.all(in: book, book.booked(asOf: context.asOf), asOf: context.asOf)
    context.write(Document("accounts", asOf: nil, currency: nil, rows: rows.filter(filter.matches)))
    return .ok
  }

  /// Stored distributions, restrictions, targets and policies.
  static let plans = Command(
    "plans", "declared distributions, restrictions, allocation targets and payment policies",
    details: "Each with the number that florin edit and florin delete take, such as: florin edit distribution 3 pay=2024-04-01."
  ) { (context) throws(Failure) in
    let book = try context.book()
    let filter = try context.filter(PlanRow.columns)
    context.write(Document("plans", asOf: nil, currency: nil, rows: Workspace.planRows(in: book).filter(filter.matches)))
    return .ok
  }
}
