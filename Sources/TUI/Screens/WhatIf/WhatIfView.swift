import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Draws a sale that is only thought of: the methods above, the open lots below.
struct WhatIfView {
  let screen: WhatIfScreen
  let shared: Shared
  let report: WhatIfReport

  /// Rows of the table of methods with its frame: heading, methods, the choice by hand.
  private static func methodRows(_ isRecorded: Bool) -> Int { SaleWhatIf.methods.count + (isRecorded ? 5 : 4) }

  /// Rows of the list of lots, for paging.
  static func page(_ size: Size, isRecorded: Bool) -> Int { max(1, size.height - 2 - methodRows(isRecorded) - 3) }

  func draw(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let rows = area.rows([.fixed(min(WhatIfView.methodRows(screen.isRecorded), max(3, area.height - 5))), .flex()])
    drawMethods(in: rows[0], on: &canvas)
    return drawLots(in: rows[1], on: &canvas)
  }

  private func drawMethods(in area: Rect, on canvas: inout Canvas) {
    let figures = Figures(shared)
    let units = shared.isPrivate ? Figures.hidden : NumberText.quantity(report.quantity)
    let price = report.price.value.map { "\(Figures.unitPrice($0.perUnit)) \(report.priceCurrency ?? "")" } ?? "an unknown price"
    let title =
      report.recorded.map { "\(units) \(report.asset.text) of \(report.day) in \($0.account.text) at \(price)" }
      ?? "Sell \(units) \(report.asset.text) at \(price)" + (report.priceSource.map { " (\($0))" } ?? "")
    let inside = Panel(title, note: report.currency, footnote: foot).draw(in: area, on: &canvas)
    let columns: [TermKit.Column] =
      [
        Column("Method", min: 9, ideal: 10, priority: 200), Column("", min: 10, ideal: 22, flex: 1, priority: 60),
        Column("Cost", .right, min: 10, ideal: 14, priority: 110), Column("Short gain", .right, min: 11, ideal: 14, priority: 150),
        Column("Long gain", .right, min: 11, ideal: 14, priority: 160), Column("Gain", .right, min: 11, ideal: 14, priority: 190),
      ] + (report.recorded == nil ? [] : [Column("Change", .right, min: 10, ideal: 13, priority: 170)])
    let own = report.whatIf.sale(from: screen.picked)
    let now = report.recorded?.now
    let sales = report.methods.map(\.sale) + [own] + (now.map { [$0] } ?? [])
    // Where all methods gain the same there is nothing to choose.
    let isChoice = report.methods.contains { !$0.isCheapest }
    Table(columns, rowCount: sales.count, selected: nil, scroll: 0).draw(in: inside, on: &canvas) { place in
      let sale = sales[place]
      if place > report.methods.count { return recordedRow(sale, figures) }
      let isOwn = place == report.methods.count
      var remarks: [String] = []
      if isOwn {
        remarks.append(screen.picked.isEmpty ? "Space picks lots" : "\(screen.picked.count) picked")
      } else {
        if report.methods[place].isCurrent { remarks.append("in force") }
        if isChoice && report.methods[place].isCheapest { remarks.append("least gain now") }
      }
      if sale.missing.isPositive, !isOwn || !screen.picked.isEmpty {
        remarks.append(shared.isPrivate ? "lots missing" : "\(NumberText.quantity(sale.missing)) missing")
      }
      if sale.notFree.isPositive { remarks.append(shared.isPrivate ? "some not free" : "\(NumberText.quantity(sale.notFree)) not free") }
      let style = isOwn ? Style(.info) : isChoice && report.methods[place].isCheapest ? Style(.gain) : .title
      return TableRow([
        TableCell(isOwn ? "by hand" : report.methods[place].method.rawValue, style), TableCell(remarks.joined(separator: " · "), .muted),
        figures.money(.known(sale.costBase), .muted), figures.gain(.known(sale.gainShort)), figures.gain(.known(sale.gainLong)),
        isOwn && screen.picked.isEmpty ? TableCell("–", .muted) : figures.gain(sale.gain),
        isOwn && screen.picked.isEmpty ? TableCell("–", .muted) : change(sale, now, figures),
      ])
    }
  }

