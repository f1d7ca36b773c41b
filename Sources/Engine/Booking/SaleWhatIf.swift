public import Amounts
public import Ledger

/// What a sale would take from the lots that are open, and gain, by each method. Nothing is changed.
///
/// The lots are those open at the end of a day as the rules in force left them; a method only chooses among them.
public struct SaleWhatIf: Sendable {
  /// A part of the sale from one lot.
  public struct Part: Hashable, Sendable {
    /// The lot, with the units taken and their cost.
    public var lot: OpenLot
    /// Its share of the proceeds.
    public var proceeds: Figure<Money>
    /// The same in base at the day's rate.
    public var proceedsBase: Figure<Decimal>
    /// Whether it is sold after the holding period; nil when the acquisition is unknown.
    public var isLong: Bool?

    /// Proceeds less cost in their own currency; unknown when those differ.
    public var gain: Figure<Money> {
      guard case .known(let money) = proceeds, case .known(let cost) = lot.cost else {
        return .unknown(proceeds.why ?? lot.cost.why ?? .nothing)
      }
      return money.adding(Money(-cost.amount, cost.currency))
    }
    /// Proceeds less cost in base.
    public var gainBase: Figure<Decimal> {
      proceedsBase.and(lot.costBase) { (p, c) throws(DecimalError) in try p.subtracting(c) }
    }
  }

  /// A sale with what it would gain in base.
  public struct Sale: Hashable, Sendable {
    /// In the order they are taken.
    public var parts: [Part] = []
    /// Units that no lot covers.
    public var missing: Decimal = .zero
    /// Units that are held and may not be sold now.
    public var notFree: Decimal = .zero
    /// The sum of known gains of parts inside the holding period.
    public var gainShort: Decimal = .zero
    /// The sum of known gains of parts after it.
    public var gainLong: Decimal = .zero
    /// The sum of known gains of parts whose acquisition is unknown.
    public var gainUndated: Decimal = .zero
    /// The sum of known costs in base.
    public var costBase: Decimal = .zero
    /// Parts whose gain is unknown.
    public var unknown = 0
    /// Why it is, the gravest reason; nil when none is.
    public var why: Why?

    /// Units that lots cover.
    public var quantity: Decimal { parts.reduce(.zero) { (try? $0.adding($1.lot.quantity)) ?? $0 } }
    /// The whole gain in base; unknown when a part's is.
    public var gain: Figure<Decimal> {
      if missing.isPositive { return .unknown(.unknownBasis) }
      if unknown > 0 { return .unknown(why ?? .unknownBasis) }
      return (try? gainShort.adding(gainLong).adding(gainUndated)).map { .known($0) } ?? .unknown(.overflow)
    }

    mutating func add(_ part: Part) {
      parts.append(part)
      if let cost = part.lot.costBase.value { costBase = (try? costBase.adding(cost)) ?? costBase }
      guard let gain = part.gainBase.value else {
        unknown += 1
        why = Why.graver(why, part.gainBase.why)
        return
      }
      switch part.isLong {
      case true?: gainLong = (try? gainLong.adding(gain)) ?? gainLong
      case false?: gainShort = (try? gainShort.adding(gain)) ?? gainShort
      case nil: gainUndated = (try? gainUndated.adding(gain)) ?? gainUndated
      }
    }
  }

  /// The methods that choose by themselves, in the order they are compared.
  public static let methods: [LotMethod] = [.fifo, .lifo, .hifo, .lofo, .average]

  /// The open lots to choose from, by acquisition.
  public let lots: [OpenLot]
  /// Units to sell.
  public let quantity: Decimal
  /// What a unit yields.
  public let price: Figure<Price>
  /// The first free day of each lot that a lock holds, by its place in ``lots``; unknown where the acquisition is.
  public private(set) var locks: [Int: Figure<Day>] = [:]
  /// Units that may be sold in each account where not all may.
  private var free: [AccountID: Decimal] = [:]
  private let settings: BookSettings
  private let rate: Figure<Decimal>
  private let day: Day

  /// A sale at the end of a day.
  ///
  /// - Parameters:
  ///   - lots: the open lots of the asset; those of unknown units, below zero, are left out.
  ///   - price: what a unit yields.
  ///   - restrictions: what may not be sold on the day: methods leave it alone. Lots picked one by one are as picked.
  public init(
    _ book: Book, _ lots: [OpenLot], quantity: Decimal, price: Figure<Price>, on day: Day, _ restrictions: Restrictions? = nil
  ) {
    self.lots = lots.filter(\.quantity.isPositive).sorted {
      ($0.acquired?.microseconds ?? .min, $0.event, $0.leg, $0.path, $0.account)
        < ($1.acquired?.microseconds ?? .min, $1.event, $1.leg, $1.path, $1.account)
    }
    self.quantity = quantity
    self.price = price
    settings = book.settings
    self.day = day
    switch price {
    case .known(let price): rate = book.quotes.rate(from: price.currency, to: book.settings.base, on: day)
    case .unknown(let why): rate = .unknown(why)
    }
    guard let restrictions else { return }
    for (place, lot) in self.lots.enumerated() {
      if let lock = restrictions.lock(on: lot, day: day) { locks[place] = lock }
      if free[lot.account] != nil { continue }
      let state = restrictions.state(of: lot.asset, in: lot.account, on: day)
      if state.free != state.held { free[lot.account] = state.free }
    }
  }

