import Amounts
import Archive
import Engine
import Importers
import Ledger
import Reports

/// What an export tells beside facts: settings, closed years, links of transfers.
extension Workspace {
  /// Settings that are not what holds anyway, portfolios, lot rules.
  func settingDrafts(_ book: Book) throws(WorkspaceError) -> [SettingDraft] {
    var drafts = try settingRows().filter { !$0.isStandard }.map { SettingDraft($0.key, $0.value) }
    for portfolio in book.portfolios {
      drafts.append(SettingDraft("portfolio", "", portfolio: portfolio.title))
      if !portfolio.base.isEmpty { drafts.append(SettingDraft(Setting.base.rawValue, portfolio.base, portfolio: portfolio.title)) }
      if !portfolio.zone.isEmpty { drafts.append(SettingDraft("timezone", portfolio.zone, portfolio: portfolio.title)) }
    }
    for rule in book.settings.rules {
      // Without a name and a day it would read as the plain setting.
      let title = rule.portfolio.isEmpty ? rule.from == nil ? Portfolio.defaultName : nil : rule.portfolio
      for (setting, value) in [(Setting.method, rule.method.rawValue), (.scope, rule.scope.rawValue), (.fees, rule.feeRule.rawValue)] {
        drafts.append(SettingDraft(setting.rawValue, value, portfolio: title, from: rule.from))
      }
    }
    return drafts
  }

  /// The closed years, each followed by what it froze.
  func eachClosing(_ exporter: Exporter, _ emit: (ClosingDraft) throws(WorkspaceError) -> Void) throws(WorkspaceError) {
    if exporter.book.closings.years.isEmpty { return }
    let (accounts, symbols) = try writing { (database) throws(ArchiveError) in (try database.accountNames(), try database.assetSymbols()) }
    let names = ClosingNames(
      exporter: exporter, accounts: Dictionary(accounts.map { ($0.value, $0.key) }) { first, _ in first },
      symbols: Dictionary(symbols.map { ($0.id, $0.symbol) }) { first, _ in first })
    for closed in exporter.book.closings.years {
      let (pins, gains) = try writing { (database) throws(ArchiveError) in
        (try database.pins(closing: closed.id), try database.frozenGains(closing: closed.id))
      }
      let title = Portfolio(name: closed.portfolio).title
      func emitRow(_ row: ClosingDraft.Row) throws(WorkspaceError) {
        try emit(ClosingDraft(portfolio: title, year: closed.year, row: row))
      }
      try emitRow(.year(base: closed.base, at: closed.at))
      for pin in pins { try emitRow(.pin(names.draft(pin))) }
      for gain in gains { try emitRow(.gain(names.draft(gain))) }
    }
  }

  /// The two sides of every linked transfer that counts.
  func eachLink(_ exporter: Exporter, _ emit: (LinkDraft) throws(WorkspaceError) -> Void) throws(WorkspaceError) {
    let links = try writing { (database) throws(ArchiveError) in try database.transferLinks() }
    if links.isEmpty { return }
    let counted = Set(exporter.book.events.ids)
    for link in links where counted.contains(link.transfer.raw) {
      for (side, isArrival) in [(link.withdrawal, false), (link.deposit, true)] {
        guard let stored = try writing({ (database) throws(ArchiveError) in try database.storedEvent(side) }) else { continue }
        var draft = exporter.draft(stored.event)
        draft.externalID = stored.externalID
        try emit(LinkDraft(transfer: link.transfer, side: draft, isArrival: isArrival))
      }
    }
  }
}

/// Names of what closed years froze, which may speak of what nothing else does any more.
private struct ClosingNames {
  let exporter: Exporter
  let accounts: [AccountID: String]
  let symbols: [AssetID: String]

  private func ref(_ id: AssetID) -> AssetRef { AssetRef(exporter.labels[id] ?? symbols[id] ?? "~\(id.raw)") }
  private func name(_ id: AccountID) -> String { exporter.book.accounts[id]?.name ?? accounts[id] ?? "~\(id.raw)" }

  func draft(_ pin: LotPin) -> ClosingDraft.Pin {
    ClosingDraft.Pin(
      event: pin.event, asset: ref(pin.asset), account: name(pin.account), ordinal: pin.ordinal, lotEvent: pin.lotEvent,
      lotLeg: pin.lotLeg, lotPath: pin.lotPath, quantity: pin.quantity)
  }

  func draft(_ gain: GainPiece) -> ClosingDraft.Gain {
    var draft = ClosingDraft.Gain(
      event: gain.event, lotEvent: gain.lotEvent, asset: ref(gain.asset), account: name(gain.account), kind: gain.kind.rawValue,
      disposed: gain.disposed, quantity: gain.quantity)
    draft.acquired = gain.acquired
    draft.proceeds = gain.proceeds.map { (money) throws(DecimalError) in money.amount }
    draft.proceedsCurrency = gain.proceeds.value.map { ref(AssetID($0.currency)) }
    draft.cost = gain.cost.map { (money) throws(DecimalError) in money.amount }
    draft.costCurrency = gain.cost.value.map { ref(AssetID($0.currency)) }
    (draft.proceedsBase, draft.costBase) = (gain.proceedsBase, gain.costBase)
    return draft
  }
}
