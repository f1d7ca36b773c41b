import Amounts

/// The moving weighted average: one running cost for all units, with the dates of the lots beside it, consumed earliest first.
///
/// Units of unknown cost stay out of the average and keep their place in the queue. While all lots cost one currency there is an
/// average in it and one in base; when currencies meet, the average is in base alone until nothing is left.
struct AverageLots: LotStore {
  /// A running cost and the units it is for. The last units take all that is left.
  private struct Pool {
    private var cost: Decimal = .zero
    private var units: Decimal = .zero

    mutating func put(_ more: Decimal, for quantity: Decimal) throws(DecimalError) {
      cost = try cost.adding(more)
      units = try units.adding(quantity)
    }

    mutating func take(for quantity: Decimal) throws(DecimalError) -> Decimal {
      let part = try cost.share(quantity, of: units)
      cost = try cost.subtracting(part)
      units = try units.subtracting(quantity)
      return part
    }
  }

  private enum Money: Equatable {
    case none
    case single(Int32)
    case mixed
  }

  /// Dates and quantities; which lots have a known cost, but not how much.
  private var dates: OrderedLots
  private var own = Pool()
  private var base = Pool()
  private var money = Money.none
  private let baseCurrency: Int32

  init(_ settings: BookSettings) {
    dates = OrderedLots(settings)
    baseCurrency = settings.base.id
  }

  var isEmpty: Bool { dates.isEmpty }

  func open() -> [Lot] {
    var (own, base) = (own, base)
    // The units of the lots are the units of the pools, so a share that does not fit cannot occur here and not before.
    return dates.open().map { (try? priced($0, &own, &base)) ?? $0 }
  }

  mutating func add(_ lot: Lot) throws(DecimalError) {
    if dates.isEmpty { (own, base, money) = (Pool(), Pool(), .none) }
    if lot.costKnown {
      if money == .none { money = .single(lot.currency) }
      if money != .single(lot.currency) { money = .mixed }
      if hasOwnPool { try own.put(lot.cost, for: lot.quantity) }
    }
    if lot.baseKnown { try base.put(lot.costBase, for: lot.quantity) }
    var dated = lot
    (dated.cost, dated.costBase) = (.zero, .zero)
    dates.add(dated)
  }

  mutating func take(_ units: Decimal, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    let first = parts.count
    let rest = try dates.take(units, into: &parts)
    for index in first..<parts.count { parts[index] = try priced(parts[index], &own, &base) }
    return rest
  }

  mutating func take(_ units: Decimal, where isWanted: (Lot) -> Bool, into parts: inout [Lot]) throws(DecimalError) -> Decimal {
    let first = parts.count
    let rest = try dates.take(units, where: isWanted, into: &parts)
    for index in first..<parts.count { parts[index] = try priced(parts[index], &own, &base) }
    return rest
  }

  mutating func updateEach(_ change: (inout Lot) throws(DecimalError) -> Void) throws(DecimalError) {
    var lots = open()
    for index in lots.indices { try change(&lots[index]) }
    (own, base, money) = (Pool(), Pool(), .none)
    dates.removeAll()
    for lot in lots { try add(lot) }
  }

  /// Whether the lots' own currency needs an average beside the one in base.
  private var hasOwnPool: Bool {
    guard case .single(let currency) = money else { return false }
    return currency != baseCurrency
  }

  /// A dated part with its share of the averages.
  private func priced(_ dated: Lot, _ own: inout Pool, _ base: inout Pool) throws(DecimalError) -> Lot {
    var lot = dated
    if lot.baseKnown { lot.costBase = try base.take(for: lot.quantity) }
    if hasOwnPool {
      if lot.costKnown { lot.cost = try own.take(for: lot.quantity) }
    } else {
      lot.cost = lot.costBase
      lot.costKnown = lot.baseKnown
      lot.sameMoney = lot.baseKnown
      lot.currency = baseCurrency
    }
    return lot
  }
}
