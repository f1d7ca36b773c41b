import Amounts
import Engine
import Importers
import Ledger
import Reports
import TestSupport
import Testing

@testable import Workspace

/// Prices, NAVs, distributions and policies lead to the line of the file they were read from, as events do.
struct OriginTests {
  private static let today = day("2026-03-01")

  private static func workspace() throws -> Workspace {
    let workspace = try Workspace(path: temporaryFolder("origins") + "/origins.db")
    for (name, text) in [
      (
        "assets.csv",
        "symbol,class,name,currency,decimals,pricing\nTOWR,security,Tower,USD,0,monthly\n"
      ),
      (
        "prices.csv",
        """
        date,asset,currency,price,kind,source,appraiser
        2026-01-31,TOWR,USD,1.05,nav,,Stone
        2026-02-02,TOWR,USD,0.98,close,desk,
        2026-02-27,TOWR,USD,0.99,close,desk,
        2026-02-27,EUR,USD,1.08,fx,bank,

        """
      ),
      (
        "distributions.csv",
        """
        asset,kind,declared,ex,record,pay,basis,from,to,amount_per_token,currency
        TOWR,rent,2026-02-01,,2026-02-10,2026-03-15,record,,,0.007,USD

        """
      ),
      (
        "events.csv",
        """
        id,timestamp,type,account,to_account,asset,quantity,price,currency,gross,fee,fee_asset,fee_value,tax,ratio
        1,2026-01-05T10:00:00Z,BUY,Vault,,TOWR,100,1,USD,100,,,,,

        """
      ),
    ] {
      _ = try workspace.importFile(ImportRequest(.text(text, name: name), now: Instant(day: today)))
    }
    return workspace
  }

  @Test(
    arguments: [
      ("quote/market/TOWR", "prices.csv", 4, "2026-02-27,TOWR,USD,0.99,close,desk,"),
      ("quote/market/TOWR/2026-02-10", "prices.csv", 3, "2026-02-02,TOWR,USD,0.98,close,desk,"),
      ("nav/TOWR/nav", "prices.csv", 2, "2026-01-31,TOWR,USD,1.05,nav,,Stone"),
      ("holdings/TOWR/price", "prices.csv", 4, "2026-02-27,TOWR,USD,0.99,close,desk,"),
      ("quote/fx/EUR", "prices.csv", 5, "2026-02-27,EUR,USD,1.08,fx,bank,"),
      ("income/TOWR/2026-03-15/perToken", "distributions.csv", 2, "TOWR,rent,2026-02-01,,2026-02-10,2026-03-15,record,,,0.007,USD"),
      ("events/1", "events.csv", 2, "1,2026-01-05T10:00:00Z,BUY,Vault,,TOWR,100,1,USD,100,,,,,"),
    ] as [(String, String, Int, String)])
  func aFigureLeadsToTheLineOfTheFile(_ figure: String, _ file: String, _ line: Int, _ raw: String) throws {
    let workspace = try OriginTests.workspace()
    let book = try workspace.book()
    let explainer = Explainer(book, book.booked(asOf: OriginTests.today), asOf: OriginTests.today)
    explainer.origin = { workspace.origin(of: $0) }
    let origin = try #require(try explainer.explain(FigurePath(text: figure)).origin)
    #expect(origin.file == file)
    #expect(origin.line == line)
    #expect(origin.raw == raw)
  }

  @Test func anEditedQuoteLeadsToItsEditAndBackToTheFileWhenThatIsUndone() throws {
    let workspace = try OriginTests.workspace()
    let target = EditTarget.quote(asset: "TOWR", kind: .close, day: day("2026-02-27"), currency: nil)
    _ = try workspace.apply(.save(target, ["price": "1.01"]), now: Instant(day: OriginTests.today))
    func origin() throws -> Explanation.Origin? {
      let book = try workspace.book()
      let explainer = Explainer(book, book.booked(asOf: OriginTests.today), asOf: OriginTests.today)
      explainer.origin = { workspace.origin(of: $0) }
      return try explainer.explain(FigurePath("quote", "market", "TOWR")).origin
    }
    #expect(try origin()?.line == nil)
    _ = try workspace.undo()
    #expect(try origin()?.line == 4)
  }
}
