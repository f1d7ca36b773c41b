public import Amounts
import Ledger

/// A choice of lot method, scope and fee rule from a day on.
///
/// Which choice holds for an event: the latest one, up to its day, of the portfolio of its account; a portfolio without one of its own
/// follows those of the default portfolio; before the first one the settings of the book hold.
///
/// What a change of rules does to the lots that are open then:
/// - They keep dates, quantities and costs; the new order starts with the next disposal.
/// - Into `average`: what is open is pooled at the average of its costs, and moves from there. Units of unknown cost stay outside.
/// - Out of `average`: every open lot costs its share of the average, with its date.
/// - A loan account stands outside the pool: collateral keeps its own lots, and what is owed is its own affair.
/// - From lots per account to one pool: the lots of all accounts of the portfolio come together; what an account was short stays short.
/// - Back: a lot stays in the account it was acquired in as long as units are there, the rest goes to the accounts with room in the
///   order of their ids.
/// - The fee rule counts for acquisitions and disposals from that day; the costs of lots that are open do not change.
public struct LotRule: Hashable, Sendable {
  /// The portfolio's name; empty is the default one.
  public var portfolio: String
  /// The first day it holds, in the book's zone; nil is the beginning.
  public var from: Day?
  /// Which lots leave first.
  public var method: LotMethod
  /// Whether lots are matched inside one account or across all accounts of the portfolio.
  public var scope: LotScope
  /// Whether trading fees are part of cost and proceeds.
  public var feeRule: FeeRule

  /// A choice from a day on.
  public init(portfolio: String = "", from: Day?, method: LotMethod, scope: LotScope, feeRule: FeeRule) {
    self.portfolio = portfolio
    self.from = from
    self.method = method
    self.scope = scope
    self.feeRule = feeRule
  }
}

extension BookSettings {
  /// What holds for a portfolio on a day.
  ///
  /// - Parameter day: nil is the beginning.
  public func rule(of portfolio: String, on day: Day?) -> LotRule {
    func latest(_ name: String) -> LotRule? {
      rules.filter { $0.portfolio == name && ($0.from.map { from in day.map { from <= $0 } ?? false } ?? true) }
        .max { ($0.from?.ordinal ?? .min) < ($1.from?.ordinal ?? .min) }
    }
    return latest(portfolio) ?? latest("") ?? LotRule(portfolio: portfolio, from: nil, method: method, scope: scope, feeRule: feeRule)
  }
}

/// The rules of a book by account and time, ready for booking.
struct RulePlan: Sendable {
  /// What holds from a moment on.
  struct Span: Equatable, Sendable {
    /// Microseconds UTC; `Int64.min` is the beginning.
    let start: Int64
    let method: LotMethod
    let scope: LotScope
    let feeRule: FeeRule

    /// Whether the same holds, since whenever.
    func isSame(as other: Span) -> Bool { method == other.method && scope == other.scope && feeRule == other.feeRule }
  }
  /// By portfolio, then ascending; each portfolio has at least one.
  private let spans: [[Span]]
  private let places: [String: Int]
  /// The portfolio of each account id.
  private let portfolioOf: [Int]
  private let loans: Set<Int32>
  /// What holds everywhere and always; nil when there is a choice.
  let everywhere: Span?
  /// When something changes, ascending.
  let switches: [Int64]

  init(_ book: Book) {
    let settings = book.settings
    var names = Array(Set(book.accounts.values.map(\.portfolio))).sorted()
    if names.isEmpty { names = [""] }
    places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    var portfolioOf = [Int](repeating: 0, count: Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1)
    for account in book.accounts.values { portfolioOf[Int(account.id.raw)] = places[account.portfolio] ?? 0 }
    self.portfolioOf = portfolioOf
    loans = Set(book.accounts.values.filter(\.isLoan).map(\.id.raw))
    let days = [Day?.none] + Set(settings.rules.compactMap(\.from)).sorted().map { Optional($0) }
    spans = names.map { name in
      var found: [Span] = []
      for day in days {
        let rule = settings.rule(of: name, on: day)
        let start = day.map { settings.zone.start(of: $0).microseconds } ?? .min
        let span = Span(start: start, method: rule.method, scope: rule.scope, feeRule: rule.feeRule)
        if let last = found.last, last.isSame(as: span) { continue }
        found.append(span)
      }
      return found
    }
    let first = spans[0][0]
    everywhere = spans.allSatisfy { $0.count == 1 && $0[0].isSame(as: first) } ? first : nil
    switches = Set(spans.flatMap { $0.dropFirst().map(\.start) }).sorted()
  }

  /// The place of a portfolio; nil when no account is in it.
  func place(of portfolio: String) -> Int? { places[portfolio] }

  var portfolioCount: Int { spans.count }

  @inline(__always)
  func portfolio(of account: Int32) -> Int { portfolioOf.indices.contains(Int(account)) ? portfolioOf[Int(account)] : 0 }

  /// Whether an account is a loan's.
  @inline(__always)
  func isLoan(_ account: Int32) -> Bool { !loans.isEmpty && loans.contains(account) }

  /// What holds for a portfolio at a time.
  func span(of portfolio: Int, at time: Int64) -> Span {
    let all = spans[portfolio]
    return all.last { $0.start <= time } ?? all[0]
  }

  /// What holds for an account at a time.
  @inline(__always)
  func span(for account: Int32, at time: Int64) -> Span { everywhere ?? span(of: portfolio(of: account), at: time) }

  /// Whether events may choose their lots somewhere.
  var usesSelectors: Bool { spans.contains { $0.contains { $0.method == .specific } } }
}
