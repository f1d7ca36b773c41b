import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// The lists of an asset's page.
struct AssetLists {
  let report: AssetReport
  let shared: Shared
  let list: ListState
  let isFocused: Bool

  func draw(_ pane: AssetScreen.Pane, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    switch pane {
    case .lots: lots(in: area, on: &canvas)
    case .income: income(in: area, on: &canvas)
    case .events: events(in: area, on: &canvas)
    case .quotes: quotes(in: area, on: &canvas)
    case .accounts: accounts(in: area, on: &canvas)
    case .restrictions: restrictions(in: area, on: &canvas)
    case .facts, .chart: []
    }
  }

  private func table(
    _ columns: [TermKit.Column], _ count: Int, empty: String, in area: Rect, on canvas: inout Canvas, row: (Int) -> [TableCell]
  ) -> [HitRegion<Hit>] {
    var table = Table(columns, rowCount: count, selected: isFocused ? list.selected : nil, scroll: list.scroll)
    table.isFocused = isFocused
    table.emptyText = empty
    return table.draw(in: area, on: &canvas) { TableRow(row($0)) }.asHits
  }

  private func lots(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let columns: [TermKit.Column] = [
      Column("Acquired", min: 10, ideal: 10, priority: 200), Column("Account", min: 8, ideal: 14, flex: 1, priority: 70),
      Column("Quantity", .right, min: 11, ideal: 13, priority: 180), Column("Unit cost", .right, min: 9, ideal: 11, priority: 120),
      Column("Cost", .right, min: 10, ideal: 13, priority: 130), Column("Cur", min: 3, ideal: 4, priority: 110),
      Column("Value", .right, min: 10, ideal: 13, priority: 100), Column("Gain", .right, min: 10, ideal: 13, priority: 160),
      Column("By price", .right, min: 10, ideal: 12, priority: 68), Column("By currency", .right, min: 11, ideal: 12, priority: 66),
      Column("Term", min: 5, ideal: 5, priority: 96), Column("Long in", .right, min: 7, ideal: 7, priority: 94),
      Column("Free", .right, min: 9, ideal: 11, priority: 60),
      Column("Lock ends", min: 10, ideal: 10, priority: 80),
    ]
    let empty = report.facts.hasLots ? "no open lots" : "money has a balance, not lots"
    return table(columns, report.lots.count, empty: empty, in: area, on: &canvas) { place in
      let lot = report.lots[place]
      let locked = lot.lockedUntil.map { TableCell("\($0)", Style(.warning)) } ?? TableCell("–", .muted)
      return [
        lot.acquired.map { TableCell("\($0)") } ?? TableCell("n/a", .muted), TableCell(lot.account.text, .muted),
        figures.quantity(lot.quantity, lot.quantity.isNegative ? Style(.error) : .text), figures.price(lot.unitCost),
        figures.money(lot.cost), TableCell(lot.currency ?? "", .muted), figures.money(lot.value), figures.gain(lot.unrealized),
        figures.gain(lot.gainPrice), figures.gain(lot.gainCurrency), TableCell(lot.term?.rawValue ?? "n/a", .muted),
        OpenLotsTable.longIn(lot, report.asOf), figures.quantity(lot.free, .muted), locked,
      ]
    }
  }

  private func income(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let fields = PaymentField.allCases.filter { $0 != .asset }
    var room = area
    // The last row says what the selected payment's status means.
    if area.height >= 5, report.income.indices.contains(list.selected) {
      let row = report.income[list.selected]
      let text = PaymentSentence.text(row, asOf: report.asOf, isPrivate: shared.isPrivate)
      canvas.put("\(row.status.word): \(text)", x: area.x + 1, y: area.maxY - 1, row.status.style, width: area.width - 2)
      room.height -= 1
    }
    return table(fields.map(\.column), report.income.count, empty: "no payment yet", in: room, on: &canvas) { place in
      fields.map { $0.cell(report.income[place], figures) }
    }
  }

  private func events(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let book = shared.desk?.events.book else { return [] }
    let figures = Figures(shared)
    let names = Names(book)
    let columns: [TermKit.Column] = [
      Column("Date", min: 10, ideal: 10, priority: 200), Column("Kind", min: 8, ideal: 12, priority: 190),
      Column("Account", min: 8, ideal: 22, flex: 1, priority: 100), Column("Quantity", .right, min: 11, ideal: 13, priority: 180),
      Column("Price", .right, min: 9, ideal: 11, priority: 120), Column("Gross", .right, min: 10, ideal: 13, priority: 150),
      Column("Cur", min: 3, ideal: 4, priority: 140), Column("Fee", .right, min: 6, ideal: 9, priority: 80),
      Column("In", min: 3, ideal: 4, priority: 75), Column("Note", min: 8, ideal: 12, flex: 1, priority: 40),
    ]
    return table(columns, report.events.count, empty: "nothing has happened yet", in: area, on: &canvas) { place in
      // The page may be a moment older than the book.
      guard book.events.indices.contains(report.events[place]) else { return [] }
      let row = EventsReport.row(at: report.events[place], in: book, names)
      func number(_ value: Decimal?) -> TableCell { value.map { figures.money(.known($0)) } ?? TableCell("") }
      return [
        TableCell("\(row.day)"), TableCell(row.kind, .title),
        TableCell([row.account, row.toAccount].compactMap { $0 }.joined(separator: " > "), .muted),
        row.quantity.map { figures.quantity($0) } ?? TableCell(""), row.price.map { TableCell(Figures.unitPrice($0)) } ?? TableCell(""),
        number(row.gross), TableCell(row.currency ?? "", .muted), row.fee.map { figures.quantity($0, .muted) } ?? TableCell(""),
        TableCell(row.feeAsset ?? "", .muted), TableCell(row.note ?? "", .muted),
      ]
    }
  }

