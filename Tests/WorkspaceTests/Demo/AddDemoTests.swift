import Amounts
import Engine
import Ledger
import TestSupport
import Testing
import Workspace

/// A database in a folder of its own, removed afterwards.
private func withWorkspace(_ body: (Workspace) throws -> Void) throws {
  try body(try Workspace(path: temporaryFolder("demo") + "/demo.db"))
}

@Test func theDemoBecomesABookWithoutMistakes() throws {
  try withWorkspace { workspace in
    let today = try #require(Day("2026-11-20"))
    let outcome = try workspace.addDemo(today: today, now: Instant(day: today))
    #expect(outcome.eventCount > 700 && outcome.otherFacts > 20_000)
    let book = try workspace.book()
    #expect(book.events.count == outcome.eventCount)
    #expect(book.accounts.count == 6 && book.assets.count == 32)
    #expect(Set(book.assets.values.map(\.assetClass)) == Set(AssetClass.allCases))

    let booking = book.booked(asOf: today)
    // What the story leaves unknown on purpose, and nothing else.
    #expect(booking.issues.map(\.kind) == [.unknownBasis, .unknownBasis, .unknownBasis])
    #expect(Set(booking.issues.compactMap { book.assets[$0.asset]?.symbol }) == ["DRF", "GRD", "MOTE"])
    let ids = Dictionary(uniqueKeysWithValues: book.assets.values.map { ($0.symbol, $0.id) })
    let tower = try #require(booking.positions.first { $0.asset == ids["HARB"] })
    #expect(tower.quantity == 500_000)
    #expect(tower.cost.value?.amount == 500_000)
    // 28 full payments and one that is short.
    #expect(tower.incomeBase == Decimal(28 * 3_600 + 3_000))
    let drift = try #require(booking.positions.first { $0.asset == ids["DRF"] })
    #expect(drift.quantity == 8_000 && drift.unknownBasisUnits == 8_000)
    let mote = try #require(booking.positions.first { $0.asset == ids["MOTE"] })
    #expect(mote.unknownReceipts == 1)
  }
}

@Test func theDemoIsTakenBackInOneStep() throws {
  try withWorkspace { workspace in
    let today = try #require(Day("2025-06-30"))
    _ = try workspace.addDemo(today: today, now: Instant(day: today))
    #expect(try workspace.undo().title == "demo portfolio")
    #expect(try workspace.book().events.count == 0)
    _ = try workspace.redo()
    #expect(try workspace.book().events.count > 700)
  }
}
