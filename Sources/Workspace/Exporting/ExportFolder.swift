import Amounts
import Archive
import Disk
import Engine
import Glibc
import Importers
import Ledger
import Reports

extension Workspace {
  /// Writes everything as Florin's own files into a new or empty folder, with a manifest. Importing it into an empty database gives the
  /// same reports.
  ///
  /// The folder gets its name when everything in it is on the disk: there is a whole export, or none.
  ///
  /// - Returns: the files written, with how many rows each has.
  /// - Throws: `.cannotWrite` when the folder cannot be made or holds something.
  public func export(to folder: String) throws(WorkspaceError) -> [(file: String, rows: Int)] {
    let book = try book()
    let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    if Disk.exists(folder), Disk.names(in: folder)?.isEmpty != true {
      throw .cannotWrite(path: folder, errno: Disk.names(in: folder) == nil ? ENOTDIR : ENOTEMPTY)
    }
    let part = Disk.partName(of: folder)
    // What a killed process of the same number left.
    Disk.removeFolder(part)
    if mkdir(part, 0o700) != 0 { throw .cannotWrite(path: folder, errno: errno) }
    defer { Disk.removeFolder(part) }
    var manifest = ExportManifest()
    for file in Workspace.importOrder {
      let name = file.rawValue + ".csv"
      let (rows, digest) = try write(file, of: book, to: part + "/" + name)
      manifest.entries.append(ExportManifest.Entry(file: name, rows: rows, sha256: digest))
    }
    do throws(FileError) {
      try DurableFile.write(manifest.bytes, to: part + "/" + ExportManifest.name, .mustBeNew)
      try Disk.settle(part, as: folder, .replaces)
    } catch {
      throw .cannotWrite(path: folder, errno: error.code)
    }
    return manifest.entries.map { (folder + "/" + $0.file, $0.rows) }
  }

  /// Writes one file of an export.
  private func write(_ file: NativeFile, of book: Book, to path: String) throws(WorkspaceError) -> (rows: Int, sha256: String) {
    let target = try ExportFile(path)
    let exporter = Exporter(book: book)
    var writer = NativeWriter(file, zone: book.settings.zone)
    var rows = 0
    func emit(_ fact: Fact) throws(WorkspaceError) {
      writer.write(fact)
      rows += 1
      if writer.bytes.count > 1 << 16 { try target.write(writer.take()) }
    }
    switch file {
    case .settings: for draft in try settingDrafts(book) { try emit(.setting(draft)) }
    case .closings: try eachClosing(exporter) { (draft) throws(WorkspaceError) in try emit(.closing(draft)) }
    case .links: try eachLink(exporter) { (draft) throws(WorkspaceError) in try emit(.link(draft)) }
    case .events: try exporter.each(file, externalIDs: try eventOrigins().externalIDs, emit)
    default: try exporter.each(file, externalIDs: [:], emit)
    }
    try target.write(writer.take())
    return (rows, try target.commit())
  }
}

/// A new file of an export or report, which stands under its name only when it is whole.
final class ExportFile {
  private let path: String
  private let file: DurableFile
  private var digest = SHA256()

  init(_ path: String) throws(WorkspaceError) {
    self.path = path
    do throws(FileError) { file = try DurableFile(path) } catch { throw .cannotWrite(path: path, errno: error.code) }
  }

  func write(_ bytes: [UInt8]) throws(WorkspaceError) {
    bytes.withUnsafeBytes { digest.update($0) }
    do throws(FileError) { try file.write(bytes) } catch { throw .cannotWrite(path: path, errno: error.code) }
  }

  /// Gives the file its name.
  ///
  /// - Returns: the SHA-256 of its bytes.
  @discardableResult
  func commit() throws(WorkspaceError) -> String {
    do throws(FileError) { try file.commit() } catch { throw .cannotWrite(path: path, errno: error.code) }
    return digest.finish()
  }
}

/// Turns a book back into facts that name instead of number.
struct Exporter {
  let book: Book
  let labels: [AssetID: String]

  init(book: Book) {
    self.book = book
    labels = book.labels
  }

