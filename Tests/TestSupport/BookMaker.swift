public import Amounts
public import Engine
public import Ledger

/// Builds a small book by hand, with names instead of ids.
public struct BookMaker {
  /// The book so far.
  public private(set) var book: Book
  private var symbols: [String: AssetID] = [:]
  private var names: [String: AccountID] = [:]
  private var nextEvent: Int64 = 1

  /// A book in a base currency.
  public init(base: String = "USD") {
    book = Book(settings: BookSettings(base: Currency(id: 1)))
    asset(base, .cash)
  }

  /// The id of an asset, which is made as a crypto when it is new.
  @discardableResult
  public mutating func id(_ symbol: String) -> AssetID {
    symbols[symbol] ?? asset(symbol, .crypto)
  }

  /// The id of an account, which is made when it is new.
  @discardableResult
  public mutating func account(_ name: String, kind: String = "wallet") -> AccountID {
    if let known = names[name] { return known }
    let id = AccountID(Int32(names.count + 1))
    names[name] = id
    book.accounts[id] = Account(id: id, name: name, kind: kind)
    return id
  }

  /// Puts an account into a portfolio.
  public mutating func assign(_ accountName: String, to portfolio: String) {
    let id = account(accountName)
    book.accounts[id]?.portfolio = portfolio
  }

  /// Adds a choice of lot rule from a day on; what is not said is Florin's default.
  public mutating func rule(
    from day: String?, _ method: LotMethod = .fifo, _ scope: LotScope = .account, _ fees: FeeRule = .capitalized, of portfolio: String = ""
  ) {
    book.settings.rules.append(LotRule(portfolio: portfolio, from: day.flatMap { Day($0) }, method: method, scope: scope, feeRule: fees))
  }

  /// Notes what sources call events.
  public mutating func externalIDs(_ ids: [String: [Int64]]) { book.externalIDs = ids }

  /// Makes an asset.
  @discardableResult
  public mutating func asset(
    _ symbol: String, _ assetClass: AssetClass, name: String = "", currency: String = "", cadence: Cadence? = nil,
    mode: ValuationMode? = nil, _ attributes: [AssetAttribute: String] = [:]
  ) -> AssetID {
    let id = AssetID(Int32(book.assets.count + 1))
    if symbols[symbol] == nil { symbols[symbol] = id }
    book.assets[id] = Asset(
      id: id, symbol: symbol, name: name, assetClass: assetClass, currency: currency, cadence: cadence, mode: mode, attributes: attributes)
    return id
  }

  /// Adds an event; `edit` sets what the arguments do not.
  @discardableResult
  public mutating func event(
    _ kind: EventKind, _ time: String, _ accountName: String?, _ symbol: String, _ quantity: String? = nil, price: String? = nil,
    gross: String? = nil, _ currency: String? = nil, edit: (inout Event) -> Void = { _ in }
  ) -> EventID {
    let instant = Instant(time) ?? Day(time).map { Instant(day: $0, second: 43_200) } ?? Instant(microseconds: 0)
    var event = Event(id: EventID(nextEvent), kind: kind, time: instant, asset: id(symbol), batch: BatchID(1))
    nextEvent += 1
    event.account = accountName.map { account($0) }
    event.quantity = quantity.flatMap { Decimal($0) }
    event.price = price.flatMap { Decimal($0) }
    event.gross = gross.flatMap { Decimal($0) }
    event.currency = currency.map { id($0).asCurrency }
    event.line = Int(event.id.raw) + 1
    edit(&event)
    book.events.append(event)
    return event.id
  }

  /// Adds a quote later than all of its series.
  public mutating func quote(
    _ kind: QuoteDraft.Kind, _ day: String, _ symbol: String, _ price: String, _ currency: String = "USD", facts: NavFacts? = nil
  ) {
    guard let on = Day(day), let amount = Decimal(price) else { return }
    let quote = Quote(day: on, price: Price(amount, id(currency).asCurrency), nav: facts)
    switch kind {
    case .close: book.quotes.market[id(symbol), default: QuoteSeries()].append(quote)
    case .nav: book.quotes.nav[id(symbol), default: QuoteSeries()].append(quote)
    case .fx: book.quotes.fx[id(symbol), default: QuoteSeries()].append(quote)
    }
  }

  /// Replaces the quotes of an asset.
  public mutating func replace(_ kind: QuoteDraft.Kind, _ asset: AssetID, _ series: QuoteSeries) {
    switch kind {
    case .close: book.quotes.market[asset] = series
    case .nav: book.quotes.nav[asset] = series
    case .fx: book.quotes.fx[asset] = series
    }
  }

  /// Adds a split that quotes follow.
  public mutating func split(_ day: String, _ symbol: String, _ ratio: String) {
    guard let on = Day(day), let ratio = Ratio(ratio) else { return }
    book.quotes.splits[id(symbol), default: []].append(QuoteBook.SplitPoint(day: on, ratio: ratio))
  }

  /// Puts other events in the place of all.
  public mutating func replaceEvents(_ events: [Event]) {
    book.events = EventTable()
    for event in events { book.events.append(event) }
  }

  /// Lets a stablecoin promise a currency.
  public mutating func peg(_ coin: AssetID, to currency: String) { book.quotes.pegs[coin] = id(currency).asCurrency }

  /// Adds a distribution by record and pay day.
  public mutating func distribution(
    _ symbol: String, _ kind: String, record: String?, pay: String?, _ perToken: String, _ currency: String = "USD",
    edit: (inout Distribution) -> Void = { _ in }
  ) {
    guard let amount = Decimal(perToken) else { return }
    var row = Distribution(
      id: Int64(book.distributions.count + 1), asset: id(symbol), kind: kind, record: record.flatMap { Day($0) },
      pay: pay.flatMap { Day($0) }, amountPerToken: Price(amount, id(currency).asCurrency))
    edit(&row)
    book.distributions.append(row)
  }

  /// Adds a restriction, target or policy.
  public mutating func plan(_ kind: PlanDraft.Kind, _ symbol: String?, _ cells: [String: String]) {
    book.plans.append(Plan(id: Int64(book.plans.count + 1), kind: kind, asset: symbol.map { id($0) }, cells: cells))
  }

  /// Changes the settings.
  public mutating func settings(_ edit: (inout BookSettings) -> Void) { edit(&book.settings) }
}

/// A day that is known to exist.
public func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

/// A number that is known to be one.
public func number(_ text: String) -> Decimal { Decimal(text) ?? .zero }
