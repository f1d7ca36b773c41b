import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// A sale that is only thought of: what each method would take and gain, and what lots picked by hand would.
struct WhatIfScreen: Screen {
  let asset: AssetID
  /// Units to sell.
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
  }

  var title: String { "What if" }
  var bindings: [Binding] {
    [
      Binding(.char(" "), .mark, hint: "pick"), Binding(.char("v"), .cycle, hint: "pick by method"),
      Binding(.char("y"), .copy, hint: "copy selector"), Binding(.char("w"), .whatIf, hint: "quantity"),
    ]
  }

  /// The sale by every method; nil until the lots are there.
  func report(_ shared: Shared) -> WhatIfReport? {
    guard let snapshot = shared.snapshot, snapshot.isComplete else { return nil }
    let quoted = Valuer(book: snapshot.book, on: snapshot.asOf).unit(asset).price.value?.currency ?? snapshot.book.settings.base
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
      _ = list.move(.down, rows: count, page: WhatIfView.page(shared.size))
    case .cycle: pick(by: next, report)
    default: return list.move(command, rows: count, page: WhatIfView.page(shared.size)) ? [] : nil
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
    default: nil
    }
  }

  mutating func refresh(_ shared: Shared) {
    let count = report(shared)?.whatIf.lots.count ?? 0
    picked.removeAll { $0 >= count }
    list.clamp(rows: count, page: WhatIfView.page(shared.size))
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
      TextBlock("Reading the lots…", .muted).draw(in: area.inset(2, 1), on: &canvas)
      return []
    }
    return WhatIfView(screen: self, shared: shared, report: report).draw(in: area, on: &canvas)
  }
}
