public import Amounts
public import Ledger

/// A fee or a tax that an event paid.
public struct Charge: Hashable, Sendable {
  /// What it is. The raw value is the `kind` of the charges report.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case fee, tax, interest
  }
  /// What it is.
  public let kind: Kind
  /// Whose it is: the event's asset; money is nobody's.
  public let asset: AssetID
  /// Where it was paid.
  public let account: AccountID?
  /// When.
  public let day: Day
  /// How much in base at the rate of its day; negative is a refund.
  public let amount: Figure<Decimal>
  /// Whether it is in a cost, in proceeds or in income already.
  public let isCounted: Bool
  /// The event.
  public let event: EventID
}

/// Every fee and tax of a book, one by one, wherever it is counted.
public struct ChargeLedger: Sendable {
  /// In the events' order.
  public let charges: [Charge]

  /// The charges up to the end of a day, of the accounts in view.
  ///
  /// - Complexity: one pass over the events.
  public init(_ book: Book, asOf day: Day) {
    let money = EventMoney(book: book, rates: BookingPlan(book).rates(of: book))
    let events = book.events
    let groups = AccountGroups(viewOf: book, nil)
    var found: [Charge] = []
    for index in 0..<events.firstIndex(after: book.settings.zone.end(of: day)) where events.status(at: index) != .void {
      guard money.mayCharge(index), groups[events.accounts[index]] >= 0,
        // A number that does not fit is an issue of the booking.
        let parts = try? money.chargeParts(index)
      else { continue }
      for part in parts {
        found.append(
          Charge(
            kind: part.kind, asset: AssetID(money.chargedAsset(index)),
            account: events.accounts[index] == 0 ? nil : AccountID(events.accounts[index]), day: money.day(index), amount: part.amount,
            isCounted: part.isCounted, event: EventID(events.ids[index])))
      }
    }
    charges = found
  }
}
