import Amounts
import Ledger
import Reports
import TermKit

/// A figure on the screen that can be explained.
struct FigureChoice: Hashable, Sendable {
  /// What it is: `unrealized ratio`.
  var name: String
  /// What the screen shows, to the places people read.
  var value: String
  /// What the value is measured in; empty for a ratio or a count.
  var unit = ""
  /// Whether the value is an amount, which privacy hides.
  var isAmount = false
  /// Whether there is a value at all.
  var isKnown = true
  /// Its name for `explain`.
  var path: FigurePath
  /// What a figure of performance is asked about.
  var performance: PerformanceQuery?
}

/// Figures that belong together: those of a row, those of a total.
struct FigureGroup: Hashable, Sendable {
  /// Whose they are: `TOWR in Vault`.
  var title: String
  var choices: [FigureChoice]

  init(_ title: String, _ choices: [FigureChoice]) {
    self.title = title
    self.choices = choices
  }

  /// All figures of a row of a report.
  ///
  /// - Parameters:
  ///   - path: the name of the row.
  ///   - base: the code of the currency of totals.
  init<Row: ReportRow>(_ title: String, _ path: FigurePath, _ row: Row, base: String) {
    let cells = Dictionary(zip(Row.columns.map(\.key), row.cells)) { first, _ in first }
    func text(_ key: String) -> String? { if case .text(let text)? = cells[key] { text.plain } else { nil } }
    self.title = title
    choices = Row.columns.filter { Explainer.isFigure($0) }.map { column in
      let own = text(column.key + "Currency") ?? (column.key == "fee" ? text("feeAsset") : nil) ?? text("currency")
      let unit =
        switch column.kind {
        case .quantity: text("asset") ?? ""
        case .price: own ?? base
        case .money: column.key.hasSuffix("Base") || FigureGroup.inBase.contains(column.key) ? base : own ?? base
        default: ""
        }
      return FigureChoice(FigureGroup.name(column.key), cells[column.key] ?? .none, column.kind, unit, path.adding(column.key))
    }
  }

  /// Names that the keys do not give away.
  private static let names = [
    "nav": "NAV", "change1d": "change, 1 day", "change30d": "change, 30 days", "income12": "income, 12 months",
    "forward12": "expected, 12 months", "incomeNet": "net income", "unrealizedPrice": "unrealized by price",
    "unrealizedCurrency": "unrealized by currency", "unrealizedRatio": "unrealized, of cost", "unpriced": "holdings without price",
    "unknownBasis": "holdings of unknown cost", "ageDays": "age, days", "sharpe": "Sharpe ratio",
    "sortino": "Sortino ratio", "calmar": "Calmar ratio", "twr": "TWR", "twrAnnual": "TWR a year", "xirr": "XIRR",
    "navShare": "part on NAVs", "costBase": "cost in base", "grossBase": "gross in base", "taxBase": "tax in base",
    "netBase": "net in base",
  ]

  /// Columns of money that are in the currency of totals beside others that are not.
  private static let inBase: Set<String> = ["value", "unrealized", "gainPrice", "gainCurrency"]

  /// `unrealizedRatio` as people say it.
  static func name(_ key: String) -> String {
    if let name = names[key] { return name }
    var words = ""
    for character in key {
      if character.isUppercase || character.isNumber && words.last?.isNumber == false { words += " " }
      words += character.lowercased()
    }
    return words
  }
}

extension FigureChoice {
  /// A figure from a report's cell.
  init(_ name: String, _ cell: Reports.Cell, _ kind: Reports.Column.Kind, _ unit: String, _ path: FigurePath) {
    self.name = name
    self.path = path
    isKnown = cell.isKnown
    self.unit = cell.isKnown ? unit : ""
    if case .integer = cell { self.unit = "" }
    switch cell {
    case .decimal(let value):
      isAmount = kind == .money || kind == .quantity
      switch kind {
      case .money: self.value = NumberText.money(value)
      case .price: self.value = Figures.unitPrice(value)
      case .ratio: self.value = Figures.percent(value)
      default: self.value = NumberText.quantity(value)
      }
    case .ratio(let value): self.value = Figures.percent(value)
    case .statistic(let value):
      self.value = kind == .ratio ? PerformanceFigures.percent(value) : PerformanceFigures.decimal(value).text(places: 2)
    case .integer(let value): self.value = NumberText.count(value)
    default: self.value = cell.exactText
    }
  }

  /// An amount in the currency of totals.
  init(money name: String, _ figure: Figure<Decimal>, _ base: String, _ path: FigurePath) {
    self.init(name, Cell(figure), .money, base, path)
  }
}

/// A choice among the figures of the screen.
struct FigurePicker: Hashable, Sendable {
  let groups: [FigureGroup]
  /// Counts the choices of all groups.
  var selected: Int

  /// A choice that begins with one of the figures, or the first.
  init?(_ groups: [FigureGroup], at path: FigurePath?) {
    self.groups = groups.filter { !$0.choices.isEmpty }
    let all = self.groups.flatMap(\.choices)
    if all.isEmpty { return nil }
    selected = path.flatMap { path in all.firstIndex { $0.path == path } } ?? 0
  }

  /// All choices, group by group.
  var choices: [FigureChoice] { groups.flatMap(\.choices) }

  /// The selected figure.
  var choice: FigureChoice { choices[selected] }

  /// Moves to the first figure of the next or the previous group.
  mutating func jump(_ step: Int) {
    var starts: [Int] = []
    var count = 0
    for group in groups {
      starts.append(count)
      count += group.choices.count
    }
    let here = starts.lastIndex { $0 <= selected } ?? 0
    selected = step < 0 && selected > starts[here] ? starts[here] : starts[(here + step + starts.count) % starts.count]
  }
}

extension AppState {
  /// Offers the figures of what is selected, and the totals of the screen.
  mutating func chooseFigure() -> [Effect] {
    let first = screen.screen.explained(shared)
    guard let picker = FigurePicker(screen.screen.figures(shared), at: first), picker.choices.count > 1 else { return explainSelected() }
    overlay = .figures(picker)
    return [.prepareExplanation(picker.choice.path, about: picker.choice.performance)]
  }

  /// Keys of the choice: move, Enter explains, Esc leaves it.
  mutating func pressFigures(_ key: Key, _ picker: FigurePicker) -> [Effect] {
    var picker = picker
    let page = max(1, size.height - 8)
    switch Keymap.command(for: key, on: []) {
    case .back, .close:
      overlay = nil
      return []
    case .open, .explain:
      return explain(picker.choice.path, about: picker.choice.performance)
    case .up: picker.selected -= 1
    case .down: picker.selected += 1
    case .left, .previousPane: picker.jump(-1)
    case .right, .nextPane: picker.jump(1)
    case .first: picker.selected = 0
    case .last: picker.selected = picker.choices.count - 1
    case .pageUp, .halfUp: picker.selected -= page
    case .pageDown, .halfDown: picker.selected += page
    case .copy:
      let choice = picker.choice
      return [.copy("\(choice.path)\t\(shared.isPrivate && choice.isAmount ? Figures.hidden : choice.value)")]
    case .privacy: shared.isPrivate.toggle()
    default: break
    }
    picker.selected = min(max(0, picker.selected), picker.choices.count - 1)
    overlay = .figures(picker)
    return []
  }
}
