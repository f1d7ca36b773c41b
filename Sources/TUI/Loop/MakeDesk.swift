import Amounts
import Engine
import Ledger
import Reports
import Workspace

extension Desk {
  /// One screen's part of the desk.
  private enum Part: Sendable {
    case income(IncomeReport)
    case grids([IncomeGrid.Period: IncomeGrid])
    case lists(byAccount: HoldingsReport, nav: NavReport, allocations: [AllocationReport])
    case events(EventsReport)
  }

  /// The reports of a complete snapshot, made on all cores.
  init(_ snapshot: Snapshot) {
    let (book, booking, valuer, day) = (snapshot.book, snapshot.booking, snapshot.valuer, snapshot.asOf)
    let ledger = snapshot.income ?? IncomeLedger(book, booking, asOf: day)
    // The longest first.
    let parts = inParallel(4) { (job) -> Part in
      switch job {
      case 0: .income(IncomeReport(book, booking, valuer, ledger))
      case 1:
        .grids(IncomeGrid.all(book, booking, valuer, ledger))
      case 2: .events(EventsReport(book, asOf: day, newestFirst: true))
      default: Desk.lists(snapshot)
      }
    }
    guard case .income(let income) = parts[0], case .grids(let grids) = parts[1],
      let months = grids[.month], let quarters = grids[.quarter], let years = grids[.year],
      case .events(let events) = parts[2], case .lists(let byAccount, let nav, let allocations) = parts[3]
    else { preconditionFailure("results come in the order of the jobs") }
    self.init(
      holdingsByAccount: byAccount, income: income, months: months, quarters: quarters, years: years, nav: nav, allocations: allocations,
      events: events)
  }
  /// What follows from the holdings; those of all accounts are in the snapshot already.
  private static func lists(_ snapshot: Snapshot) -> Part {
    let (book, booking, valuer) = (snapshot.book, snapshot.booking, snapshot.valuer)
    let byAccount = HoldingsReport(book, booking, valuer, byAccount: true)
    return .lists(
      byAccount: byAccount, nav: NavReport(book, booking, valuer),
      allocations: Dimension.allCases.map { dimension in
        AllocationReport(book, booking, valuer, by: dimension, of: dimension == .account ? byAccount : snapshot.holdings)
      })
  }
}
