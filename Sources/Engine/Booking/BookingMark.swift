import Amounts
import Ledger

/// How far a group was booked, and what there was then: booking goes on from there when only later events change.
protocol BookingMark: Sendable {
  /// How many of the group's events were booked.
  var events: Int { get }
}

/// The state of a booker between two events, without what the result has already.
struct AssetMark<Store: LotStore>: BookingMark {
  let events: Int
  /// How many receipts and issues of the result there were.
  fileprivate let receipts: Int
  fileprivate let issues: Int
  fileprivate let shelf: LotShelf<Store>
  fileprivate let nextSwitch: Int64
  fileprivate let followed: Int64
  fileprivate let earned: [AssetBooker<Store>.Earned]
  fileprivate let beforeSpinOff: SpinOffBasis?
  fileprivate let accruals: [AssetBooker<Store>.AccruedInterest]
  fileprivate let debts: [Int: [Debt]]
  fileprivate let gaps: RateGaps
}

extension AssetBooker {
  /// Whether the state between two events can be kept: it holds no positions of the table, which edits shift, and the result has
  /// nothing that cannot be cut off behind it.
  var isMarkable: Bool { awaited.isEmpty && entitled.isEmpty && !wantsPieces && frozen.isNothing }

  /// The state after some of the group's events.
  func mark(after events: Int) -> AssetMark<Store> {
    AssetMark(
      events: events, receipts: receipts.count, issues: issues.count, shelf: shelf, nextSwitch: nextSwitch, followed: followed,
      earned: earned, beforeSpinOff: beforeSpinOff, accruals: accruals, debts: debts, gaps: gaps)
  }

  /// Goes back to a state of another booker of the same group.
  ///
  /// - Parameter result: what came of the group when the mark was set, or later with the same events up to it.
  mutating func resume(_ mark: AssetMark<Store>, _ result: Booking) {
    receipts = result.receipts.byPart.first ?? ReceiptList()
    receipts.cut(to: mark.receipts)
    issues = Array(result.issues.prefix(mark.issues))
    (shelf, nextSwitch, followed, earned) = (mark.shelf, mark.nextSwitch, mark.followed, mark.earned)
    (beforeSpinOff, accruals, debts, gaps) = (mark.beforeSpinOff, mark.accruals, mark.debts, mark.gaps)
  }
}
