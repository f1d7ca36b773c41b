import Amounts
import Ledger
import Reports
import TermKit

/// Draws an explanation: its value and the row's figures on top, then inputs, calculation, what is left out, and the line of the file.
struct ExplainView {
  /// A line that the cursor can stand on.
  enum Line: Hashable {
    /// An input, by its place.
    case input(Int)
    case heading(String)
    case text(String, Style)
  }

  let pane: ExplainPane
  let isPrivate: Bool
  private let size: Size
  /// What scrolls.
  let lines: [Line]

  init(_ pane: ExplainPane, _ shared: Shared) {
    self.pane = pane
    isPrivate = shared.isPrivate
    size = shared.size
    lines = ExplainView.lines(of: pane.top.explanation, shared.size, isPrivate: shared.isPrivate)
  }

  /// Where an explanation may stand: all of a small screen, the middle of a large one.
  private static func frame(_ size: Size) -> Rect {
    let all = Rect(x: 0, y: 1, width: size.width, height: max(0, size.height - 2))
    return size.width < 100 ? all : all.centered(width: min(size.width - 4, 130), height: all.height)
  }

  private static func lines(of shown: Explanation, _ size: Size, isPrivate: Bool) -> [Line] {
    let width = frame(size).width - 4
    func wrapped(_ text: String, _ style: Style, indent: String = "  ") -> [Line] {
      TextBlock.wrap(text.plain, width: max(10, width - indent.count)).map { .text(indent + $0, style) }
    }
    func block(_ heading: String, _ texts: [String], _ style: Style) -> [Line] {
      texts.isEmpty ? [] : [.heading(heading)] + texts.flatMap { wrapped($0, style) }
    }
    var lines: [Line] = shown.inputs.indices.map { .input($0) }
    if lines.isEmpty { lines = [.text("  nothing goes into it", .muted)] }
    lines += block(
      shown.figure.parts.first == "events" ? "Movements" : "Calculation",
      isPrivate && !shown.steps.isEmpty ? ["hidden with the amounts; p shows them"] : shown.steps, .text)
    lines += block("Left out", shown.excluded, Style(.warning))
    lines += block("What would mend it", shown.fixes, Style(.warning))
    if let origin = shown.origin {
      let line = origin.line.map { ", line \($0)" } ?? ""
      let at = origin.at.map { ", imported \($0.description.prefix(10))" } ?? ""
      lines.append(.heading("Where it was read"))
      lines += wrapped("\(origin.file)\(line)\(at), batch \(origin.batch.raw), \(origin.source)", .text)
      if let id = origin.externalID { lines += wrapped("the source's own id: \(id)", .muted) }
      if let raw = origin.raw { lines += isPrivate ? wrapped(Figures.hidden, .muted) : wrapped(raw, Style(.link)) }
    }
    lines += block("Rounding", [shown.rounding], .muted)
    // What does not fit above is told in full below.
    if TextBlock.wrap("= " + shown.formula.plain, width: width).count > formulaLines(size) {
      lines += block("Formula", [shown.formula], .text)
    }
    return lines
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let shown = pane.top.explanation
    let foot = "Enter deeper · ←→ the row's other figures · y copy · Esc \(pane.levels.count > 1 || pane.picker != nil ? "back" : "closes")"
    let room = ExplainView.frame(size)
    // As high as it needs to be, on a large screen.
    let formula = TextBlock.wrap("= " + shown.formula.plain, width: room.width - 4).prefix(ExplainView.formulaLines(size))
    let value = text(shown.value) + (shown.unit.map { " " + $0.plain } ?? "")
    // A value is never cut: where it does not fit beside the title it stands below it.
    let isBeside = CellWidth.of(shown.title.plain) + 2 + CellWidth.of(value) <= room.width - 4
    let values = isBeside ? [] : ExplainView.pieces(of: value, width: room.width - 4)
    let needed = lines.count + formula.count + values.count + (shown.siblings.count > 1 ? 5 : 4)
    let frame = size.width < 100 ? room : room.centered(width: room.width, height: min(room.height, needed))
    let inside = Panel(breadcrumb(frame.width - 16), note: "explain", footnote: foot, isFocused: true).draw(in: frame, on: &canvas).inset(
      1, 0)
    guard inside.height > 3 else { return [] }
    let beside = isBeside ? [Span(value, Style(.accent, .bold))] : []
    canvas.put([Span(shown.title.plain + "  ", Style(.title))] + beside, x: inside.x, y: inside.y, width: inside.width)
    var y = inside.y + 1
    for piece in values {
      canvas.put(piece, x: inside.x, y: y, Style(.accent, .bold), width: inside.width)
      y += 1
    }
    if shown.siblings.count > 1 {
      drawSiblings(shown, in: Rect(x: inside.x, y: y, width: inside.width, height: 1), on: &canvas)
      y += 1
    }
    for line in formula {
      canvas.put(line, x: inside.x, y: y, Style(.info), width: inside.width)
      y += 1
    }
    let gap = room.height < 14 ? 0 : 1
    let body = Rect(x: inside.x, y: y + gap, width: inside.width, height: max(0, inside.maxY - y - gap))
    return drawLines(in: body, on: &canvas)
  }

