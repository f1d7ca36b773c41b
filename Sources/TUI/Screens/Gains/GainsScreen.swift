import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// Realised gains by disposal, asset, account, year or term, and beside them the open lots with what a sale would gain.
struct GainsScreen: ListScreen {
  /// What is listed.
  enum Pane: Int, CaseIterable {
    case realised, open
  }

  private(set) var pane = Pane.realised
  private(set) var grouping = GainsReport.Grouping.disposal
  /// Where the user is in each pane.
  private(set) var lists = [ListState](repeating: ListState(), count: Pane.allCases.count)
  /// The groups that were left for the disposals of one of them, to come back to.
  private var left: Left?

  private struct Left: Hashable {
    let grouping: GainsReport.Grouping
    let list: ListState
  }

  init(filter: String = "") { lists[0].filter = filter }

  /// Lists by something; nil lists the open lots.
  mutating func list(by other: GainsReport.Grouping?) {
    pane = other == nil ? .open : .realised
    left = nil
    if let other { show(other) }
  }

  /// The list of the pane that shows.
  var list: ListState {
    get { lists[pane.rawValue] }
    set { lists[pane.rawValue] = newValue }
  }

  var title: String { "Gains" }

  var bindings: [Binding] {
    let open = Binding(.enter, .open, hint: pane == .open ? "asset" : grouping == .disposal ? "lots" : "disposals")
    let own =
      pane == .open
      ? [Binding(.char("w"), .whatIf, hint: "what if")]
      : [Binding(.char("v"), .cycle, hint: "group by")] + (grouping == .disposal ? [Binding(.char("w"), .whatIf, hint: "pick lots")] : [])
    return [open] + own + [
      Binding(.tab, .nextPane, hint: pane == .open ? "realised" : "open lots"), Binding(.backTab, .previousPane),
      Binding(.char("x"), .exportCSV, hint: "CSV"),
    ]
  }

  /// What can be sorted by, in the order of the columns.
  var fields: [DisposalField] { GainsView.fields(grouping) }
  var columnCount: Int { pane == .open ? LotField.allCases.count : fields.count }

  /// What it wants to know.
  var query: GainsQuery {
    var query = GainsQuery(listing: pane == .open ? .open : .realised(grouping), filter: list.filter)
    query.isDescending = list.isDescending
    if let column = list.sortColumn {
      if pane == .open { query.openField = LotField.allCases[column] } else { query.realisedField = fields[column] }
    }
    return query
  }

  func questions(_ shared: Shared) -> [Question] { [.gains(query)] }

  /// The answer that is shown: that of another order or filter until this one's comes, never that of another list.
  func answer(_ shared: Shared) -> GainsAnswer? { shared.gains.flatMap { $0.query.listing == query.listing ? $0 : nil } }

  func rowCount(_ shared: Shared) -> Int { answer(shared)?.count ?? 0 }

  mutating func handle(_ command: Command, _ shared: Shared) -> [Effect]? {
    switch command {
    case .cycle where pane == .realised:
      let all = GainsReport.Grouping.allCases
      show(all[((all.firstIndex(of: grouping) ?? 0) + 1) % all.count])
      left = nil
    case .nextPane, .previousPane, .left, .right: pane = pane == .open ? .realised : .open
    case .open where pane == .realised && grouping != .disposal: openGroup(shared)
    case .back:
      guard pane == .realised, let left else { return nil }
      grouping = left.grouping
      lists[0] = left.list
      self.left = nil
    default: return handleList(command, shared) ? [] : nil
    }
    return []
  }

  /// Lists by something else; what was typed to filter stays.
  private mutating func show(_ other: GainsReport.Grouping) {
    let filter = lists[0].filter
    grouping = other
    lists[0] = ListState()
    lists[0].filter = filter
  }

  /// The disposals of the selected group.
  private mutating func openGroup(_ shared: Shared) {
    guard let group = answer(shared)?.group(list.selected) else { return }
    let term =
      switch grouping {
      case .year: "disposed:\(group.key)"
      case .term: group.key == "unknown" ? "term:unknown" : "term=\(group.key)"
      case .asset, .account, .disposal: "\(grouping.rawValue)=\"\(group.key)\""
      }
    left = Left(grouping: grouping, list: list)
    let before = list.filter
    show(.disposal)
    lists[0].filter = before.isEmpty ? term : "\(before) \(term)"
  }

  func unavailable(_ command: Command, _ shared: Shared) -> String? {
    switch command {
    case .open, .whatIf:
      if answer(shared) == nil { return "the gains are still being worked out" }
      if rowCount(shared) == 0 { return pane == .open ? "no lot is open" : "nothing was disposed of" }
      if command == .whatIf, pane == .realised {
        return grouping != .disposal ? "v lists disposals, whose lots can be picked" : selectedDisposal(shared)?.cannotChoose
      }
      return nil
    case .cycle where pane == .open: return "open lots have no groups; Tab goes to what was realised"
    case .exportCSV where answer(shared) == nil: return "the gains are still being worked out"
    default: return nil
    }
  }

  mutating func refresh(_ shared: Shared) { list.clamp(rows: rowCount(shared), page: GainsView.page(shared.size)) }

