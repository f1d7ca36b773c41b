/// A sum that says what it leaves out: known amounts of one currency are added exactly, the rest is counted.
public struct Total: Hashable, Sendable {
  /// The currency of every amount in the sum.
  public let currency: Currency
  /// The sum of the known amounts.
  public private(set) var sum: Decimal = .zero
  /// How many amounts were added.
  public private(set) var included = 0
  /// How many were left out, by reason.
  public private(set) var excluded: [Why: Int] = [:]

  /// An empty sum in a currency.
  public init(in currency: Currency) { self.currency = currency }

  /// Adds a figure, or counts it as left out when it is unknown, in another currency, or does not fit.
  public mutating func add(_ figure: Figure<Money>) {
    switch figure {
    case .unknown(let why): excluded[why, default: 0] += 1
    case .known(let money) where money.currency != currency: excluded[.mixedCurrencies, default: 0] += 1
    case .known(let money):
      do throws(DecimalError) {
        sum = try sum.adding(money.amount)
        included += 1
      } catch {
        excluded[.overflow, default: 0] += 1
      }
    }
  }

  /// The sum as money.
  public var money: Money { Money(sum, currency) }
  /// How many amounts were left out.
  public var excludedCount: Int { excluded.values.reduce(0, +) }
}
