import Reports
import TermKit

/// Where a figure comes from, level by level: the last one is shown, the others are the way back.
struct ExplainPane: Hashable, Sendable {
  /// One explanation, and the line the user is on.
  struct Level: Hashable, Sendable {
    var explanation: Explanation
    var selected = 0
  }

  /// From the figure that was asked for first to the one that is shown; never empty.
  var levels: [Level]
  /// What figures of performance are asked about.
  var performance: PerformanceQuery?
  /// The choice it came from, to go back to.
  var picker: FigurePicker?

  init(_ explanation: Explanation) { levels = [Level(explanation: explanation)] }

  /// What is shown.
  var top: Level {
    get { levels[levels.count - 1] }
    set { levels[levels.count - 1] = newValue }
  }

  /// What `copy` copies: name, value and the calculation.
  var copied: String {
    let shown = top.explanation
    let value = shown.value.exactText + (shown.unit.map { " " + $0 } ?? "")
    return ([shown.figure.description + "\t" + value] + shown.steps).joined(separator: "\n")
  }
}

/// An explanation that is awaited.
struct Explaining: Hashable, Sendable {
  var run: Int
  /// Whether it takes the place of the one that is shown.
  var replacing: Bool
  var performance: PerformanceQuery?
}

extension AppState {
  /// Asks for an explanation, to be put above the others or in the place of the last.
  mutating func explain(_ figure: FigurePath, about query: PerformanceQuery? = nil, replacing: Bool = false) -> [Effect] {
    let run = nextRun()
    var query = query ?? screen.screen.performance(shared)
    if case .explain(let pane) = overlay { query = pane.performance }
    explaining = Explaining(run: run, replacing: replacing, performance: query)
    return [.explain(figure, about: query, run: run)]
  }

  /// Explains what is selected.
  mutating func explainSelected() -> [Effect] {
    guard let figure = screen.screen.explained(shared) else {
      show("explain: no figure is selected", .warning)
      return []
    }
    let choice = FigurePicker(screen.screen.figures(shared), at: figure)?.choice
    return explain(figure, about: choice?.path == figure ? choice?.performance : nil)
  }

  /// Shows an explanation that was asked for; a late one is dropped.
  mutating func showExplanation(run: Int, _ explanation: Explanation?, _ failure: String) {
    guard shared.pending.remove(run) != nil, let asked = explaining, asked.run == run else { return }
    explaining = nil
    guard let explanation else { return show(failure, .warning) }
    switch overlay {
    case .explain(var pane):
      if asked.replacing { pane.levels.removeLast() }
      pane.levels.append(ExplainPane.Level(explanation: explanation))
      overlay = .explain(pane)
    case .figures, nil:
      var pane = ExplainPane(explanation)
      pane.performance = asked.performance
      if case .figures(let picker) = overlay { pane.picker = picker }
      overlay = .explain(pane)
    default: break
    }
  }

  /// Keys of the explanation: move over its lines, Enter goes deeper, Esc back, left and right to the row's other figures.
  mutating func pressExplain(_ key: Key, _ pane: ExplainPane) -> [Effect] {
    var pane = pane
    let view = ExplainView(pane, shared)
    let lines = view.lines.count
    let page = max(1, size.height - 10)
    switch Keymap.command(for: key, on: []) {
    case .back:
      pane.levels.removeLast()
      overlay = pane.levels.isEmpty ? pane.picker.map { .figures($0) } : .explain(pane)
      return []
    case .close, .explain:
      overlay = nil
      return []
    case .open: return explainInput(pane)
    case .left, .previousPane: return explainSibling(pane, -1)
    case .right, .nextPane: return explainSibling(pane, 1)
    case .copy: return [.copy(pane.copied)]
    case .privacy: shared.isPrivate.toggle()
    case .up: pane.top.selected -= 1
    case .down: pane.top.selected += 1
    case .first: pane.top.selected = 0
    case .last: pane.top.selected = lines
    case .pageUp, .halfUp: pane.top.selected -= page
    case .pageDown, .halfDown: pane.top.selected += page
    default: break
    }
    pane.top.selected = min(max(0, pane.top.selected), max(0, lines - 1))
    overlay = .explain(pane)
    return []
  }

  /// Goes on to what explains the selected input.
  mutating func explainInput(_ pane: ExplainPane) -> [Effect] {
    let view = ExplainView(pane, shared)
    guard view.lines.indices.contains(pane.top.selected), case .input(let place) = view.lines[pane.top.selected],
      let figure = pane.top.explanation.inputs[place].figure
    else {
      show("there is nothing below this line; Esc goes back", .info)
      return []
    }
    if figure == pane.top.explanation.figure { return [] }
    return explain(figure)
  }

  private mutating func explainSibling(_ pane: ExplainPane, _ step: Int) -> [Effect] {
    let all = pane.top.explanation.siblings
    guard all.count > 1, let place = all.firstIndex(of: pane.top.explanation.figure) else {
      show("the row has no other figure", .info)
      return []
    }
    return explain(all[(place + step + all.count) % all.count], replacing: true)
  }
}
