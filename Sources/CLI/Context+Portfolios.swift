import Engine
import Ledger
import Workspace

extension Context {
  /// The portfolios that reports are about, by what people call them; nil is all.
  private var titles: [String]? {
    arguments["portfolio"]?.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  /// The book as seen from the wanted portfolios.
  func viewed(_ book: Book) throws(WorkspaceError) -> Book {
    guard let titles else { return book }
    var names: [String] = []
    for title in titles { names.append(try Workspace.portfolio(title, in: book)) }
    return book.viewing(names)
  }

  /// The code of a book's currency of totals.
  func code(of book: Book) -> String? { book.assets[AssetID(book.settings.base)]?.symbol }

  /// The currency of totals: the one asked for, else that of the one portfolio the report is about, else the database's own.
  func base(_ workspace: Workspace) throws(WorkspaceError) -> String? {
    if let code = arguments["currency"] { return code }
    return try portfolio(workspace).flatMap { $0.base.isEmpty ? nil : $0.base }
  }

  /// What is said of the one portfolio the report is about.
  private func portfolio(_ workspace: Workspace) throws(WorkspaceError) -> Portfolio? {
    guard let titles, titles.count == 1 else { return nil }
    return try workspace.portfolios().first { $0.title == titles[0] }
  }

  /// The context with the zone of the one portfolio the report is about, where no other is asked for.
  func inPortfolioZone(_ invocation: Invocation) throws(Failure) -> Context {
    if titles?.count != 1 || arguments["timezone"] != nil || invocation.environment["FLORIN_TIMEZONE"] != nil { return self }
    let workspace = try workspace()
    do throws(WorkspaceError) {
      guard let name = try portfolio(workspace)?.zone, !name.isEmpty, let bytes = invocation.zoneFile(name) else { return self }
      return using(zone: name, bytes)
    } catch {
      throw .workspace(error)
    }
  }
}