  /// Lines of the formula that stand above the inputs.
  private static func formulaLines(_ size: Size) -> Int { size.height < 16 ? 1 : 3 }

  /// A text in lines, between words where there are some.
  private static func pieces(of text: String, width: Int) -> [String] {
    TextBlock.wrap(text, width: max(10, width)).flatMap { line -> [String] in
      if CellWidth.of(line) <= width { return [line] }
      var rest = line[...]
      var found: [String] = []
      while !rest.isEmpty {
        found.append(String(rest.prefix(max(10, width))))
        rest = rest.dropFirst(max(10, width))
      }
      return found
    }
  }

  /// The way to what is shown; on a narrow screen its beginning is left out.
  private func breadcrumb(_ width: Int) -> String {
    var names = pane.levels.map { $0.explanation.figure.description.plain }
    while names.count > 1, CellWidth.of(names.joined(separator: " › ")) > width { names.removeFirst() }
    return (names.count < pane.levels.count ? "… › " : "") + names.joined(separator: " › ")
  }

  /// The row's figures, the shown one marked; it stays in sight.
  private func drawSiblings(_ shown: Explanation, in row: Rect, on canvas: inout Canvas) {
    let names = shown.siblings.map { $0.parts.last ?? "" }
    let active = shown.siblings.firstIndex(of: shown.figure) ?? 0
    var first = 0
    while first < active, names[first...active].reduce(0, { $0 + CellWidth.of($1) + 3 }) > row.width - 2 { first += 1 }
    var spans: [Span] = first > 0 ? [Span("… ", .muted)] : []
    for (place, name) in names.enumerated().dropFirst(first) {
      spans.append(place == active ? Span("[\(name)] ", Style(.accent, .bold)) : Span("\(name)  ", .muted))
    }
    canvas.put(spans, x: row.x, y: row.y, width: row.width)
  }

  /// A value to the last digit, unless amounts are hidden.
  private func text(_ cell: Reports.Cell) -> String {
    if isPrivate, case .decimal = cell { return Figures.hidden }
    return cell.exactText
  }

  // MARK: Lines

  private func drawLines(in body: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let inputs = pane.top.explanation.inputs
    let slots = Slots(inputs, body.width, text)
    let selected = min(pane.top.selected, max(0, lines.count - 1))
    // Two lines below the cursor stay in sight, where there is room.
    let ahead = body.height > 6 ? 2 : 0
    let first = min(max(0, selected - body.height + 1 + ahead), max(0, lines.count - body.height))
    var hits: [HitRegion<Hit>] = []
    for (offset, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
      let row = body.row(offset)
      let isSelected = first + offset == selected
      let ground: Role = isSelected ? .selection : .background
      if isSelected { canvas.fill(row, Style(.text, on: ground)) }
      switch line {
      case .heading(let text): canvas.put(text, x: row.x, y: row.y, Style(.title, .bold, on: ground), width: row.width)
      case .text(let text, let style): canvas.put(text, x: row.x, y: row.y, style.on(ground), width: row.width)
      case .input(let place): draw(inputs[place], slots, in: row, ground, on: &canvas)
      }
      hits.append(HitRegion(row, .choice(first + offset)))
    }
    if lines.count > body.height {
      Scrollbar(total: lines.count, visible: body.height, first: first)
        .draw(in: Rect(x: body.maxX, y: body.y, width: 1, height: body.height), on: &canvas)
    }
    return hits
  }

  /// Where the parts of an input stand.
  private struct Slots {
    var name = 0
    var value = 0
    var unit = 0
    var date = 0

    init(_ inputs: [Explanation.Input], _ width: Int, _ text: (Reports.Cell) -> String) {
      // Numbers are never cut; names and sources give way.
      value = min(width - 12, inputs.map { CellWidth.of(text($0.value)) }.max() ?? 0)
      unit = min(8, inputs.map { CellWidth.of($0.unit ?? "") }.max() ?? 0)
      date = inputs.contains { $0.date != nil } ? 10 : 0
      let names = inputs.map { CellWidth.of($0.name.plain) }.max() ?? 0
      name = max(8, min(names, width - value - unit - date - 8))
    }
  }

  private func draw(_ input: Explanation.Input, _ slots: Slots, in row: Rect, _ ground: Role, on canvas: inout Canvas) {
    let sign = input.figure == nil ? " " : canvas.glyphs.lines == .ascii ? ">" : "›"
    canvas.put(sign, x: row.x, y: row.y, Style(.accent, on: ground))
    var x = row.x + 2
    func put(_ text: String, _ width: Int, _ style: Style, _ align: Alignment, isWhole: Bool = true) {
      guard width > 0, x < row.maxX, !isWhole || x + width <= row.maxX else { return }
      canvas.put(text, in: Rect(x: x, y: row.y, width: min(width, row.maxX - x), height: 1), style.on(ground), align: align)
      x += width + 1
    }
    put(input.name.plain, slots.name, .text, .left, isWhole: false)
    put(text(input.value), slots.value, input.value.isKnown ? .text : Style(.warning), .right)
    put((input.unit ?? "").plain, slots.unit, .muted, .left)
    put(input.date.map { "\($0)" } ?? "", slots.date, .muted, .left)
    put((input.source ?? "").plain, row.maxX - x, .muted, .left, isWhole: false)
  }
}
