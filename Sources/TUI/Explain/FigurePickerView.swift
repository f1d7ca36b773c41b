import Reports
import TermKit

/// Draws the choice among figures: groups with headings, each figure with its value at the right.
struct FigurePickerView {
  let picker: FigurePicker
  let isPrivate: Bool

  init(_ picker: FigurePicker, _ shared: Shared) {
    self.picker = picker
    isPrivate = shared.isPrivate
  }

  /// A line of the list.
  private enum Line {
    case heading(String)
    case choice(Int, FigureChoice)
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    var lines: [Line] = []
    var count = 0
    for group in picker.groups {
      lines.append(.heading(group.title.plain))
      for choice in group.choices {
        lines.append(.choice(count, choice))
        count += 1
      }
    }
    let names = picker.choices.map { CellWidth.of($0.name.plain) }.max() ?? 0
    let values = picker.choices.map { CellWidth.of(text($0)) }.max() ?? 0
    let units = picker.choices.map { CellWidth.of($0.unit.plain) }.max() ?? 0
    let titles = picker.groups.map { CellWidth.of($0.title.plain) }.max() ?? 0
    let foot = "Enter explains · Tab next group · Esc"
    let width = max(max(names + values + units + 9, titles + 5), CellWidth.of(foot) + 4)
    let room = Rect(x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - 2))
    let box = room.centered(width: min(width, room.width), height: min(room.height, lines.count + 2))
    let inside = Panel("Explain which figure?", footnote: foot, isFocused: true, ground: .dialog).draw(in: box, on: &canvas)
    guard inside.height > 0 else { return [] }
    let place = lines.firstIndex { if case .choice(picker.selected, _) = $0 { true } else { false } } ?? 0
    let first = min(max(0, place - inside.height / 2), max(0, lines.count - inside.height))
    var hits: [HitRegion<Hit>] = []
    for (offset, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      let row = inside.row(offset)
      switch line {
      case .heading(let title): canvas.put(title, x: row.x + 1, y: row.y, Style(.title, .bold, on: .dialog), width: row.width - 2)
      case .choice(let index, let choice):
        let isSelected = index == picker.selected
        let ground: Role = isSelected ? .selection : .dialog
        canvas.fill(row, Style(.text, on: ground))
        let tone = Style(isSelected ? .selection : .text, on: ground)
        let end = row.maxX - 2 - units - (units > 0 ? 1 : 0)
        let value = text(choice)
        let start = max(row.x + 3, end - CellWidth.of(value))
        canvas.put(choice.name.plain, x: row.x + 3, y: row.y, tone, width: max(0, start - row.x - 4))
        canvas.put(value, x: start, y: row.y, choice.isKnown ? tone : Style(.muted, on: ground), width: max(0, row.maxX - 1 - start))
        canvas.put(choice.unit.plain, x: end + 1, y: row.y, Style(.muted, on: ground), width: max(0, row.maxX - 1 - end))
        hits.append(HitRegion(row, .choice(index)))
      }
    }
    if lines.count > inside.height {
      Scrollbar(total: lines.count, visible: inside.height, first: first)
        .draw(in: Rect(x: box.maxX - 1, y: inside.y, width: 1, height: inside.height), on: &canvas)
    }
    return hits
  }

  private func text(_ choice: FigureChoice) -> String { isPrivate && choice.isAmount ? Figures.hidden : choice.value.plain }
}
