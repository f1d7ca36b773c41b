import Amounts
import Ledger

/// Events of more than the usual movements.
extension AssetBooker {
  /// Books the legs of an event: in a trade what leaves pays for what arrives, in a transfer lots go over, income arrives at its value.
  mutating func bookLegs(_ index: Int, _ legs: [Leg]) throws(DecimalError) {
    let sides = LegSides(legs)
    switch events.kind(at: index) {
    case .transfer, .stake, .unstake: try moveLegs(index, sides)
    case .repay:
      for leg in sides.outgoing where members.contains(leg.asset.raw) {
        try repay(leg.asset.raw, leg.account.raw, leg.quantity.magnitude, index)
      }
      try acquireLegs(index, sides, try stated(index))
    case .withdraw, .giftOut, .donateOut, .adjust:
      for leg in sides.outgoing where members.contains(leg.asset.raw) {
        try release(leg.asset.raw, leg.account.raw, leg.quantity.magnitude, index)
      }
      try acquireLegs(index, sides, try stated(index))
    case .deposit, .deliveryIn, .giftIn, .borrow: try acquireLegs(index, sides, try stated(index))
    case .reward, .airdrop, .mining, .dividend, .interest:
      let total = try stated(index)
      try acquireLegs(index, sides, total, isIncome: true)
      for leg in sides.outgoing where members.contains(leg.asset.raw) { try disposeLeg(leg, .fee, try worth(leg, index), index) }
    default: try tradeLegs(index, sides)
    }
    for leg in sides.charges where members.contains(leg.asset.raw) {
      if leg.quantity.isNegative {
        try disposeLeg(leg, .fee, try worth(leg, index), index)
      } else {
        try acquire(leg.asset.raw, leg.account.raw, leg.quantity, try worth(leg, index), index, leg: sides.ordinal(leg))
      }
    }
  }