  /// What a choice gains more than the record does now.
  private func change(_ sale: SaleWhatIf.Sale, _ now: SaleWhatIf.Sale?, _ figures: Figures) -> TableCell {
    guard let now else { return TableCell("") }
    return figures.gain(sale.gain.with(now.gain) { (a, b) throws(DecimalError) in try a.subtracting(b) })
  }

  /// What the record takes as the book stands.
  private func recordedRow(_ sale: SaleWhatIf.Sale, _ figures: Figures) -> TableRow {
    let by = report.recorded.map { $0.closedYear != nil ? "closed year" : $0.isChosen ? "picked by hand" : "by \($0.rule.method.rawValue)" }
    return TableRow([
      TableCell("recorded", Style(.accent)), TableCell("\(by ?? ""), \(sale.parts.count) lot\(sale.parts.count == 1 ? "" : "s")", .muted),
      figures.money(.known(sale.costBase), .muted), figures.gain(.known(sale.gainShort)), figures.gain(.known(sale.gainLong)),
      figures.gain(sale.gain), TableCell(""),
    ])
  }

  private var foot: String {
    guard let recorded = report.recorded else { return "nothing is changed · w other quantity or price" }
    if let year = recorded.closedYear { return "\(year) is closed: what it took is frozen" }
    let later = recorded.later
    return later == 0
      ? "s saves the lots picked by hand" : "s saves the lots picked · \(later) later disposal\(later == 1 ? "" : "s") may take others then"
  }

  private func drawLots(in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    let figures = Figures(shared)
    let lots = report.whatIf.lots
    let names = shared.snapshot.map { Names($0.book) }
    let zone = shared.snapshot?.book.settings.zone ?? .utc
    let inside = Panel(report.recorded == nil ? "Open lots" : "Lots that were open then", footnote: "\(lots.count)", isFocused: true).draw(
      in: area, on: &canvas)
    let columns: [TermKit.Column] = [
      Column("", min: 2, ideal: 2, priority: 200), Column("Acquired", min: 10, ideal: 10, priority: 190),
      Column("Account", min: 8, ideal: 14, flex: 1, priority: 70), Column("Quantity", .right, min: 11, ideal: 13, priority: 180),
      Column("Cost", .right, min: 10, ideal: 14, priority: 130), Column("Unit cost", .right, min: 9, ideal: 11, priority: 90),
      Column("Gain if sold", .right, min: 12, ideal: 18, priority: 160), Column("Term", min: 5, ideal: 5, priority: 100),
    ]
    var table = Table(columns, rowCount: lots.count, selected: screen.list.selected, scroll: screen.list.scroll)
    table.emptyText = "no open lots"
    return table.draw(in: inside, on: &canvas) { place in
      let lot = lots[place]
      let whole = report.whatIf.whole(place)
      let unit = lot.costBase.map { (cost) throws(DecimalError) in try cost.divided(by: lot.quantity) }
      let number = screen.picked.firstIndex(of: place).map { "\($0 + 1)" } ?? ""
      return TableRow([
        TableCell(number.isEmpty && report.whatIf.locks[place] != nil ? "×" : number, Style(.info)),
        lot.acquired.map { TableCell("\(zone.day(of: $0))") } ?? TableCell("n/a", .muted),
        TableCell(names?.account(lot.account).text ?? "", .muted), figures.quantity(lot.quantity), figures.money(lot.costBase),
        figures.money(unit, .muted), figures.gain(whole.gain),
        TableCell(whole.parts.first?.isLong.map { $0 ? "long" : "short" } ?? "n/a", .muted),
      ])
    }.asHits
  }
}
