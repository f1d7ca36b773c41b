import Amounts
import Ledger
import Reports
import TermKit
import Workspace

/// Draws the notices, and below them the selected one in full with what to do about it.
struct IssuesView {
  let screen: IssuesScreen
  let shared: Shared

  /// What it is gets the room; what to do stands below for the selected issue, and beside it only where all sentences fit.
  private func columns(_ width: Int, _ notices: [Notice]) -> [TermKit.Column] {
    let sentence = notices.map { CellWidth.of($0.message) }.max() ?? 0
    let remedy = notices.map { CellWidth.of($0.fix) }.max() ?? 0
    // Frame, sign, asset and day with the gaps between.
    let room = width - 4 - 1 - 9 - 10 - 4 * 2
    let isRoomy = sentence + remedy <= room
    return [
      TermKit.Column("", min: 1, ideal: 1, priority: 250), TermKit.Column("Weight", min: 7, ideal: 7, priority: 60),
      TermKit.Column("Asset", min: 7, ideal: 9, priority: 190), TermKit.Column("Since", min: 10, ideal: 10, priority: 120),
      TermKit.Column("Amount", .right, min: 10, ideal: 14, priority: 55),
      TermKit.Column("What", min: isRoomy ? sentence : max(36, min(sentence, room)), ideal: sentence, flex: 1, priority: 200),
    ] + (isRoomy ? [TermKit.Column("What to do", min: remedy, ideal: remedy, flex: 1, priority: 195)] : [])
  }

  /// Rows of the selected issue with its frame: two sentences, wrapped.
  private static func detailRows(_ area: Rect) -> Int { area.height < 14 ? 0 : area.height < 30 ? 7 : 8 }

  /// Rows of the list, for paging.
  static func page(_ size: Size) -> Int {
    let area = Rect(x: 0, y: 0, width: size.width, height: size.height - 2)
    return max(1, area.height - detailRows(area) - 3)
  }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let parts = area.rows([.flex(), .fixed(IssuesView.detailRows(area))])
    drawSelected(in: parts[1], on: &canvas)
    let notices = screen.notices(shared)
    let inside = Panel(screen.title, note: note(notices), isFocused: true).draw(in: parts[0], on: &canvas)
    var table = Table(
      columns(parts[0].width, notices), rowCount: screen.order.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText =
      notices.isEmpty
      ? (shared.snapshot?.isComplete == true ? "nothing to look at: every figure rests on what is known" : "reading…")
      : "no issue matches \(screen.list.filter)"
    let hits = table.draw(in: inside, on: &canvas) { place in TableRow(cells(notices[Int(screen.order[place])])) }
    return hits.compactMap { region in
      switch region.target {
      case .row(let row): HitRegion(region.rect, .row(row))
      case .scroll(let first): HitRegion(region.rect, .scroll(first))
      case .header: nil
      }
    }
  }

  /// How many there are of each weight.
  private func note(_ notices: [Notice]) -> String {
    if !screen.list.filter.isEmpty { return "\(screen.order.count) of \(notices.count)" }
    return [Notice.Severity.error, .warning, .info].compactMap { severity in
      let count = notices.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(IssuesView.word(severity))\(count == 1 || severity == .info ? "" : "s")"
    }.joined(separator: " · ")
  }

  private func cells(_ notice: Notice) -> [TableCell] {
    let (sign, role) = notice.severity.sign
    let style = Style(role, .bold)
    return [
      TableCell(sign, style), TableCell(IssuesView.word(notice.severity), style),
      TableCell(notice.asset?.text ?? "–", .title), TableCell(notice.since.map { "\($0)" } ?? "–", .muted), amount(notice),
      TableCell(IssuesView.message(notice, isPrivate: shared.isPrivate)), TableCell(notice.fix, .muted),
    ]
  }

  /// How much: an age is no secret, units and money are.
  private func amount(_ notice: Notice) -> TableCell {
    guard let amount = notice.amount else { return TableCell("") }
    switch notice.kind {
    case .staleNav, .stalePrice, .unknownDays: return TableCell("\(amount) days")
    default: return Figures(shared).quantity(amount)
    }
  }

  private func drawSelected(in area: Rect, on canvas: inout Canvas) {
    guard area.height > 2, let notice = screen.selected(shared) else { return }
    let account = notice.account.map { " in \($0.text)" } ?? ""
    let place = [notice.since.map { "since \($0)" }, notice.event.map { "event \($0.raw)" }].compactMap { $0 }.joined(separator: " · ")
    let inside = Panel((notice.asset?.text ?? IssuesView.word(notice.severity)) + account, note: place)
      .draw(in: area, on: &canvas).inset(1, 0)
    let lines = TextBlock(IssuesView.message(notice, isPrivate: shared.isPrivate)).draw(in: inside, on: &canvas)
    TextBlock("→ \(notice.fix)", Style(.info)).draw(in: inside.droppingRows(min(lines, max(1, inside.height - 2))), on: &canvas)
  }

  // MARK: Words

  static func word(_ severity: Notice.Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "info"
    }
  }

  /// Whether the sentence of a notice names an amount held or paid.
  static func tellsAmount(_ kind: Notice.Kind) -> Bool {
    switch kind {
    case .oversold, .overdue, .shortPaid, .overPaid, .negativeCash, .lotNotFound, .unknownBasis, .feeValueUnknown,
      .unmatchedTransfer, .closedYearDiffers, .unknownDate, .unknownProceeds, .unknownIncome, .debtOutside:
      true
    case .noRate, .unknownDays, .unpriced, .staleNav, .stalePrice, .overflow, .missingNav, .basisShareUnknown: false
    }
  }

  /// The sentence, without the amounts in it when they are hidden.
  static func message(_ notice: Notice, isPrivate: Bool) -> String {
    guard isPrivate, tellsAmount(notice.kind) else { return notice.message }
    return notice.message.split(separator: " ", omittingEmptySubsequences: false).map { word in
      Decimal(String(word)) == nil ? String(word) : Figures.hidden
    }.joined(separator: " ")
  }
}
