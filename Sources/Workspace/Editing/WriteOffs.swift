public import Amounts
import Archive
import Engine
import Ledger
import Reports

extension Workspace {
  /// Writes off all that is held of an asset, as one step of the history: its cost becomes a loss.
  ///
  /// - Parameters:
  ///   - label: the asset as reports label it.
  ///   - account: where; nil is everywhere.
  ///   - day: the day it is worth nothing from; nil is today. What is held at its end is written off.
  /// - Throws: `.invalid` when nothing of it is held there.
  public func writeOff(_ label: String, account: String? = nil, on day: Day? = nil, now: Instant) throws(WorkspaceError) -> HistoryStep {
    let book = try book()
    guard case .one(let asset) = EditNames(book).asset(label) else {
      throw .unknownAsset(label, nearest: Nearest.name(to: label, among: book.labels.values.sorted()))
    }
    if let account, !book.accounts.values.contains(where: { $0.name == account }) {
      throw .noSuchAccount(account, known: book.accounts.values.map(\.name).sorted())
    }
    let day = day ?? zone.day(of: now)
    let held = book.booked(asOf: day).positions.filter { position in
      position.asset == asset && (account == nil || book.accounts[position.account]?.name == account)
    }
    return try writeOff(
      held, of: book, on: day, now: now, nothing: EditProblem("asset", label, "is not held on \(day)", "see florin holdings"))
  }

  /// Writes off every asset of which all that is held is worth less than an amount. What has no price, and cash, stays.
  ///
  /// - Parameter limit: in the currency of totals.
  /// - Throws: `.invalid` when nothing is worth so little.
  public func writeOffDust(below limit: Decimal, on day: Day? = nil, now: Instant) throws(WorkspaceError) -> HistoryStep {
    let book = try book()
    let day = day ?? zone.day(of: now)
    let booking = book.booked(asOf: day)
    let dust = HoldingsReport(book, booking, asOf: day).rows.filter { row in
      row.quantity.isPositive && row.assetClass != .cash && row.value.value.map { $0 < limit } == true
    }
    let assets = Set(dust.map(\.asset.id))
    return try writeOff(
      booking.positions.filter { assets.contains($0.asset) }, of: book, on: day, now: now,
      nothing: EditProblem("below", "\(limit)", "is more than no holding with a price is worth on \(day)", "see florin holdings"))
  }

  private func writeOff(
    _ held: [Position], of book: Book, on day: Day, now: Instant, nothing: EditProblem
  ) throws(WorkspaceError) -> HistoryStep {
    let labels = book.labels
    let edits = held.filter { $0.quantity.isPositive && book.assets[$0.asset]?.hasLots == true }.map { position in
      Edit.save(
        .new(.event),
        [
          "type": EventKind.writeoff.code, "timestamp": "\(day)", "account": book.accounts[position.account]?.name ?? "",
          "asset": labels[position.asset] ?? "", "quantity": "\(position.quantity)",
        ])
    }
    if edits.isEmpty { throw .invalid([nothing]) }
    let plans = try plans(edits, now: now)
    return try recording(now) { (database) throws(ArchiveError) in
      let batch = try database.insertBatch(kind: "edit", source: "florin.edit", file: "", at: now)
      for plan in plans { _ = try plan.write?(database, batch) }
      let what = plans.map { $0.title.hasPrefix("add ") ? String($0.title.dropFirst(4)) : $0.title }
      return what.joined(separator: "; ")
    }
  }

  /// Edits that were checked, or what is wrong with the first one that cannot be saved.
  private func plans(_ edits: [Edit], now: Instant) throws(WorkspaceError) -> [EditPlan] {
    let zone = zone
    var problems: [EditProblem] = []
    let plans = try writing { (database) throws(ArchiveError) -> [EditPlan] in
      do throws(EditStop) {
        let planner = try EditPlanner(database, zone: zone, now: now)
        var plans: [EditPlan] = []
        for edit in edits { plans.append(try planner.plan(edit)) }
        return plans
      } catch {
        switch error {
        case .archive(let failure): throw failure
        case .problems(let found): problems = found
        }
        return []
      }
    }
    if !problems.isEmpty { throw .invalid(problems) }
    return plans
  }
}
