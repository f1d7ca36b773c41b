import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// A sale that is only thought of: what each method would take and gain, and what lots picked by hand would.
struct WhatIfScreen: Screen {
  let asset: AssetID
  /// The sale that was made already; nil when it is only thought of.
  let recorded: EventID?
  /// Units to sell; of a recorded sale they are its own.
  let quantity: Decimal
  /// What a unit yields; nil is its unit value.
  let price: Decimal?
  private(set) var list = ListState()
  /// Places of the lots picked by hand, in the order they were picked.
  private(set) var picked: [Int] = []
  /// The method whose lots were picked last by `cycle`.
  private(set) var method: LotMethod?

  init(asset: AssetID, quantity: Decimal, price: Decimal? = nil) {
    self.asset = asset
    self.quantity = quantity
    self.price = price
    recorded = nil
  }

  /// The lots of a sale that was made.
  init(_ sale: SaleTarget) {
    asset = sale.asset
    recorded = sale.event
    quantity = .zero
    price = nil
  }

  /// Whether it is about a sale that was made.
  var isRecorded: Bool { recorded != nil }

  var title: String { isRecorded ? "Lots of a sale" : "What if" }
  var bindings: [Binding] {
    let own =
      isRecorded
      ? [Binding(.char("s"), .saveLots, hint: "save"), Binding(.char("f"), .forgetLots, hint: "forget choice")]
      : [Binding(.char("w"), .whatIf, hint: "quantity")]
    return [Binding(.char(" "), .mark, hint: "pick"), Binding(.char("v"), .cycle, hint: "pick by method")] + own
      + [Binding(.char("y"), .copy, hint: "copy selector")]
  }

  func questions(_ shared: Shared) -> [Question] { recorded.map { [.sale($0, asset)] } ?? [] }

  /// The sale by every method; nil until the lots are there.
  func report(_ shared: Shared) -> WhatIfReport? {
    if let recorded { return shared.choices(recorded, asset) }
    guard let snapshot = shared.snapshot, snapshot.isComplete else { return nil }
    let quoted = Valuer(book: snapshot.book, on: snapshot.asOf).unit(asset).sale.price.value?.currency ?? snapshot.book.settings.base
    return WhatIfReport(
      snapshot.book, snapshot.booking, sell: quantity, of: asset, price: price.map { Price($0, quoted) }, on: snapshot.asOf)
  }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    guard let report = report(shared) else { return nil }
    let count = report.whatIf.lots.count
    switch command {
    case .mark:
      method = nil
      if let place = picked.firstIndex(of: list.selected) { picked.remove(at: place) } else { picked.append(list.selected) }
      _ = list.move(.down, rows: count, page: WhatIfView.page(shared.size, isRecorded: isRecorded))
    case .cycle: pick(by: next, report)
    default: return list.move(command, rows: count, page: WhatIfView.page(shared.size, isRecorded: isRecorded)) ? [] : nil
    }
    return []
  }

  /// The method whose lots are picked next.
  private var next: LotMethod {
    let methods = SaleWhatIf.methods
    guard let method, let place = methods.firstIndex(of: method) else { return methods[0] }
    return methods[(place + 1) % methods.count]
  }

  private mutating func pick(by method: LotMethod, _ report: WhatIfReport) {
    self.method = method
    picked = report.whatIf.sale(by: method).parts.compactMap { part in
      report.whatIf.lots.firstIndex {
        $0.event == part.lot.event && $0.leg == part.lot.leg && $0.path == part.lot.path && $0.account == part.lot.account
      }
    }
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open: "there is nothing below this"
    case .mark where report(shared)?.whatIf.lots.isEmpty ?? true: "there is no open lot"
    case .whatIf where isRecorded: "this is what was sold; e on its event changes it"
    case .saveLots: isRecorded ? cannotSave(shared) : "a sale that is only thought of has no record; y copies its lots"
    case .forgetLots:
      !isRecorded
        ? "a sale that is only thought of has no record"
        : report(shared)?.recorded?.isChosen == true ? frozen(shared) : "the sale names no lots; the method chooses them"
    default: nil
    }
  }

  private func frozen(_ shared: Shared) -> String? {
    report(shared)?.recorded?.closedYear.map { "\($0) is closed: what it took is frozen; :reopen-year \($0) opens it" }
  }

  /// Why the choice cannot be stored; nil when it can.
  private func cannotSave(_ shared: Shared) -> String? {
    guard let report = report(shared) else { return "the lots are still being looked up" }
    if let why = frozen(shared) { return why }
    if picked.isEmpty { return "no lot is picked; Space picks one, v those of a method" }
    let missing = report.whatIf.sale(from: picked).missing
    return missing.isPositive ? "\(NumberText.quantity(missing)) \(report.asset.text) have no lot yet; Space picks more" : nil
  }

  mutating func refresh(_ shared: Shared) {
    let count = report(shared)?.whatIf.lots.count ?? 0
    picked.removeAll { $0 >= count }
    list.clamp(rows: count, page: WhatIfView.page(shared.size, isRecorded: isRecorded))
  }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .row(let row): list.selected = row
    case .scroll(let first): (list.scroll, list.selected) = (first, first)
    default: break
    }
    return isDouble ? handle(.mark, shared) ?? [] : []
  }

  func asset(_ shared: Shared) -> AssetID? { asset }

  /// The picked lots as the `lot_selector` of a sale.
  func copied(_ shared: Shared) -> String? {
    guard let report = report(shared), !picked.isEmpty else { return nil }
    let parts = report.whatIf.sale(from: picked).parts
    return "[" + parts.map { #"{"event":\#($0.lot.event.raw),"quantity":"\#($0.lot.quantity)"}"# }.joined(separator: ",") + "]"
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    guard let report = report(shared) else {
      let isNone = recorded.map { shared.isAnswered(.sale($0, asset)) } ?? false
      TextBlock(isNone ? "This event takes no lots that could be picked; Esc goes back." : "Reading the lots…", .muted).draw(
        in: area.inset(2, 1), on: &canvas)
      return []
    }
    return WhatIfView(screen: self, shared: shared, report: report).draw(in: area, on: &canvas)
  }
}
