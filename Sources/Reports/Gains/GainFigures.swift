public import Amounts

/// Sums over parts of disposals in base: what is known of them, and how much is not.
public struct GainFigures: Hashable, Sendable {
  /// Proceeds of the parts whose gain is known, at the rates of the disposals.
  public private(set) var proceeds = Decimal.zero
  /// Their cost, at the rates of the acquisitions.
  public private(set) var cost = Decimal.zero
  /// Their gain: always proceeds - cost.
  public private(set) var gain = Decimal.zero
  /// Of the gain, what currencies made; unknown when that is not known of every part.
  public private(set) var byCurrency = Figure.known(Decimal.zero)
  /// Of the gain, that of lots held no longer than the holding period.
  public private(set) var short = Decimal.zero
  /// That of lots held longer.
  public private(set) var long = Decimal.zero
  /// That of lots whose acquisition is unknown.
  public private(set) var undated = Decimal.zero
  /// Parts whose gain is known.
  public private(set) var known = 0
  /// Parts whose gain is unknown; they are in no sum.
  public private(set) var unknown = 0
  /// Why the first of them is.
  public private(set) var why: Why?

  /// Nothing.
  public init() {}

  /// Of the gain, what prices made.
  public var byPrice: Figure<Decimal> {
    byCurrency.map { (currency) throws(DecimalError) in try gain.subtracting(currency) }
  }

  /// The one term of all parts; nil when there are several or none.
  public var term: Term? {
    switch (terms & 1 != 0, terms & 2 != 0, terms & 4 != 0) {
    case (true, false, false): .short
    case (false, true, false): .long
    default: nil
    }
  }

  /// Whether there are parts of both terms.
  public var isMixed: Bool { terms & 3 == 3 }

  // Bits: short, long, undated.
  private var terms: UInt8 = 0

  /// Adds a part; figures in base.
  ///
  /// - Parameter term: nil when the acquisition is unknown.
  mutating func add(
    proceeds part: Decimal?, cost partCost: Decimal?, byCurrency partCurrency: Figure<Decimal>, term: Term?, why partWhy: Why?
  ) {
    terms |= term == .short ? 1 : term == .long ? 2 : 4
    guard let part, let partCost, partWhy == nil, let partGain = try? part.subtracting(partCost) else {
      unknown += 1
      why = why ?? partWhy ?? .overflow
      return
    }
    known += 1
    // A sum that does not fit was reported when it was booked.
    proceeds = (try? proceeds.adding(part)) ?? proceeds
    cost = (try? cost.adding(partCost)) ?? cost
    gain = (try? gain.adding(partGain)) ?? gain
    byCurrency = byCurrency.with(partCurrency) { (a, b) throws(DecimalError) in try a.adding(b) }
    switch term {
    case .short?: short = (try? short.adding(partGain)) ?? short
    case .long?: long = (try? long.adding(partGain)) ?? long
    case nil: undated = (try? undated.adding(partGain)) ?? undated
    }
  }
}
