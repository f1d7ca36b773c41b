import Amounts
import Ledger

/// What an account holds of an asset in the end: units and the lots they are in.
///
/// Where the lots do not add up to the units, the rest is a lot of unknown cost: negative when more left than was there, positive
/// in a pool where another account has less than nothing.
struct LotContent {
  let account: Int32
  let quantity: Decimal
  /// By acquisition.
  var lots: [Lot] = []
  /// What a loan owes, oldest first: where that is all that is short, it is open at what it was worth.
  var debts: [Debt] = []

  /// Deals the lots of a pool out to its accounts: each goes where it was acquired as long as there is room, what is left over to
  /// the accounts with room in the order of their ids. A lot that does not fit into one account is parted.
  static func deal(_ pool: [Lot], among accounts: [LotContent]) -> [LotContent] {
    var dealt = accounts
    var room = accounts.map { max($0.quantity, .zero) }
    let slots = Dictionary(uniqueKeysWithValues: accounts.indices.map { (accounts[$0].account, $0) })
    /// Gives of a lot what fits, and returns what is left of it.
    func give(_ lot: Lot, to slot: Int) -> Lot? {
      if !room[slot].isPositive { return lot }
      var rest = lot
      guard lot.quantity > room[slot], let part = try? rest.split(off: room[slot]) else {
        dealt[slot].lots.append(lot)
        room[slot] = (try? room[slot].subtracting(lot.quantity)) ?? .zero
        return nil
      }
      dealt[slot].lots.append(part)
      room[slot] = .zero
      return rest
    }
    let homeless = pool.compactMap { lot in slots[lot.account].map { give(lot, to: $0) } ?? lot }
    var slot = 0
    for lot in homeless {
      var rest: Lot? = lot
      while let open = rest, slot < dealt.count {
        rest = give(open, to: slot)
        if rest != nil { slot += 1 }
      }
      // Only where accounts below zero took more than the pool has: the lot is still there, and the rest says so.
      if let rest { dealt[0].lots.append(rest) }
    }
    for index in dealt.indices { dealt[index].lots.sort { $0.isBefore($1) } }
    return dealt
  }

  /// Units that are in no lot.
  private var rest: Decimal {
    var rest = quantity
    for lot in lots { rest = (try? rest.subtracting(lot.quantity)) ?? rest }
    return rest
  }

  /// The debts, where they are exactly what is short.
  private var owed: [Debt] {
    var left = -rest
    if debts.isEmpty || !left.isPositive { return [] }
    for debt in debts { left = (try? left.subtracting(debt.quantity)) ?? left }
    return left.isZero ? debts : []
  }

  /// Adds up what the open lots cost; unknown and mixed currencies stay visible.
  func summarize(_ position: inout Position) {
    position.quantity = quantity
    position.cost = .unknown(.nothing)
    for lot in lots {
      position.lots += 1
      switch (position.cost, lot.costFigure) {
      case (.unknown(.nothing), let own): position.cost = own
      case (.known(let sum), .known(let more)): position.cost = sum.adding(more)
      case (.known, .unknown(let why)): position.cost = .unknown(why)
      case (.unknown, _): break
      }
      if lot.baseKnown, let sum = try? position.costBase.adding(lot.costBase) {
        position.costBase = sum
      } else {
        position.unknownBasisUnits = (try? position.unknownBasisUnits.adding(lot.quantity)) ?? position.unknownBasisUnits
        position.basisWhy = Why.graver(position.basisWhy, lot.baseFigure.why ?? .overflow)
      }
    }
    let owed = owed
    for debt in owed {
      position.lots += 1
      let worth = debt.cost.map { Money(-$0.amount, $0.currency) }
      position.cost = position.cost == .unknown(.nothing) ? worth : position.cost.with(worth) { ($0, $1) }.sum
      if case .known(let base) = debt.costBase, let sum = try? position.costBase.subtracting(base) {
        position.costBase = sum
      } else {
        position.unknownBasisUnits = (try? position.unknownBasisUnits.adding(debt.quantity)) ?? position.unknownBasisUnits
        position.basisWhy = Why.graver(position.basisWhy, debt.costBase.why ?? .overflow)
      }
    }
    let rest = owed.isEmpty ? rest : .zero
    if !rest.isZero {
      position.lots += 1
      position.cost = .unknown(.unknownBasis)
      position.unknownBasisUnits = (try? position.unknownBasisUnits.adding(rest)) ?? position.unknownBasisUnits
      position.basisWhy = .unknownBasis
    }
  }

  /// The open lots as values, the rest last.
  func openLots(_ asset: AssetID) -> [OpenLot] {
    let account = AccountID(account)
    var found = lots.map { lot in
      OpenLot(
        asset: asset, account: account, acquired: lot.instant, quantity: lot.quantity, cost: lot.costFigure, costBase: lot.baseFigure,
        event: EventID(lot.event), leg: Int(lot.leg), path: Int(lot.path))
    }
    let owed = owed
    found += owed.map { debt in
      OpenLot(
        asset: asset, account: account, acquired: Instant(microseconds: debt.time), quantity: -debt.quantity,
        cost: debt.cost.map { Money(-$0.amount, $0.currency) }, costBase: debt.costBase.map { -$0 }, event: EventID(debt.event), leg: 0,
        path: 0)
    }
    let rest = owed.isEmpty ? rest : .zero
    if !rest.isZero {
      found.append(
        OpenLot(
          asset: asset, account: account, acquired: nil, quantity: rest, cost: .unknown(.unknownBasis), costBase: .unknown(.unknownBasis),
          event: EventID(0), leg: 0, path: 0))
    }
    return found
  }
}

extension Lot {
  /// Its cost, as a figure.
  var costFigure: Figure<Money> { costKnown ? .known(Money(cost, Currency(id: currency))) : .unknown(.unknownBasis) }
  /// Its cost in base, as a figure.
  var baseFigure: Figure<Decimal> { baseKnown ? .known(costBase) : .unknown(costKnown ? .noRate : .unknownBasis) }
}

extension Figure where Value == (Money, Money) {
  /// Both together, when they are in one currency.
  fileprivate var sum: Figure<Money> {
    switch self {
    case .unknown(let why): .unknown(why)
    case .known(let (a, b)): a.adding(b)
    }
  }
}