  /// The sale by a method.
  public func sale(by method: LotMethod) -> Sale {
    var settings = settings
    settings.method = method
    switch method {
    case .fifo, .lifo, .specific: return sale(from: OrderedLots(settings))
    case .hifo, .lofo: return sale(from: RankedLots(settings))
    case .average: return sale(from: AverageLots(settings))
    }
  }

  /// The sale from chosen lots alone, in the order they were chosen.
  ///
  /// - Parameter places: places in ``lots``.
  public func sale(from places: [Int]) -> Sale {
    var (parts, rest) = ([Lot](), quantity)
    for place in places where rest.isPositive && lots.indices.contains(place) {
      var lot = Lot(lots[place], base: settings.base)
      let units = min(rest, lot.quantity)
      guard let part = try? lot.split(off: units), let left = try? rest.subtracting(units) else { continue }
      parts.append(part)
      rest = left
    }
    return sale(parts, missing: rest)
  }

  /// The sale of one lot as a whole, whatever quantity was asked about.
  public func whole(_ place: Int) -> Sale { sale([Lot(lots[place], base: settings.base)], missing: .zero) }

  private func sale<Store: LotStore>(from empty: Store) -> Sale {
    var store = empty
    var free = free
    // Open lots fit, so their parts do.
    for (place, lot) in lots.enumerated() where locks[place] == nil { try? store.add(Lot(lot, base: settings.base)) }
    var taken: [Lot] = []
    var rest = quantity
    // What an account must keep is left out, and the next in the method's order takes its place.
    while rest.isPositive {
      var parts: [Lot] = []
      let missing = (try? store.take(rest, into: &parts)) ?? rest
      if parts.isEmpty { break }
      rest = missing
      for part in parts {
        var (part, left) = (part, part.quantity)
        let room = free[AccountID(part.account)] ?? left
        let units = min(room, left)
        if free[AccountID(part.account)] != nil { free[AccountID(part.account)] = (try? room.subtracting(units)) ?? .zero }
        left = (try? left.subtracting(units)) ?? .zero
        rest = (try? rest.adding(left)) ?? rest
        if units.isPositive, let sold = try? part.split(off: units) { taken.append(sold) }
      }
    }
    let held = lots.reduce(Decimal.zero) { (try? $0.adding($1.quantity)) ?? $0 }
    let missing = max(.zero, (try? quantity.subtracting(held)) ?? .zero)
    var sale = sale(taken, missing: missing)
    sale.notFree = (try? rest.subtracting(missing)) ?? .zero
    return sale
  }

  private func sale(_ parts: [Lot], missing: Decimal) -> Sale {
    var sale = Sale()
    sale.missing = missing
    for lot in parts {
      let proceeds = price.map { (price) throws(DecimalError) in Money(try lot.quantity.multiplied(by: price.perUnit), price.currency) }
      let inBase = proceeds.with(rate) { (money, rate) throws(DecimalError) in
        money.currency == settings.base ? money.amount : try money.amount.multiplied(by: rate)
      }
      let acquired = lot.instant.map { settings.zone.day(of: $0) }
      sale.add(
        Part(
          lot: open(lot), proceeds: proceeds, proceedsBase: inBase,
          isLong: acquired.map { day > $0.adding(months: settings.holdingMonths) }))
    }
    return sale
  }

  private func open(_ lot: Lot) -> OpenLot {
    OpenLot(
      asset: lots.first?.asset ?? AssetID(0), account: AccountID(lot.account), acquired: lot.instant, quantity: lot.quantity,
      cost: lot.costFigure, costBase: lot.baseFigure, event: EventID(lot.event), leg: Int(lot.leg), path: Int(lot.path))
  }
}

extension Lot {
  /// An open lot as booking has it.
  fileprivate init(_ open: OpenLot, base: Currency) {
    self.init(
      open.quantity, acquired: open.acquired?.microseconds ?? .min, event: open.event.raw, leg: Int16(truncatingIfNeeded: open.leg),
      account: open.account.raw, currency: base.id)
    path = Int32(truncatingIfNeeded: open.path)
    if case .known(let cost) = open.cost { (self.cost, currency, costKnown) = (cost.amount, cost.currency.id, true) }
    if case .known(let costBase) = open.costBase { (self.costBase, baseKnown) = (costBase, true) }
    sameMoney = costKnown && baseKnown && currency == base.id && cost == costBase
  }
}
