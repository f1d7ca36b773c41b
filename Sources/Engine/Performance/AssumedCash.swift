public import Amounts
public import Ledger

/// Cash that accounts spent without ever having had it: exports hold trades, but not the deposits before them.
///
/// What was missing is taken as contributed on the day it was first missing, and as held since: it is never used up by what arrives later,
/// and it earns nothing. So a return is told on what was really put to work, not on a base near nothing. Loan accounts may owe.
///
/// - Source: DESIGN 7.
public struct AssumedCash: Sendable {
  /// What one account never had of a currency.
  public struct Shortfall: Hashable, Sendable {
    /// The account.
    public let account: AccountID
    /// The currency.
    public let currency: Currency
    /// The first day it was missing.
    public let since: Day
    /// How much was missing at most, in the currency.
    public let amount: Decimal
  }

  /// How much was missing at most up to each day on which that grew, ascending.
  private struct Steps: Sendable {
    let account: AccountID
    let currency: Currency
    var days: [Int32] = []
    var amounts: [Decimal] = []
  }
  private var places: [Steps] = []

  /// Nothing was missing.
  static let none = AssumedCash()
  private init() {}

  /// Whether nothing was missing.
  var isNothing: Bool { places.isEmpty }

  /// What was missing, by account and currency.
  public var shortfalls: [Shortfall] {
    places.map {
      Shortfall(account: $0.account, currency: $0.currency, since: Day(ordinal: $0.days[0]), amount: $0.amounts[$0.amounts.count - 1])
    }
  }

  /// - Complexity: one pass over the events.
  init(_ book: Book, _ groups: AccountGroups, upTo last: Day) {
    let events = book.events
    let end = events.firstIndex(after: book.settings.zone.end(of: last))
    let accounts = Int(book.accounts.keys.map(\.raw).max() ?? 0) + 1
    var rows = [Int](repeating: -1, count: Int(book.assets.keys.map(\.raw).max() ?? 0) + 1)
    var cash: [Int32] = []
    for asset in book.assets.values.sorted(by: { $0.id < $1.id }) where asset.assetClass == .cash {
      rows[Int(asset.id.raw)] = cash.count
      cash.append(asset.id.raw)
    }
    var owes = [Bool](repeating: false, count: accounts)
    for account in book.accounts.values where account.isLoan { owes[Int(account.id.raw)] = true }
    var balances = [Decimal](repeating: .zero, count: cash.count * accounts)
    var missing: [Int: Steps] = [:]
    var touched: Set<Int> = []
    func close(_ day: Int32) {
      for place in touched where balances[place].isNegative {
        let short = balances[place].magnitude
        let account = AccountID(Int32(place % accounts))
        var steps = missing[place] ?? Steps(account: account, currency: Currency(id: cash[place / accounts]))
        if short <= steps.amounts.last ?? .zero { continue }
        steps.days.append(day)
        steps.amounts.append(short)
        missing[place] = steps
      }
      touched.removeAll(keepingCapacity: true)
    }
    var clock = DayClock(zone: book.settings.zone)
    var today = Int32.min
    for index in 0..<end where events.status(at: index) != .void {
      let day = clock.day(of: events.times[index]).ordinal
      if day != today {
        if !touched.isEmpty { close(today) }
        today = day
      }
      // What is taken out is a flow already, whether or not it was there.
      let isFlow = ExternalFlows.direction(of: events.kind(at: index), hasOtherSide: events.toAccounts[index] != 0) != nil
      func move(_ account: Int32, _ asset: Int32, _ quantity: Decimal) {
        guard Int(asset) < rows.count, rows[Int(asset)] >= 0, Int(account) < accounts, account > 0, !owes[Int(account)],
          groups[account] >= 0
        else { return }
        let place = rows[Int(asset)] * accounts + Int(account)
        // What does not fit 38 digits is reported when it is booked.
        balances[place] = (try? balances[place].adding(quantity)) ?? balances[place]
        if quantity.isNegative && !isFlow { touched.insert(place) }
      }
      try? events.forEachLeg(at: index) { (account, asset, quantity, _) throws(DecimalError) in move(account, asset, quantity) }
      if let paid = try? book.navPaid(at: index) { move(events.accounts[index], paid.currency.id, paid.amount) }
    }
    close(today)
    places = missing.keys.sorted().compactMap { missing[$0] }
  }

  /// What was missing at most up to a day, in base at the day's rates; what has no rate is left out.
  func total(on day: Day, _ prices: UnitPrices) -> Decimal {
    var sum = Decimal.zero
    for steps in places {
      let place = steps.days.firstPlace { $0 > day.ordinal } - 1
      guard place >= 0, let worth = prices.inBase(steps.amounts[place], steps.currency, on: day).value else { continue }
      sum = (try? sum.adding(worth)) ?? sum
    }
    return sum
  }
}
