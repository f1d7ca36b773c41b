import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Accounts and plans: opening their lists, and moving an account to another portfolio.
extension AppState {
  /// What the menu calls a portfolio that is not there yet.
  static let newPortfolio = "another…"

  /// Opens the list of accounts, or one of plans; where one is open, its pane changes.
  mutating func openRecords(_ pane: RecordsScreen.Pane) -> [Effect] {
    if case .records(var records) = screen {
      records.show(pane, shared)
      screen = .records(records)
      return []
    }
    return drill(.records(RecordsScreen(pane)))
  }

  /// Asks where the selected account is to go.
  mutating func chooseNewPortfolio() {
    guard case .records(let records) = screen, case .account(let name)? = records.target, let book = shared.snapshot?.book,
      let account = book.accounts.values.first(where: { $0.name == name })
    else { return }
    let titles = portfolioTitles + [AppState.newPortfolio]
    let current = Portfolio(name: account.portfolio).title
    let items = titles.map { Menu.Item($0, isChecked: $0 == current) }
    overlay = .menu(Menu("Portfolio of \(name)", items, selected: titles.firstIndex(of: current) ?? 0), .move(account: name))
  }

  mutating func move(_ account: String, to title: String) -> [Effect] {
    if title == AppState.newPortfolio {
      openForm(.account(account))
      if case .form(var form) = overlay {
        form.select("portfolio")
        overlay = .form(form)
      }
      return []
    }
    shared.isLoading = true
    return [.apply(.save(.account(account), ["portfolio": title]))]
  }

  /// What a payment is from: the event it arrived with, else the distribution that announced it, else the policy it is estimated from.
  func target(_ payment: IncomeRow) -> EditTarget? {
    guard let book = shared.snapshot?.book else { return nil }
    if let event = payment.event { return .event(String(event.raw)) }
    let declared = book.distributions.first { row in
      row.asset == payment.asset.id && row.kind == payment.kind && row.pay == payment.pay && row.record == payment.record
        && row.ex == payment.ex
    }
    if let declared { return .distribution(String(declared.id)) }
    let policy = book.plans.last { $0.kind == .policy && $0.asset == payment.asset.id }
    return payment.status == .estimated ? policy.map { .plan(.policy, String($0.id)) } : nil
  }

  /// The target of the selected part of the portfolio.
  func target(_ allocation: AllocationScreen) -> EditTarget? {
    guard let key = allocation.selectedRow(shared)?.key else { return nil }
    return shared.snapshot?.book.plans.last {
      $0.kind == .target && $0.cells["dimension"] == allocation.dimension.rawValue && $0.cells["key"] == key
    }.map { .plan(.target, String($0.id)) }
  }
}
