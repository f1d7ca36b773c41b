/// Everything a key, a click or the command prompt can ask for. The raw value is what is typed after `:`.
///
/// Key table, footer, help, prompt and key scripts all use these names.
public enum Command: String, CaseIterable, Hashable, Sendable {
  // Moving
  case up, down, left, right, first, last
  case pageUp = "page-up"
  case pageDown = "page-down"
  case halfUp = "half-up"
  case halfDown = "half-down"
  case open
  case asset
  case explain
  case back
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  // Screens
  case overview, holdings, income, nav, allocation, performance, events, issues, imports, gains
  case accounts, plans
  // Lists
  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case sortLeft = "sort-left"
  case sortRight = "sort-right"
  case invert
  case cycle
  case shorterRange = "shorter-range"
  case longerRange = "longer-range"
  case benchmark
  case costLine = "cost-line"
  // Doing
  case importFile = "import"
  case revert
  case link
  case fix
  case demo
  case add, edit, delete, move
  case undo, redo, history
  case copy
  case refresh
  case privacy
  case mark
  case whatIf = "whatif"
  case writeOff = "write-off"
  case saveLots = "save-lots"
  case forgetLots = "forget-lots"
  case exportCSV = "export"
  case portfolio
  case closeYear = "close-year"
  case reopenYear = "reopen-year"
  case currency
  case settings = "set"
  case theme
  case help
  case prompt
  case mouse
  case suspend
  case close
  case quit

  /// What it does, in a few words, for help and the prompt.
  public var summary: String {
    switch self {
    case .up: "one row up"
    case .down: "one row down"
    case .left: "column or pane to the left"
    case .right: "column or pane to the right"
    case .first: "first row"
    case .last: "last row"
    case .pageUp: "one page up"
    case .pageDown: "one page down"
    case .halfUp: "half a page up"
    case .halfDown: "half a page down"
    case .open: "open what is selected"
    case .asset: "the page of the selected asset"
    case .explain: "where a figure comes from: choose which one"
    case .back: "one level back"
    case .nextPane: "next pane"
    case .previousPane: "previous pane"
    case .overview: "total, income, movers, notices"
    case .holdings: "what is held, sortable and by class"
    case .income: "income by month, and every payment"
    case .nav: "NAV against market, age and method"
    case .allocation: "shares by class, asset, account, currency"
    case .performance: "returns, risk, the deepest fall, month by month"
    case .events: "everything that happened"
    case .issues: "what to look at before trusting the figures"
    case .imports: "files imported, and new ones"
    case .accounts: "accounts: portfolio, events, cash; add, edit, move"
    case .plans: "distributions, restrictions, targets, policies"
    case .gains: "realised gains, and open lots with what a sale would gain"
    case .filter: "filter: words, field:value, field>n, -term, a|b"
    case .nextMatch: "next match"
    case .previousMatch: "previous match"
    case .sortLeft: "sort by the column to the left"
    case .sortRight: "sort by the column to the right"
    case .invert: "turn the order round"
    case .cycle: "next grouping or view"
    case .shorterRange: "shorter chart range"
    case .longerRange: "longer chart range"
    case .costLine: "show or hide in charts what was paid"
    case .benchmark: "an asset to compare the performance with"
    case .importFile: "import a CSV or JSON file"
    case .revert: "take back or apply the selected batch"
    case .link: "make one transfer of the two events of the selected issue"
    case .fix: "open the form that mends the selected issue, filled in as far as it can be"
    case .demo: "look at the demo portfolio, or go back from it"
    case .add: "add an event, price, NAV, plan, asset or account"
    case .edit: "edit what is selected"
    case .delete: "delete what is selected, after a question"
    case .move: "move the account to another portfolio"
    case .undo: "take back the last change"
    case .redo: "do it again"
    case .history: "every change, and what each one did"
    case .copy: "copy the row to the clipboard"
    case .refresh: "read the database again"
    case .mark: "pick the lot, or put it back"
    case .writeOff: "write off all that is held of the asset, after a question"
    case .whatIf: "what a sale would gain: whatif QUANTITY [PRICE]; on a recorded one, pick its lots"
    case .saveLots: "store the picked lots in the sale"
    case .forgetLots: "let the sale take its lots by the method again"
    case .exportCSV: "write the list to a file, as florin gains --format csv does: export FILE"
    case .portfolio: "look at one portfolio, some or all: portfolio NAME[,NAME]"
    case .closeYear: "freeze the gains of a year: close-year 2024 [PORTFOLIO]"
    case .reopenYear: "let a closed year follow the facts again"
    case .privacy: "hide amounts, keep percentages"
    case .currency: "currency of totals"
    case .settings:
      "settings of the database: base, method, scope, fees, holding-months, gifts, income_policy, "
        + "assumed_openings, trade_prices"
    case .theme: "choose a theme"
    case .help: "keys of this screen"
    case .prompt: "type a command"
    case .mouse: "mouse on or off"
    case .suspend: "suspend Florin"
    case .close: "close, or quit"
    case .quit: "quit"
    }
  }
}
