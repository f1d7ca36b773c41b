public import Amounts
public import Ledger

/// What of a gain in base comes from the price, and what from the currency.
///
/// The currency part is cost x (rate at the disposal - rate at the acquisition): what the money that was paid gained by itself. The
/// price part is the rest, which is the gain in the own currency at the rate of the disposal. Both add up to the gain to the last digit.
///
/// - Source: DESIGN 3.
public struct CurrencyParts: Sendable {
  private let rates: RateTable
  private let zone: Zone

  /// The parts of disposals whose costs are in currencies of a table.
  init(_ rates: RateTable, zone: Zone) { (self.rates, self.zone) = (rates, zone) }

  /// The parts of some matched disposals.
  public init(_ book: Book, _ pieces: [GainPiece]) {
    zone = book.settings.zone
    let base = book.settings.base
    var currencies: Set<Currency> = []
    var (first, last) = (Int64.max, Int64.min)
    for piece in pieces {
      guard let currency = piece.cost.value?.currency, currency != base else { continue }
      currencies.insert(currency)
      first = min(first, piece.disposed.microseconds)
      last = max(last, piece.disposed.microseconds)
    }
    let ordered = currencies.sorted { $0.id < $1.id }
    rates = RateTable(
      book.quotes, base: base, currencies: ordered,
      from: ordered.isEmpty ? Day(ordinal: 0) : Instant(microseconds: first).dayUTC - 1,
      to: ordered.isEmpty ? Day(ordinal: -1) : Instant(microseconds: last).dayUTC + 1)
  }

  /// The currency part of a gain in base; the price part is the gain less this.
  public func currencyPart(of piece: GainPiece) -> Figure<Decimal> {
    guard case .known(let cost) = piece.cost else { return .unknown(piece.cost.why ?? .unknownBasis) }
    if cost.currency == rates.base { return .known(.zero) }
    return costAtDisposal(cost, piece).with(piece.costBase) { (now, then) throws(DecimalError) in try now.subtracting(then) }
  }

  /// The cost at the rate of the disposal: the event's own rate where the proceeds show it, else the day's.
  private func costAtDisposal(_ cost: Money, _ piece: GainPiece) -> Figure<Decimal> {
    let rate = rates.rate(cost.currency, zone.day(of: piece.disposed))
    if case .known(let proceeds) = piece.proceeds, case .known(let inBase) = piece.proceedsBase, proceeds.currency == cost.currency,
      !proceeds.amount.isZero
    {
      let byRate = rate.flatMap { try? proceeds.amount.multiplied(by: $0).subtracting(inBase).magnitude }
      if byRate.map({ $0 > Decimal(mantissa: 1, scale: 12) }) ?? true {
        return Figure.known(cost.amount).map { (cost) throws(DecimalError) in try cost.share(inBase, of: proceeds.amount) }
      }
    }
    guard let rate else { return .unknown(.noRate) }
    return Figure.known(cost.amount).map { (cost) throws(DecimalError) in try cost.multiplied(by: rate) }
  }
}
