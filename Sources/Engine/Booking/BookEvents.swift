public import Amounts
public import Ledger

extension Book {
  /// Books the events up to the end of a day.
  ///
  /// - Parameters:
  ///   - asOf: the last day that counts, in the book's zone; nil means all events.
  ///   - pieces: whether the matched parts of disposals are wanted too.
  public func booked(asOf: Day? = nil, pieces: Bool = false) -> Booking {
    Booking(base: settings.base)
  }
}