  /// The value the event states for all of it.
  private func stated(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index), let gross = try money.gross(index) else { return .unknown(.unknownBasis) }
    return .known(Money(gross, currency))
  }

  private func worth(_ leg: Leg, _ index: Int) throws(DecimalError) -> Figure<Money> {
    try money.fairValue(leg.quantity.magnitude, of: leg.asset, on: money.day(index))
  }

  private mutating func disposeLeg(_ leg: Leg, _ kind: DisposalKind, _ worth: Figure<Money>, _ index: Int) throws(DecimalError) {
    try dispose(leg.asset.raw, leg.account.raw, leg.quantity.magnitude, kind, worth, index)
  }

  private mutating func tradeLegs(_ index: Int, _ sides: LegSides) throws(DecimalError) {
    let total = try tradeValue(index, sides)
    let fees = try feeSum(index, sides, in: total)
    // The fee is part of what arrives; where only money arrives, it is off the proceeds.
    let bearsFee = sides.incoming.contains { money.book.assets[$0.asset]?.hasLots == true }
    let given = bearsFee ? total : total.with(fees) { (t, f) throws(DecimalError) in Money(try t.amount.subtracting(f), t.currency) }
    let got = bearsFee ? total.with(fees) { (t, f) throws(DecimalError) in Money(try t.amount.adding(f), t.currency) } : total
    let isSale = events.kind(at: index) == .sell && sides.outgoing.count == 1
    let kind: DisposalKind = sides.incoming.isEmpty ? .fee : isSale ? .sell : .swap
    for (leg, part) in zip(sides.outgoing, try spread(given, over: sides.outgoing, index)) where members.contains(leg.asset.raw) {
      try disposeLeg(leg, kind, part, index)
    }
    for (leg, part) in zip(sides.incoming, try spread(got, over: sides.incoming, index)) where members.contains(leg.asset.raw) {
      try acquire(leg.asset.raw, leg.account.raw, leg.quantity, part, index, leg: sides.ordinal(leg))
    }
  }

  /// What a trade of several legs is worth: as stated, else the money in it, else what was given, else what was received.
  private func tradeValue(_ index: Int, _ sides: LegSides) throws(DecimalError) -> Figure<Money> {
    let own = try stated(index)
    if own.isKnown { return own }
    func isMoney(_ leg: Leg) -> Bool { [.cash, .stablecoin].contains(money.book.assets[leg.asset]?.assetClass) }
    let both = [sides.outgoing, sides.incoming].filter { !$0.isEmpty }
    for side in both.filter({ $0.allSatisfy(isMoney) }) + both {
      let sum = try sum(of: side, index)
      if sum.isKnown { return sum }
    }
    return .unknown(.noPrice)
  }

  private func sum(of side: [Leg], _ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let first = side.first else { return .unknown(.nothing) }
    var sum = try worth(first, index)
    for leg in side.dropFirst() {
      sum = sum.with(try converted(try worth(leg, index), as: sum, index)) { (a, b) throws(DecimalError) in
        Money(try a.amount.adding(b.amount), a.currency)
      }
    }
    return sum
  }

  /// An amount in the currency of another one, at the day's rate.
  private func converted(_ amount: Figure<Money>, as other: Figure<Money>, _ index: Int) throws(DecimalError) -> Figure<Money> {
    guard case .known(let own) = amount, let target = other.value?.currency, target != own.currency else { return amount }
    return money.book.quotes.rate(from: own.currency, to: target, on: money.day(index))
      .map { (rate) throws(DecimalError) in try own.converted(at: rate, to: target) }
  }

  /// What the fee legs are worth, where the rule makes them part of cost and proceeds.
  private func feeSum(_ index: Int, _ sides: LegSides, in total: Figure<Money>) throws(DecimalError) -> Figure<Decimal> {
    var sum = Figure.known(Decimal.zero)
    if money.feeRule(index) == .separate { return sum }
    for leg in sides.charges where leg.role == .fee {
      let fee = try converted(try worth(leg, index), as: total, index)
      sum = sum.with(fee) { (a, b) throws(DecimalError) in leg.quantity.isNegative ? try a.adding(b.amount) : try a.subtracting(b.amount) }
    }
    return sum
  }

  /// Deals a value out to the legs of a side: money takes its own amount, the others by what they are worth, a single one the rest.
  private func spread(_ total: Figure<Money>, over side: [Leg], _ index: Int) throws(DecimalError) -> [Figure<Money>] {
    if side.count < 2 { return side.map { _ in total } }
    var parts: [Figure<Money>] = []
    for leg in side { parts.append(try converted(try worth(leg, index), as: total, index)) }
    guard case .known(let all) = total else { return parts }
    var open: [Int] = []
    var rest = all.amount
    for (place, leg) in side.enumerated() {
      if let part = parts[place].value, [.cash, .stablecoin].contains(money.book.assets[leg.asset]?.assetClass) {
        rest = try rest.subtracting(part.amount)
      } else {
        open.append(place)
      }
    }
    if rest.isNegative || open.isEmpty { return parts }
    if open.count > 1 && open.contains(where: { !parts[$0].isKnown }) {
      return side.indices.map { open.contains($0) ? .unknown(.noPrice) : parts[$0] }
    }
    var weights = Decimal.zero
    for place in open { weights = try weights.adding(parts[place].value?.amount ?? .one) }
    for place in open {
      let weight = parts[place].value?.amount ?? .one
      let part = weights.isZero ? Decimal.zero : try rest.share(weight, of: weights)
      (rest, weights) = (try rest.subtracting(part), try weights.subtracting(weight))
      parts[place] = .known(Money(part, all.currency))
    }
    return parts
  }

  private mutating func acquireLegs(
    _ index: Int, _ sides: LegSides, _ total: Figure<Money>, isIncome: Bool = false
  ) throws(DecimalError) {
    let isLone = sides.incoming.count < 2
    let parts = total.isKnown ? try spread(total, over: sides.incoming, index) : sides.incoming.map { _ in total }
    for (leg, part) in zip(sides.incoming, parts) where members.contains(leg.asset.raw) {
      let value = isIncome && !isLone && !part.isKnown ? try worth(leg, index) : part
      try acquire(
        leg.asset.raw, leg.account.raw, leg.quantity, value, index, leg: sides.ordinal(leg), since: events.extra(at: index)?.acquired)
      if isIncome { try receive(index, leg.asset.raw, gross: value, tax: .zero, fee: .zero) }
    }
  }

  /// Units of one asset that leave one account and arrive in another are the same ones.
  private mutating func moveLegs(_ index: Int, _ sides: LegSides) throws(DecimalError) {
    var arriving = sides.incoming
    for leg in sides.outgoing where members.contains(leg.asset.raw) {
      var left = leg.quantity.magnitude
      for place in arriving.indices where arriving[place].asset == leg.asset && left.isPositive {
        let units = min(left, arriving[place].quantity)
        try move(leg.asset.raw, from: leg.account.raw, to: arriving[place].account.raw, units, index)
        left = try left.subtracting(units)
        arriving[place] = arriving[place].with(try arriving[place].quantity.subtracting(units))
      }
      if left.isPositive { try disposeLeg(leg.with(-left), .fee, try worth(leg.with(left), index), index) }
    }
    for leg in arriving where members.contains(leg.asset.raw) {
      try acquire(leg.asset.raw, leg.account.raw, leg.quantity, .unknown(.unknownBasis), index, leg: sides.ordinal(leg))
    }
  }
}

/// The legs of an event by what they do.
private struct LegSides {
  let all: [Leg]
  let outgoing: [Leg]
  let incoming: [Leg]
  /// Fees and taxes.
  let charges: [Leg]

  init(_ legs: [Leg]) {
    all = legs
    outgoing = legs.filter { $0.role == .principal && $0.quantity.isNegative }
    incoming = legs.filter { $0.role == .principal && $0.quantity.isPositive }
    charges = legs.filter { $0.role != .principal }
  }

  /// A leg's place among all, which is part of its lot's identity.
  func ordinal(_ leg: Leg) -> Int { all.firstIndex { $0.account == leg.account && $0.asset == leg.asset && $0.role == leg.role } ?? 0 }
}

extension Leg {
  /// The same movement of another quantity.
  fileprivate func with(_ quantity: Decimal) -> Leg {
    Leg(account: account, asset: asset, quantity: quantity, role: role)
  }
}
