public import Amounts
import Archive
import Engine
import Ledger
public import Reports

extension Workspace {
  /// Checks the database's integrity and that the books agree with themselves.
  public func checkRows(asOf: Day) throws(WorkspaceError) -> [CheckRow] {
    let integrity = try writing { (database) throws(ArchiveError) in try database.integrityProblems() }
    var rows = [CheckRow(check: "database integrity", isOK: integrity.isEmpty, detail: integrity.prefix(3).joined(separator: "; "))]
    let schema = try writing { (database) throws(ArchiveError) in try database.schemaProblems() }
    rows.append(CheckRow(check: "tables are as Florin makes them", isOK: schema.isEmpty, detail: schema.prefix(3).joined(separator: "; ")))
    let book = try book()
    let booking = book.booked(asOf: asOf)
    rows.append(Workspace.lotsCheck(book, booking))
    rows.append(Workspace.quantityCheck(book, booking, asOf))
    rows.append(Workspace.totalsCheck(book, booking, asOf))
    rows.append(Workspace.orderCheck(book))
    rows.append(Workspace.namesCheck(book))
    rows.append(try countsCheck())
    return rows
  }

  /// A position is the sum of its lots.
  private static func lotsCheck(_ book: Book, _ booking: Booking) -> CheckRow {
    struct Place: Hashable {
      let asset: AssetID
      let account: AccountID
    }
    var sums: [Place: Decimal] = [:]
    for lot in booking.lots {
      let place = Place(asset: lot.asset, account: lot.account)
      sums[place] = try? (sums[place] ?? .zero).adding(lot.quantity)
    }
    let names = Names(book)
    let wrong = booking.positions.filter { position in
      book.assets[position.asset]?.hasLots == true
        && sums[Place(asset: position.asset, account: position.account)] ?? .zero != position.quantity
    }
    return CheckRow(
      check: "positions equal the sum of their lots", isOK: wrong.isEmpty,
      detail: wrong.isEmpty
        ? "\(booking.positions.count) positions, \(booking.lots.count) lots"
        : wrong.prefix(3).map { "\(names.asset($0.asset).text) in \(names.account($0.account).text)" }.joined(separator: ", "))
  }

  /// What the events move, added up without booking, is what is held.
  private static func quantityCheck(_ book: Book, _ booking: Booking, _ asOf: Day) -> CheckRow {
    let steps = QuantitySteps(book, upTo: asOf)
    var held: [AssetID: Decimal] = [:]
    for position in booking.positions { held[position.asset] = try? (held[position.asset] ?? .zero).adding(position.quantity) }
    let names = Names(book)
    let wrong = Set(steps.assets).union(held.keys).filter { steps.quantity(of: $0, at: asOf) != held[$0] ?? .zero }
    return CheckRow(
      check: "movements add up to what is held", isOK: wrong.isEmpty,
      detail: wrong.isEmpty
        ? "\(held.count) assets"
        : wrong.sorted().prefix(3).map { id in
          "\(names.asset(id).text): \(steps.quantity(of: id, at: asOf)) moved, \(held[id] ?? .zero) held"
        }.joined(separator: ", "))
  }

  /// What the holdings add up to is what performance measures over the whole history, where everything has a price.
  ///
  /// A cent is let pass: quotients are rounded to 18 places, amounts of files to their own.
  private static func totalsCheck(_ book: Book, _ booking: Booking, _ asOf: Day) -> CheckRow {
    let check = "holdings return what performance gains"
    let holdings = HoldingsReport(book, booking, asOf: asOf, closed: true)
    let history = ValueHistory(book, upTo: asOf)
    let performance = Performance(Performance.Question(to: asOf), history.points, ExternalFlows(book, history))
    var unknown = holdings.excluded.count + holdings.totals.unknownCharges + performance.unknownFlows + booking.issues.count
    unknown += history.points.reduce(0) { $0 + ($1.unpriced + $1.atTrade > 0 ? 1 : 0) }
    if unknown > 0 {
      return CheckRow(check: check, isOK: true, detail: "not compared: not everything has a price and a cost")
    }
    let off = (try? holdings.totals.totalReturn.subtracting(performance.gain).magnitude) ?? .zero
    return CheckRow(
      check: check, isOK: off <= Decimal(mantissa: 1, scale: 2),
      detail: off <= Decimal(mantissa: 1, scale: 2)
        ? "" : "\(holdings.totals.totalReturn) and \(performance.gain)")
  }

  private static func orderCheck(_ book: Book) -> CheckRow {
    let times = book.events.times
    let wrong = times.indices.dropFirst().first { times[$0] < times[$0 - 1] }
    return CheckRow(
      check: "events are in order", isOK: wrong == nil, detail: wrong.map { "event \(book.events.ids[$0])" } ?? "\(times.count) events")
  }

  private static func namesCheck(_ book: Book) -> CheckRow {
    let events = book.events
    var detail = ""
    for index in events.indices {
      if book.assets[AssetID(events.assets[index])] == nil { detail = "event \(events.ids[index]) names an unknown asset" }
      if events.accounts[index] != 0 && book.accounts[AccountID(events.accounts[index])] == nil {
        detail = "event \(events.ids[index]) names an unknown account"
      }
      if !detail.isEmpty { break }
    }
    return CheckRow(check: "every event names a known asset and account", isOK: detail.isEmpty, detail: detail)
  }

  /// The rows of every import add up.
  private func countsCheck() throws(WorkspaceError) -> CheckRow {
    let wrong = try importRows().filter { row in
      row.rows.total != row.rows.imported + row.rows.duplicate + row.rows.changed + row.rows.ignored + row.rows.problem
    }
    return CheckRow(
      check: "the rows of every import add up", isOK: wrong.isEmpty, detail: wrong.map { "batch \($0.batch.raw)" }.joined(separator: ", "))
  }
}
