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
  private let yield: Yield
  private let day: Day

  /// What parts of the sale yield.
  private enum Yield: Sendable {
    /// The price by unit, and what its currency is worth in base.
    case price(rate: Figure<Decimal>)
    /// A share of what the whole yielded, in its own currency and in base.
    case whole(Figure<Money>, Figure<Decimal>)
  }

  /// A sale at the end of a day.
  ///
  /// - Parameters:
  ///   - lots: the open lots of the asset; those of unknown units, below zero, are left out.
  ///   - price: what a unit yields.
  ///   - restrictions: what may not be sold on the day: methods leave it alone. Lots picked one by one are as picked.
  public init(
    _ book: Book, _ lots: [OpenLot], quantity: Decimal, price: Figure<Price>, on day: Day, _ restrictions: Restrictions? = nil
  ) {
    self.lots = SaleWhatIf.ordered(lots)
    self.quantity = quantity
    self.price = price
    settings = book.settings
    self.day = day
    switch price {
    case .known(let price): yield = .price(rate: book.quotes.rate(from: price.currency, to: book.settings.base, on: day))
    case .unknown(let why): yield = .price(rate: .unknown(why))
    }
    guard let restrictions else { return }
    for (place, lot) in self.lots.enumerated() {
      if let lock = restrictions.lock(on: lot, day: day) { locks[place] = lock }
      if free[lot.account] != nil { continue }
      let state = restrictions.state(of: lot.asset, in: lot.account, on: day)
      if state.free != state.held { free[lot.account] = state.free }
    }
  }

  /// A sale that was made: other lots in place of those it took. Its proceeds are what they are.
  public init(_ book: Book, _ sale: RecordedSale) {
    lots = SaleWhatIf.ordered(sale.lots)
    quantity = sale.quantity
    price = sale.proceeds.map { (money) throws(DecimalError) in Price(try money.amount.divided(by: sale.quantity), money.currency) }
    settings = book.settings
    yield = .whole(sale.proceeds, sale.proceedsBase)
    day = sale.day
  }

  private static func ordered(_ lots: [OpenLot]) -> [OpenLot] {
    lots.filter(\.quantity.isPositive).sorted {
      ($0.acquired?.microseconds ?? .min, $0.event, $0.leg, $0.path, $0.account)
        < ($1.acquired?.microseconds ?? .min, $1.event, $1.leg, $1.path, $1.account)
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

  /// What parts that were matched already gain.
  public func sale(of pieces: [GainPiece]) -> Sale {
    var sale = Sale()
    for piece in pieces {
      guard let event = piece.lotEvent else {
        sale.missing = (try? sale.missing.adding(piece.quantity)) ?? sale.missing
        continue
      }
      let lot = OpenLot(
        asset: piece.asset, account: piece.account, acquired: piece.acquired, quantity: piece.quantity, cost: piece.cost,
        costBase: piece.costBase, event: event, leg: 0, path: 0)
      sale.add(Part(lot: lot, proceeds: piece.proceeds, proceedsBase: piece.proceedsBase, isLong: isLong(piece.acquired)))
    }
    return sale
  }

  private func isLong(_ acquired: Instant?) -> Bool? {
    acquired.map { day > settings.zone.day(of: $0).adding(months: settings.holdingMonths) }
  }

  private func sale(_ parts: [Lot], missing: Decimal) -> Sale {
    var sale = Sale()
    sale.missing = missing
    var left = (money: Figure<Money>.unknown(.nothing), inBase: Figure<Decimal>.unknown(.nothing), units: quantity)
    if case .whole(let money, let inBase) = yield { (left.money, left.inBase) = (money, inBase) }
    for lot in parts {
      let proceeds: Figure<Money>
      let inBase: Figure<Decimal>
      switch yield {
      case .price(let rate):
        proceeds = price.map { (price) throws(DecimalError) in Money(try lot.quantity.multiplied(by: price.perUnit), price.currency) }
        inBase = proceeds.with(rate) { (money, rate) throws(DecimalError) in
          money.currency == settings.base ? money.amount : try money.amount.multiplied(by: rate)
        }
      case .whole:
        // As booking does it: each part takes its share of what is left, so that the last one takes the remainder.
        let units = left.units
        proceeds = left.money.map { (m) throws(DecimalError) in Money(try m.amount.share(lot.quantity, of: units), m.currency) }
        inBase = left.inBase.map { (m) throws(DecimalError) in try m.share(lot.quantity, of: units) }
        left.money = left.money.with(proceeds) { (a, b) throws(DecimalError) in Money(try a.amount.subtracting(b.amount), a.currency) }
        left.inBase = left.inBase.with(inBase) { (a, b) throws(DecimalError) in try a.subtracting(b) }
        left.units = (try? left.units.subtracting(lot.quantity)) ?? left.units
      }
      sale.add(Part(lot: open(lot), proceeds: proceeds, proceedsBase: inBase, isLong: isLong(lot.instant)))
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
