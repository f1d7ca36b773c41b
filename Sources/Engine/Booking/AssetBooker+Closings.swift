import Amounts
import Ledger

/// What closed years change about booking.
extension AssetBooker {
  /// The lots that an event took when its year was closed; nil when it is not pinned.
  func pinned(_ asset: Int32, _ account: Int32, _ ordinal: Int, _ index: Int) -> [LotWish]? {
    frozen.taken(by: events.ids[index], asset, account, ordinal)?.compactMap { pin in
      guard let event = pin.lotEvent?.raw else { return nil }
      return LotWish(quantity: pin.quantity) { $0.event == event && Int($0.leg) == pin.lotLeg && Int($0.path) == pin.lotPath }
    }
  }

  /// Notes what an event took.
  mutating func note(_ parts: ArraySlice<Lot>, short: Decimal, _ asset: Int32, _ account: Int32, _ ordinal: Int, _ index: Int) {
    for lot in parts {
      pins.append(
        LotPin(
          event: EventID(events.ids[index]), asset: AssetID(asset), account: AccountID(account), ordinal: ordinal,
          lotEvent: EventID(lot.event), lotLeg: Int(lot.leg), lotPath: Int(lot.path), quantity: lot.quantity))
    }
    guard short.isPositive else { return }
    pins.append(
      LotPin(
        event: EventID(events.ids[index]), asset: AssetID(asset), account: AccountID(account), ordinal: ordinal, lotEvent: nil, lotLeg: 0,
        lotPath: 0, quantity: short))
  }

  /// Whether a disposal is in a closed year, whose gains are frozen already.
  func isClosed(_ piece: GainPiece) -> Bool {
    frozen.isClosed(piece.disposed.microseconds, money.rules.portfolio(of: piece.account.raw))
  }

  /// Puts the gains of closed years among those that were booked.
  mutating func addFrozenGains(upTo end: Int64) {
    var hasAny = false
    for asset in members.all {
      for piece in frozen.gains(of: AssetID(asset), upTo: end) {
        hasAny = true
        // A sum that does not fit was reported when it was booked.
        try? count(piece)
      }
    }
    if hasAny {
      let places = pieces.indices.sorted { a, b in
        (pieces[a].disposed, pieces[a].event, a) < (pieces[b].disposed, pieces[b].event, b)
      }
      pieces = places.map { pieces[$0] }
    }
  }
}
