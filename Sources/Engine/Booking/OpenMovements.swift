public import Amounts
public import Ledger

/// Movements that are booked and not done: announced by a pending event, or traded and not settled yet.
///
/// They are in quantity and value. Pending units are not free.
public struct OpenMovements: Sendable {
  private struct Place: Hashable {
    let asset: AssetID
    let account: AccountID
  }
  private var pendingUnits: [Place: Decimal] = [:]
  private var comingUnits: [Place: Decimal] = [:]
  private var unsettledUnits: [Place: Decimal] = [:]

  /// The open movements of a book at the end of a day.
  ///
  /// - Complexity: one look at the flags of each event; the few that may be open are followed.
  public init(_ book: Book, asOf day: Day) {
    let events = book.events
    for index in events.positionsToFollow(before: events.firstIndex(after: book.settings.zone.end(of: day))) {
      let status = events.status(at: index)
      if status == .void { continue }
      let isPending = status == .pending
      guard isPending || (events.extra(at: index)?.settleDate.map { $0 > day } ?? false) else { continue }
      var arriving: [Place: Decimal] = [:]
      for leg in events.legs(at: index) {
        let place = Place(asset: leg.asset, account: leg.account)
        if isPending {
          arriving[place] = (try? (arriving[place] ?? .zero).adding(leg.quantity)) ?? arriving[place]
          pendingUnits[place] = (try? (pendingUnits[place] ?? .zero).adding(leg.quantity)) ?? pendingUnits[place]
        } else {
          unsettledUnits[place] = (try? (unsettledUnits[place] ?? .zero).adding(leg.quantity)) ?? unsettledUnits[place]
        }
      }
      for (place, units) in arriving where units.isPositive {
        comingUnits[place] = (try? (comingUnits[place] ?? .zero).adding(units)) ?? comingUnits[place]
      }
    }
  }

  /// Whether everything is done.
  public var isEmpty: Bool { pendingUnits.isEmpty && unsettledUnits.isEmpty }

  /// Units announced to come, negative to leave.
  public func pending(_ asset: AssetID, _ account: AccountID) -> Decimal { pendingUnits[Place(asset: asset, account: account)] ?? .zero }

  /// Units announced to come, whatever is announced to leave: they are in the quantity and may not be sold yet.
  func coming(_ asset: AssetID, _ account: AccountID) -> Decimal { comingUnits[Place(asset: asset, account: account)] ?? .zero }

  /// Units traded and not settled, bought less sold.
  public func unsettled(_ asset: AssetID, _ account: AccountID) -> Decimal {
    unsettledUnits[Place(asset: asset, account: account)] ?? .zero
  }

  /// Units of an asset that are traded by a day and settle after it, over all accounts in view.
  static func unsettledUnits(of asset: AssetID, on day: Day, _ book: Book) -> Decimal {
    let events = book.events
    var sum = Decimal.zero
    for index in events.positionsToFollow(before: events.firstIndex(after: book.settings.zone.end(of: day))) {
      guard events.assets[index] == asset.raw, events.status(at: index) != .void, let settle = events.extra(at: index)?.settleDate,
        settle > day
      else { continue }
      for leg in events.legs(at: index) where leg.asset == asset && book.isInView(leg.account) {
        sum = (try? sum.adding(leg.quantity)) ?? sum
      }
    }
    return sum
  }
}