  func each(
    _ file: NativeFile, externalIDs: [Int64: String], _ emit: (Fact) throws(WorkspaceError) -> Void
  ) throws(WorkspaceError) {
    switch file {
    case .assets: for id in book.assets.keys.sorted() { if let asset = book.assets[id] { try emit(.asset(draft(asset))) } }
    case .accounts:
      for id in book.accounts.keys.sorted() {
        guard let account = book.accounts[id] else { continue }
        try emit(.account(AccountDraft(name: account.name, kind: account.kind, venue: account.venue, portfolio: account.portfolio)))
      }
    case .prices:
      for (kind, all) in [(QuoteDraft.Kind.close, book.quotes.market), (.nav, book.quotes.nav), (.fx, book.quotes.fx)] {
        for id in all.keys.sorted() {
          guard let series = all[id] else { continue }
          for place in 0..<series.count { try emit(.quote(draft(series[place], id, kind))) }
        }
      }
    case .distributions: for row in book.distributions { try emit(.distribution(draft(row))) }
    case .policies: for plan in book.plans where plan.kind == .policy { try emit(.plan(draft(plan))) }
    case .restrictions: for plan in book.plans where plan.kind == .restriction { try emit(.plan(draft(plan))) }
    case .targets: for plan in book.plans where plan.kind == .target { try emit(.plan(draft(plan))) }
    case .events:
      // In the order of recording, which tells lots of one instant apart and which the import gives anew.
      let ids = book.events.ids
      for index in book.events.indices.sorted(by: { ids[$0] < ids[$1] }) {
        var draft = draft(book.events[index])
        draft.externalID = externalIDs[draft.number]
        try emit(.event(draft))
      }
    // Not facts of the book: the folder's export asks the database for them.
    case .settings, .closings, .links: break
    }
  }

  private func ref(_ id: AssetID) -> AssetRef { AssetRef(labels[id] ?? "~\(id.raw)") }
  private func ref(_ currency: Currency) -> AssetRef { ref(AssetID(currency)) }
  private func name(_ id: AccountID?) -> String? { id.flatMap { book.accounts[$0]?.name } }

  func draft(_ asset: Asset) -> AssetDraft {
    let hint = AssetHint(
      assetClass: asset.assetClass, name: asset.name.isEmpty ? nil : asset.name, currency: asset.currency.isEmpty ? nil : asset.currency,
      attributes: asset.attributes)
    var draft = AssetDraft(ref: AssetRef(asset.symbol, hint), decimals: asset.decimals, cadence: asset.cadence)
    draft.mode = asset.mode
    draft.number = asset.id.raw
    return draft
  }

  func draft(_ quote: Quote, _ id: AssetID, _ kind: QuoteDraft.Kind) -> QuoteDraft {
    var draft = QuoteDraft(day: quote.day, asset: ref(id), currency: ref(quote.price.currency), price: quote.price.perUnit, kind: kind)
    draft.nav = quote.nav
    draft.isAdjusted = quote.isAdjusted
    draft.source = quote.source
    return draft
  }

  func draft(_ row: Distribution) -> DistributionDraft {
    var draft = DistributionDraft(
      asset: ref(row.asset), kind: row.kind, amountPerToken: row.amountPerToken.perUnit, currency: ref(row.amountPerToken.currency))
    (draft.declared, draft.ex, draft.record, draft.pay) = (row.declared, row.ex, row.record, row.pay)
    (draft.isDaily, draft.from, draft.to, draft.note) = (row.isDaily, row.from, row.to, row.note)
    return draft
  }

  func draft(_ plan: Plan) -> PlanDraft {
    var cells = plan.cells
    cells["asset"] = nil
    return PlanDraft(kind: plan.kind, asset: plan.asset.map { ref($0) }, cells: cells)
  }

  func draft(_ event: Event) -> EventDraft {
    var draft = EventDraft(event.kind, at: event.time, asset: ref(event.asset), quantity: event.quantity)
    draft.isDateOnly = event.isDateOnly
    draft.number = event.id.raw
    draft.account = name(event.account)
    draft.toAccount = name(event.toAccount)
    (draft.price, draft.gross, draft.fee, draft.feeValue, draft.tax) = (event.price, event.gross, event.fee, event.feeValue, event.tax)
    draft.currency = event.currency.map { ref($0) }
    draft.feeAsset = event.feeAsset.map { ref($0) }
    draft.status = event.status
    guard let extra = event.extra else { return draft }
    draft.detail { details in
      details.toAsset = extra.toAsset.map { ref($0) }
      (details.toQuantity, details.ratio, details.subtype, details.fxRate) = (extra.toQuantity, extra.ratio, extra.subtype, extra.fxRate)
      details.settleCurrency = extra.settleCurrency.map { ref($0) }
      (details.settleDate, details.basisShare, details.acquired) = (extra.settleDate, extra.basisShare, extra.acquired)
      (details.lotSelector, details.accrued, details.taxCountry) = (extra.lotSelector, extra.accrued, extra.taxCountry)
      (details.taxRate, details.txHash, details.note, details.timeText) = (extra.taxRate, extra.txHash, extra.note, extra.timeText)
      details.legs = extra.legs.map { LegDraft(account: name($0.account), asset: ref($0.asset), quantity: $0.quantity, role: $0.role) }
    }
    return draft
  }
}
