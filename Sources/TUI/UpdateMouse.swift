import Workspace
import TermKit

extension AppState {
  /// A click selects, a second one opens; the wheel scrolls; tabs, headings and the footer are buttons.
  mutating func point(_ mouse: Mouse) -> [Effect] {
    if job != nil { return [] }
    switch mouse.action {
    case .wheel(let rows):
      if overlay != nil { return pressOverlay(Key(rows < 0 ? .up : .down)) }
      var effects: [Effect] = []
      for _ in 0..<3 { effects += run(rows < 0 ? .up : .down) }
      toast = nil
      return effects
    case .press(.left): return click(mouse)
    default: return []
    }
  }

  private mutating func click(_ mouse: Mouse) -> [Effect] {
    toast = nil
    guard let hit = regions.target(x: mouse.x, y: mouse.y) else {
      if overlay != nil { return pressOverlay(.escape) }
      return []
    }
    // A click beside the prompt leaves it.
    switch overlay {
    case .prompt, .filter: overlay = nil
    default: break
    }
    switch hit {
    case .tab(let index): return ScreenName.allCases.indices.contains(index) ? run(ScreenName.allCases[index].command) : []
    case .command(let command): return run(command)
    case .choice(let index): return choose(index, isDouble: mouse.isDouble)
    default:
      let shared = shared
      let effects = screen.with { $0.click(hit, isDouble: mouse.isDouble, shared) }
      if mouse.isDouble, case .row = hit { return effects + run(.open) }
      return effects
    }
  }

  private mutating func choose(_ index: Int, isDouble: Bool) -> [Effect] {
    switch overlay {
    case .menu(var menu, let purpose):
      menu.selected = index
      overlay = nil
      return choose(menu.items[index].title, purpose)
    case .form, .history: return pick(index, isDouble: isDouble)
    case .confirm(_, let yes):
      if index == 0 { return confirm(yes) }
      overlay = nil
    case .files(var picker):
      picker.list.selected = index
      overlay = .files(picker)
      if isDouble { return openEntry(picker) }
    case .figures(var picker):
      picker.selected = index
      overlay = .figures(picker)
      if isDouble { return explain(picker.choice.path, about: picker.choice.performance) }
    case .explain(var pane):
      pane.top.selected = index
      overlay = .explain(pane)
      if isDouble { return explainInput(pane) }
    default: break
    }
    return []
  }
}