  mutating func click(_ hit: Hit, isDouble: Bool, _ shared: Shared) -> [Effect] {
    switch hit {
    case .pane(let index): pane = Pane(rawValue: index) ?? pane
    case .row(let row): list.selected = row
    case .header(let column): list.sort(by: column)
    case .scroll(let first): (list.scroll, list.selected) = (first, first)
    default: break
    }
    return []
  }

  /// The selected disposal; nil on a list of something else.
  func selectedDisposal(_ shared: Shared) -> DisposalRow? { answer(shared)?.disposal(list.selected) }

  func asset(_ shared: Shared) -> AssetID? {
    if let row = selectedDisposal(shared) { return row.asset.id }
    if let lot = answer(shared)?.lot(list.selected) { return lot.asset.id }
    guard grouping == .asset, let key = answer(shared)?.group(list.selected)?.key else { return nil }
    return shared.snapshot?.book.labels.first { $0.value == key }?.key
  }

  func sale(_ shared: Shared) -> SaleTarget? {
    selectedDisposal(shared).map { SaleTarget(event: $0.event, asset: $0.asset.id) }
  }

  func opened(_ shared: Shared) -> ScreenState? {
    if let row = selectedDisposal(shared) { return .disposal(DisposalScreen(event: row.event, asset: row.asset.id)) }
    return answer(shared)?.lot(list.selected).map { .asset(AssetScreen(asset: $0.asset.id)) }
  }

  func copied(_ shared: Shared) -> String? {
    guard let answer = answer(shared) else { return nil }
    func texts(_ figures: GainFigures) -> [String] {
      [figures.proceeds, figures.cost, figures.gain].map(\.description)
        + [figures.byPrice, figures.byCurrency].map { $0.value?.description ?? "" } + [answer.table?.currency ?? ""]
    }
    if let row = answer.disposal(list.selected) {
      return (["\(row.disposed)", row.asset.text, row.account.text, row.kind.rawValue, row.quantity.description] + texts(row.figures))
        .joined(separator: "\t")
    }
    if let group = answer.group(list.selected) {
      return ([group.key, "\(group.disposals)"] + texts(group.figures)).joined(separator: "\t")
    }
    return answer.lot(list.selected).map { lot in
      [
        lot.asset.text, lot.account.text, lot.acquired?.description ?? "", lot.quantity.description, lot.costBase.value?.description ?? "",
        lot.value.value?.description ?? "", lot.unrealized.value?.description ?? "", lot.term?.rawValue ?? "",
      ].joined(separator: "\t")
    }
  }

  func explained(_ shared: Shared) -> FigurePath? {
    guard let answer = answer(shared) else { return nil }
    if let lot = answer.lot(list.selected) {
      guard case .lots(let rows, _) = answer.rows else { return nil }
      // The name of a lot counts those of its asset and account in the report's own order.
      let own = rows.filter { $0.asset == lot.asset && $0.account == lot.account && $0.event == lot.event }
      return own.count == 1 ? LotsReport.figures(of: own)[0].adding(query.openField?.figure ?? "unrealized") : nil
    }
    let key = query.realisedField?.figure
    if let row = answer.disposal(list.selected) { return FigurePath("gains", "event", "\(row.event.raw)", key ?? "gainBase") }
    // What a filter leaves of a group has no name.
    guard let group = answer.group(list.selected), list.filter.isEmpty else { return nil }
    let known = key.flatMap { $0.hasPrefix("gain") ? $0 : nil }
    return FigurePath("gains", grouping.rawValue, group.key, known ?? "gainBase")
  }

  func draw(_ shared: Shared, in area: Rect, on canvas: inout Canvas) -> [HitRegion<Hit>] {
    GainsView(screen: self, shared: shared).draw(in: area, on: &canvas)
  }
}

/// A recorded disposal whose lots may be picked.
struct SaleTarget: Hashable, Sendable {
  let event: EventID
  let asset: AssetID
}

extension DisposalRow {
  /// Why the lots of it cannot be picked; nil when they can.
  var cannotChoose: String? {
    if isClosed { return "\(disposed.year) is closed: what it took is frozen; :reopen-year \(disposed.year) opens it" }
    switch kind {
    case .fee: return "a fee takes its lots by the method; lots are picked for what is sold"
    case .rocExcess: return "returned capital takes no lots"
    default: return nil
    }
  }
}

extension DisposalField {
  /// The key of the column in the gains report; nil where there is no figure.
  fileprivate var figure: String? {
    switch self {
    case .quantity: "quantity"
    case .proceeds: "proceedsBase"
    case .cost: "costBase"
    case .gain, .short, .long: "gainBase"
    case .byPrice: "gainPrice"
    case .byCurrency: "gainCurrency"
    case .key, .disposals, .disposed, .asset, .account, .kind, .term, .unknown: nil
    }
  }
}

extension LotField {
  /// The key of the column in the lots report; nil where there is no figure.
  fileprivate var figure: String? {
    switch self {
    case .quantity: "quantity"
    case .cost: "costBase"
    case .value: "value"
    case .gain: "unrealized"
    case .byPrice: "gainPrice"
    case .byCurrency: "gainCurrency"
    case .asset, .account, .acquired, .term, .longIn: nil
    }
  }
}
