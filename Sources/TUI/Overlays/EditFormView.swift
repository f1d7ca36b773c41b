import Ledger
import Reports
import TermKit
import Workspace

/// Draws a form: labels, fields, what is wrong beside them, and at the bottom what the selected field takes.
struct EditFormView {
  let form: EditForm
  let names: EditNames

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let fields = form.fields(names)
    let frame = area.centered(width: min(area.width - 2, 96), height: min(area.height - 2, fields.count + 6))
    let hasMore = form.showsAll || fields.count < EditField.all(form.target.subject).count
    let foot =
      form.isSaving
      ? "saving…" : "Enter saves · Tab next · \(hasMore ? "C-o \(form.showsAll ? "fewer" : "all") fields · " : "")Esc leaves"
    let inside = Panel(form.title, footnote: foot, isFocused: true, ground: .dialog).draw(in: frame, on: &canvas)
    guard inside.height > 4 else { return [] }
    let rows = Rect(x: inside.x, y: inside.y, width: inside.width, height: inside.height - 3)
    let labels = min(18, fields.map { CellWidth.of($0.label) }.max() ?? 0)
    let place = fields.firstIndex { $0.name == form.selected } ?? 0
    let first = min(max(0, place - rows.height + 2), max(0, fields.count - rows.height))
    var hits: [HitRegion<Hit>] = []
    for (offset, field) in fields.dropFirst(first).prefix(rows.height).enumerated() {
      draw(field, labels, in: rows.row(offset), on: &canvas)
      hits.append(HitRegion(rows.row(offset), .choice(first + offset)))
    }
    if first + rows.height < fields.count {
      canvas.put(canvas.glyphs.lines == .ascii ? "v" : "▼", x: inside.maxX - 1, y: rows.maxY - 1, Style(.muted, on: .dialog))
    }
    drawFoot(in: Rect(x: inside.x + 1, y: rows.maxY + 1, width: inside.width - 2, height: 2), on: &canvas)
    return hits
  }

  private func draw(_ field: EditField, _ labels: Int, in row: Rect, on canvas: inout Canvas) {
    let isSelected = field.name == form.selected
    canvas.put(
      field.label, x: row.x + 1, y: row.y, isSelected ? Style(.title, .bold, on: .dialog) : Style(.muted, on: .dialog), width: labels)
    let width = min(36, max(16, (row.width - labels - 4) * 6 / 10))
    let box = Rect(x: row.x + labels + 3, y: row.y, width: width, height: 1)
    form.editor(field.name).draw(in: box, on: &canvas, isFocused: isSelected, placeholder: isSelected ? "" : field.help)
    let x = box.maxX + 1
    if let problem = form.problem(of: field.name) {
      canvas.put("! \(problem.reason)", x: x, y: row.y, Style(.error, on: .dialog), width: max(0, row.maxX - x - 1))
    } else if form.stored[field.name] ?? "" != form.text(field.name), !form.stored.isEmpty {
      let before = form.stored[field.name] ?? ""
      canvas.put("was \(before.isEmpty ? "empty" : before)", x: x, y: row.y, Style(.muted, on: .dialog), width: max(0, row.maxX - x - 1))
    }
  }

  /// What is wrong with the selected field or what it means, and below it what can be typed.
  private func drawFoot(in area: Rect, on canvas: inout Canvas) {
    if form.isLeaving {
      canvas.put(
        "What was typed is not saved: Esc again leaves without it.", x: area.x, y: area.y, Style(.warning, on: .dialog), width: area.width)
      return
    }
    if let problem = form.problem(of: form.selected) ?? stray {
      canvas.put(problem.sentence, x: area.x, y: area.y, Style(.error, on: .dialog), width: area.width)
    } else if let field = EditField.all(form.target.subject).first(where: { $0.name == form.selected }) {
      canvas.put(field.help, x: area.x, y: area.y, Style(.text, on: .dialog), width: area.width)
    }
    let known = form.candidates(names)
    if known == [form.text(form.selected)] || known.isEmpty { return }
    canvas.put(known.prefix(12).joined(separator: " · ").plain, x: area.x, y: area.y + 1, Style(.muted, on: .dialog), width: area.width)
  }

  /// A problem that belongs to no field of the form, such as a use that forbids a change.
  private var stray: EditProblem? {
    let known = EditField.all(form.target.subject).map(\.name)
    return form.problems.first { !known.contains($0.field) }
  }
}
