import Amounts
public import Engine
import Importers
public import Ledger

/// What is stored, as the cells a person edits: columns of FORMATS 1, without the empty ones.
public enum EditCells {
  /// The cells of an event; without its source's own id, which a book does not hold.
  public static func of(_ event: Event, in book: Book) -> [String: String] {
    var found = cells(.event(Exporter(book: book).draft(event)), .events, book)
    found["event"] = nil
    return found
  }

  /// The cells of a price, exchange rate or NAV.
  public static func of(_ quote: Quote, kind: QuoteDraft.Kind, asset: AssetID, in book: Book) -> [String: String] {
    var found = cells(.quote(Exporter(book: book).draft(quote, asset, kind)), .prices, book)
    if kind == .nav { found["kind"] = nil }
    return found
  }

  /// The cells of an asset, with the mode it is valued by.
  public static func of(_ asset: Asset, in book: Book) -> [String: String] {
    var found = cells(.asset(Exporter(book: book).draft(asset)), .assets, book)
    found["id"] = nil
    return found
  }

  /// The cells of a declared distribution.
  public static func of(_ distribution: Distribution, in book: Book) -> [String: String] {
    cells(.distribution(Exporter(book: book).draft(distribution)), .distributions, book)
  }

  /// The cells of a restriction, target or policy.
  public static func of(_ plan: Plan, in book: Book) -> [String: String] {
    cells(.plan(Exporter(book: book).draft(plan)), NativeFile(plan.kind), book)
  }

  /// The cells of an account.
  public static func of(_ account: Account) -> [String: String] {
    let all = ["account": account.name, "kind": account.kind, "venue": account.venue, "portfolio": account.portfolio]
    return all.filter { !$0.value.isEmpty }
  }

  private static func cells(_ fact: Fact, _ file: NativeFile, _ book: Book) -> [String: String] {
    let texts = NativeWriter(file, zone: book.settings.zone).cells(of: fact) ?? []
    var found: [String: String] = [:]
    for (column, text) in zip(file.columns, texts) where !text.isEmpty { found[column] = text }
    return found
  }
}