  private func quotes(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let book = shared.snapshot?.book else { return [] }
    let names = Names(book)
    let all = AssetQuotes(of: report.asset.id, in: book)
    let columns: [TermKit.Column] = [
      Column("Date", min: 10, ideal: 10, priority: 200), Column("Kind", min: 5, ideal: 5, priority: 190),
      Column("Price", .right, min: 10, ideal: 14, priority: 180), Column("Cur", min: 3, ideal: 5, priority: 170),
      Column("Method", min: 8, ideal: 16, priority: 120), Column("Source", min: 8, ideal: 22, flex: 1, priority: 110),
      Column("Published", min: 10, ideal: 10, priority: 60), Column("Supply", .right, min: 9, ideal: 14, priority: 80),
    ]
    return table(columns, all.count, empty: "no price and no NAV yet; a adds one", in: area, on: &canvas) { place in
      let (kind, quote) = all[place]
      return [
        TableCell("\(quote.day)"), TableCell(kind == .nav ? "NAV" : kind.code, .title), TableCell(Figures.unitPrice(quote.price.perUnit)),
        TableCell(names.currency(quote.price.currency), .muted), TableCell(quote.nav?.method ?? "", .muted),
        TableCell(quote.nav?.appraiser ?? quote.source), TableCell(quote.nav?.published.map { "\($0)" } ?? "", .muted),
        TableCell(quote.nav?.supply.map { NumberText.quantity($0) } ?? "", .muted),
      ]
    }
  }

  private func accounts(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let columns: [TermKit.Column] = [
      Column("Account", min: 8, ideal: 16, flex: 1, priority: 200), Column("Quantity", .right, min: 11, ideal: 13, priority: 180),
      Column("Value", .right, min: 10, ideal: 13, priority: 170), Column("Cost", .right, min: 10, ideal: 13, priority: 100),
      Column("Gain", .right, min: 10, ideal: 13, priority: 120), Column("Gain %", .right, min: 9, ideal: 9, priority: 110),
      Column("Income", .right, min: 10, ideal: 13, priority: 90),
    ]
    return table(columns, report.byAccount.count, empty: "no account holds it", in: area, on: &canvas) { place in
      let row = report.byAccount[place]
      return [
        TableCell(row.account?.text ?? "–", .title), figures.quantity(row.quantity), figures.money(row.value),
        figures.money(row.cost, .muted), figures.gain(row.unrealized), Figures.change(row.unrealizedRatio), figures.gain(row.incomeNet),
      ]
    }
  }

  private func restrictions(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let plans = AssetScreen.restrictions(of: report.asset.id, shared)
    let columns: [TermKit.Column] = [
      Column("Kind", min: 9, ideal: 10, priority: 200), Column("State", min: 8, ideal: 8, priority: 190),
      Column("Quantity", .right, min: 9, ideal: 11, priority: 150), Column("From", min: 10, ideal: 10, priority: 90),
      Column("Until", min: 10, ideal: 10, priority: 180), Column("Account", min: 8, ideal: 12, priority: 80),
      Column("Reason", min: 10, ideal: 26, flex: 1, priority: 160), Column("Schedule", min: 10, ideal: 12, flex: 1, priority: 50),
    ]
    return table(columns, plans.count, empty: "no restriction is recorded", in: area, on: &canvas) { place in
      let cells = plans[place].cells
      let (from, until) = (cells["from"].flatMap { Day($0) }, cells["until"].flatMap { Day($0) })
      let state =
        until.map { $0 < report.asOf } == true
        ? TableCell("over", .muted)
        : from.map { $0 > report.asOf } == true ? TableCell("to come", Style(.info)) : TableCell("! holds", Style(.warning))
      return [
        TableCell(cells["kind"] ?? "", .title), state,
        cells["quantity"].flatMap { Decimal($0) }.map { Figures(shared).quantity($0) } ?? TableCell("all", .muted),
        TableCell(cells["from"] ?? "–", .muted), TableCell(cells["until"] ?? "–"), TableCell(cells["account"] ?? "any", .muted),
        TableCell(cells["reason"] ?? ""), TableCell(cells["schedule"] ?? "", .muted),
      ]
    }
  }
}
