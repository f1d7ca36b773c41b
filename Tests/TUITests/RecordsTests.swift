import Ledger
import Reports
import TermKit
import TestSupport
import Testing
import Workspace

@testable import TUI

/// Accounts, distributions, restrictions, targets and policies in the app: their lists, and where they are shown.
@Suite struct RecordsTests {
  private static func rig(width: Int = 120, height: Int = 40) -> Rig {
    var maker = BookMaker()
    maker.asset("TOWR", .security, name: "Tower", currency: "USD")
    maker.account("Vault", kind: "wallet")
    maker.account("Bank", kind: "bank")
    maker.assign("Bank", to: "House")
    maker.event(.deposit, "2024-01-02", "Bank", "USD", "1000")
    maker.event(.buy, "2024-01-10", "Bank", "TOWR", "100", price: "1", gross: "100", "USD")
    maker.event(.transfer, "2024-01-12", "Bank", "TOWR", "40") { $0.toAccount = AccountID(1) }
    maker.quote(.nav, "2024-04-30", "TOWR", "1.10")
    maker.distribution("TOWR", "rent", record: "2024-04-30", pay: "2024-05-01", "0.0072")
    maker.plan(.restriction, "TOWR", ["kind": "lock", "until": "2025-01-10", "reason": "Rule 144 holding period"])
    maker.plan(.target, nil, ["dimension": "class", "key": "security", "target": "0.6", "band": "0.05"])
    maker.plan(.policy, "TOWR", ["frequency": "monthly", "amount_per_token": "0.0072", "currency": "USD", "day": "1"])
    return Rig(maker.book, asOf: day("2024-05-15"), width: width, height: height)
  }

  private func applied(_ rig: Rig) -> [Edit] {
    rig.unanswered.compactMap { effect in
      if case .apply(let edit) = effect { edit } else { nil }
    }
  }

  @Test func accountsTellHowMuchHappenedAndWhatCashIsThere() {
    var rig = RecordsTests.rig()
    rig.press("A")
    let lines = rig.text().split(separator: "\n").map(String.init)
    // Bank: deposit, purchase, transfer out; 1000 - 100 left. Vault: the transfer in.
    let bank = lines.first { $0.contains("Bank") && $0.contains("House") } ?? ""
    #expect(bank.contains("2024-01-02") && bank.contains("2024-01-12") && bank.contains(" 3 ") && bank.contains("900.00"))
    let vault = lines.first { $0.contains("Vault") } ?? ""
    #expect(vault.contains("default") && vault.contains(" 1 ") && vault.contains("wallet"))
  }

  @Test func anAccountIsAddedEditedMovedAndDeleted() {
    var rig = RecordsTests.rig()
    rig.press("A", "a", "Cold", "Tab", "wal", "Right", "Enter")
    #expect(applied(rig) == [.save(.new(.account), ["account": "Cold", "kind": "wallet"])])
    rig.receive(.saved(title: "add account Cold", isUnchanged: false))
    rig.refill()
    rig.press("Down", "m")
    #expect(rig.text().contains("Portfolio of Vault"))
    rig.press("Down", "Enter")
    #expect(applied(rig).last == .save(.account("Vault"), ["portfolio": "House"]))
    rig.receive(.saved(title: "moved", isUnchanged: false))
    rig.refill()
    rig.press("m", "End", "Enter", "Trading", "Enter")
    #expect(applied(rig).last == .save(.account("Vault"), ["portfolio": "Trading"]))
    rig.receive(.saved(title: "moved", isUnchanged: false))
    rig.refill()
    rig.press("d", "y")
    #expect(applied(rig).last == .delete(.account("Vault")))
  }

  @Test(arguments: [
    ("1", "rent", Edit.delete(.distribution("1"))), ("2", "lock", .delete(.plan(.restriction, "1"))),
    ("3", "security", .delete(.plan(.target, "2"))), ("4", "monthly", .delete(.plan(.policy, "3"))),
  ])
  func eachPaneAddsEditsAndDeletesItsOwn(_ tabs: String, _ shown: String, _ deletion: Edit) {
    var rig = RecordsTests.rig()
    rig.press("A")
    for _ in 0..<(Int(tabs) ?? 0) { rig.press("Tab") }
    #expect(rig.text().contains(shown))
    rig.press("e")
    #expect(rig.text().contains("Edit "))
    rig.press("Esc", "a")
    #expect(rig.text().contains("Add \(deletion.target.subject.rawValue)"))
    rig.press("Esc", "d", "y")
    #expect(applied(rig) == [deletion])
  }

  @Test func aTargetIsSetWhereTheShareIsShown() {
    var rig = RecordsTests.rig()
    rig.press("5", "e")
    // The largest class is cash, which has no target yet.
    #expect(rig.text().contains("Add target"))
    rig.press("Tab", "Tab", "40 %", "Enter")
    #expect(applied(rig) == [.save(.new(.target), ["dimension": "class", "key": "cash", "target": "0.4"])])
    rig.receive(.saved(title: "add target", isUnchanged: false))
    rig.refill()
    rig.press("d")
    #expect(rig.text().contains("it has no target"))
    rig.press("Down", "e")
    #expect(rig.text().contains("Edit target of class security"))
  }

  @Test func aPaymentThatIsOverdueLeadsToWhatAnnouncedIt() {
    var rig = RecordsTests.rig()
    rig.press("3", "Tab", "e")
    #expect(rig.text().contains("Edit rent of TOWR paid on 2024-05-01"))
  }

  @Test func aRestrictionIsEditedOnTheAssetsPage() {
    var rig = RecordsTests.rig()
    rig.press("2", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab", "e")
    #expect(rig.text().contains("Edit lock of TOWR until 2025-01-10"))
    rig.press("Esc", "a")
    #expect(rig.text().contains("Add restriction"))
  }

  @Test func whatIsTypedShowsAsItIsUnderstood() {
    var rig = RecordsTests.rig()
    rig.press("A", "Tab", "a", "TOWR", "Tab", "rent", "Tab", "1,234.5", "Tab", "Tab", "Tab", "Tab", "2024/4/3", "Tab")
    let text = rig.text()
    #expect(text.contains("1234.5") && !text.contains("1,234.5") && text.contains("2024-04-03"))
  }

  @Test(arguments: [(80, 24), (120, 40)]) func pictures(_ width: Int, _ height: Int) throws {
    var rig = RecordsTests.rig(width: width, height: height)
    rig.press("A")
    try expectGolden(rig.screen(), "accounts-\(width)x\(height)")
  }

  @Test(arguments: [(80, 24), (120, 40)]) func formPictures(_ width: Int, _ height: Int) throws {
    var rig = RecordsTests.rig(width: width, height: height)
    rig.press("A", "Tab", "Tab", "e")
    try expectGolden(rig.screen(), "restriction-form-\(width)x\(height)")
  }
}
