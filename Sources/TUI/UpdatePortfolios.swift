import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Views over portfolios, closed years, and sales that are only thought of.
extension AppState {
  /// What the menu calls the view over all portfolios.
  static let everyPortfolio = "all portfolios"

  /// What people call the portfolios there are.
  var portfolioTitles: [String] { shared.snapshot?.book.allPortfolios.map(\.title) ?? [] }

  mutating func choosePortfolio() {
    let titles = [AppState.everyPortfolio] + portfolioTitles
    let chosen = shared.view.map { $0.count == 1 ? $0[0] : "" } ?? AppState.everyPortfolio
    let items = titles.map { title in Menu.Item(title, isChecked: title == chosen || shared.view?.contains(title) ?? false) }
    var menu = Menu("Portfolio", items, selected: titles.firstIndex(of: chosen) ?? 0)
    menu.footnote = ":portfolio A,B shows several"
    overlay = .menu(menu, .portfolio)
  }

  /// A typed choice: names with commas between, or `all`.
  mutating func chooseView(_ text: String) -> [Effect] {
    if text == "all" || text == AppState.everyPortfolio { return look(at: nil) }
    let names = text.split(separator: ",").map { String($0).trimmedPath }
    if let odd = names.first(where: { !portfolioTitles.contains($0) }) {
      show("there is no portfolio \"\(odd)\"; there are \(portfolioTitles.joined(separator: ", "))", .error)
      return []
    }
    return look(at: names)
  }

  /// Looks at some portfolios; nil is all.
  mutating func look(at portfolios: [String]?) -> [Effect] {
    shared.view = portfolios
    shared.isLoading = true
    return [.view(portfolios)]
  }

  /// Closes or reopens a year: `2024`, or `2024 Trading`.
  mutating func close(_ text: String, reopens: Bool) -> [Effect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let year = Int(words[0]), (1900...9999).contains(year) else {
      show("\"\(words[0])\" is not a year", .error)
      return []
    }
    shared.isLoading = true
    return [.close(year, portfolio: words.count > 1 ? words[1] : nil, reopens: reopens)]
  }

  /// Opens the command prompt with the beginning of a command.
  mutating func promptFor(_ text: String, proposing proposal: String = "") {
    var field = TextField(text, proposing: proposal)
    field.history = history
    var prompt = Prompt(":", field: field, placeholder: "command")
    complete(&prompt)
    overlay = .prompt(prompt)
  }

  /// Asks for the quantity of a sale, and proposes what is held.
  mutating func promptWhatIf() {
    var quantity = ""
    if case .whatIf(let screen) = screen {
      quantity = screen.quantity.description + (screen.price.map { " \($0)" } ?? "")
    } else if let id = screen.screen.asset(shared), let held = shared.snapshot?.holdings.rows.first(where: { $0.asset.id == id }) {
      quantity = held.quantity.description
    }
    promptFor("whatif ", proposing: quantity)
  }

  /// Shows what a sale of the selected asset would gain: `QUANTITY`, or `QUANTITY PRICE`.
  mutating func startWhatIf(_ text: String) -> [Effect] {
    guard let asset = screen.screen.asset(shared) else {
      show("whatif: no asset is selected", .warning)
      return []
    }
    let words = text.split(separator: " ").map(String.init)
    let numbers = words.compactMap { Decimal($0) }
    guard numbers.count == words.count, (1...2).contains(words.count), numbers[0].isPositive, !(numbers.last?.isNegative ?? false) else {
      show("whatif takes a quantity and perhaps a price, such as: whatif 2.5 120", .error)
      return []
    }
    if case .whatIf = screen { drilled.removeLast() }
    return drill(.whatIf(WhatIfScreen(asset: asset, quantity: numbers[0], price: numbers.count > 1 ? numbers[1] : nil)))
  }
}
