public import Amounts
public import Ledger

/// How an exchange rate was found: in one step, or over one common currency in two.
public struct RateTrail: Hashable, Sendable {
  /// One quote that was used.
  public struct Step: Hashable, Sendable {
    /// The currency given.
    public var from: Currency
    /// The currency received.
    public var to: Currency
    /// Units of `to` for one `from`; for an inverse 1 / quoted, 24 places.
    public var rate: Decimal
    /// The day of the quote.
    public var day: Day
    /// The asset whose series was read, and which of its series.
    public var asset: AssetID
    /// Exchange rates, or the market prices of a coin used as money.
    public var kind: QuoteDraft.Kind
    /// Whether the quote is for the other direction.
    public var isInverse: Bool
    /// Where the quote comes from; empty when unknown.
    public var source: String
  }
  /// Units of the second currency for one of the first.
  public var rate: Decimal
  /// One step, or two over a common currency; none for a currency in itself.
  public var steps: [Step]
  /// Coins that counted as the money they promise, one for one, as nothing else priced them.
  public var pegs: [Peg] = []

  /// A coin and the money it promises.
  public struct Peg: Hashable, Sendable {
    /// The coin.
    public var coin: Currency
    /// What it promises one of.
    public var money: Currency
  }
}

extension QuoteBook {
  /// The way ``rate(from:to:on:)`` finds its rate; nil when there is none.
  public func rateTrail(from: Currency, to: Currency, on day: Day) -> RateTrail? {
    guard let rate = rate(from: from, to: to, on: day).value else { return nil }
    if from == to { return RateTrail(rate: rate, steps: []) }
    if let step = step(from, to, day) { return RateTrail(rate: rate, steps: [step]) }
    for middle in bridges where middle != from && middle != to {
      if let first = step(from, middle, day), let second = step(middle, to, day) { return RateTrail(rate: rate, steps: [first, second]) }
    }
    for (coin, isFrom) in [(from, true), (to, false)] {
      guard let money = pegs[AssetID(coin)] else { continue }
      guard var trail = rateTrail(from: isFrom ? money : from, to: isFrom ? to : money, on: day) else { return nil }
      trail.pegs.append(RateTrail.Peg(coin: coin, money: money))
      return trail
    }
    return RateTrail(rate: rate, steps: [])
  }

  /// The quote between two currencies: direct, inverse, then the same with market prices.
  private func step(_ from: Currency, _ to: Currency, _ day: Day) -> RateTrail.Step? {
    for kind in [QuoteDraft.Kind.fx, .close] {
      for isInverse in [false, true] {
        let asset = AssetID(isInverse ? to : from)
        let series = kind == .fx ? fx[asset] : market[asset]
        guard let series, let place = series.freshPlace(in: isInverse ? from : to, day), let quoted = series.prices[place],
          let rate = isInverse ? try? Decimal.one.divided(by: quoted, places: 24) : quoted
        else { continue }
        return RateTrail.Step(
          from: from, to: to, rate: rate, day: Day(ordinal: series.days[place]), asset: asset, kind: kind, isInverse: isInverse,
          source: series.sources[place] ?? "")
      }
    }
    return nil
  }
}

extension QuoteSeries {
  /// The place of the youngest quote in a currency that is not too old to be a rate.
  fileprivate func freshPlace(in currency: Currency, _ day: Day) -> Int? {
    guard var place = position(atOrBefore: day) else { return nil }
    while day.ordinal - days[place] <= Int32(QuoteBook.oldestRate) {
      if currencies[place] == currency.id { return place }
      if place == 0 { return nil }
      place -= 1
    }
    return nil
  }
}
