import Amounts
import Ledger

/// Lots in, out and over, and what is realised with them.
extension AssetBooker {
  mutating func acquire(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ cost: Figure<Money>, _ index: Int, leg: Int = 0, since: Day? = nil
  ) throws(DecimalError) {
    if !quantity.isPositive { return }
    var lot = unknown(quantity, account, index)
    if let since {
      lot.acquired = money.book.settings.zone.start(of: since).microseconds
    } else if events.kinds[index] == EventKind.giftIn.rawValue {
      lot.isDateUnknown = true
    }
    lot.leg = Int16(leg)
    if case .known(let amount) = cost {
      lot.cost = amount.amount
      lot.currency = amount.currency.id
      lot.costKnown = true
      let base =
        if let since {
          try money.base(amount.amount, amount.currency, on: since)
        } else {
          try money.base(amount.amount, amount.currency, index)
        }
      if let base {
        lot.costBase = base
        lot.baseKnown = true
        lot.sameMoney = amount.currency == money.rates.base
      } else {
        missRate(amount.currency, on: since, asset, account, index)
      }
      if lot.isDateUnknown { report(.unknownDate, index, AssetID(asset), account, quantity) }
    } else {
      report(.unknownBasis, index, AssetID(asset), account, quantity)
    }
    try pay(with: lot, asset, account, index)
    try insert(lot, asset, account)
  }

  mutating func insert(_ lot: Lot, _ asset: Int32, _ account: Int32) throws(DecimalError) {
    if lot.quantity.isZero { return }
    try shelf.add(lot, at: place(asset, account))
  }

  /// Units of unknown cost that are there since an event.
  func unknown(_ quantity: Decimal, _ account: Int32, _ index: Int) -> Lot {
    Lot(quantity, acquired: events.times[index], event: events.ids[index], account: account, currency: money.rates.base.id)
  }

  mutating func dispose(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ kind: DisposalKind, _ proceeds: Figure<Money>, _ index: Int
  ) throws(DecimalError) {
    if !quantity.isPositive { return }
    var proceedsBase: Figure<Decimal> = .unknown(proceeds.why ?? .noRate)
    if case .known(let amount) = proceeds {
      proceedsBase = try inBase(amount, asset, account, index)
    } else {
      report(kind == .fee ? .feeValueUnknown : .unknownProceeds, index, AssetID(asset), account, quantity)
    }
    var unitsLeft = quantity
    var moneyLeft = proceeds
    var baseLeft = proceedsBase
    var parts: [Lot] = []
    swap(&parts, &taken)
    parts.removeAll(keepingCapacity: true)
    defer { swap(&parts, &taken) }
    var short = try take(asset, account, quantity, &parts, index)
    if short.isPositive, money.rules.isLoan(account) {
      // What a loan gives out and has not is owed, for what it brought; nothing of one's own was disposed of.
      let part = moneyLeft.map { (m) throws(DecimalError) in Money(try m.amount.share(short, of: quantity), m.currency) }
      try owe(short, part, at: place(asset, account), index)
      moneyLeft = moneyLeft.with(part) { (a, b) throws(DecimalError) in Money(try a.amount.subtracting(b.amount), a.currency) }
      let partBase = baseLeft.map { (m) throws(DecimalError) in try m.share(short, of: quantity) }
      baseLeft = baseLeft.with(partBase) { (a, b) throws(DecimalError) in try a.subtracting(b) }
      unitsLeft = try unitsLeft.subtracting(short)
      short = .zero
    }
    if short.isPositive { parts.append(Lot(short, acquired: .min, event: 0, account: account, currency: money.rates.base.id)) }
    if settle(parts, baseLeft, place(asset, account)) { return }
    for lot in parts {
      // Each part takes its share of what is left, so that the last one takes the remainder and nothing is lost.
      let part = moneyLeft.map { (m) throws(DecimalError) in Money(try m.amount.share(lot.quantity, of: unitsLeft), m.currency) }
      let partBase = baseLeft.map { (m) throws(DecimalError) in try m.share(lot.quantity, of: unitsLeft) }
      moneyLeft = moneyLeft.with(part) { (a, b) throws(DecimalError) in Money(try a.amount.subtracting(b.amount), a.currency) }
      baseLeft = baseLeft.with(partBase) { (a, b) throws(DecimalError) in try a.subtracting(b) }
      unitsLeft = try unitsLeft.subtracting(lot.quantity)
      try realize(
        GainPiece(
          asset: AssetID(asset), account: AccountID(account), kind: kind, acquired: lot.instant,
          disposed: Instant(microseconds: events.times[index]),
          quantity: lot.quantity, proceeds: part,
          cost: lot.costFigure, proceedsBase: partBase, costBase: lot.baseFigure,
          event: EventID(events.ids[index]), lotEvent: lot.event == 0 ? nil : EventID(lot.event)))
    }
  }

  /// Counts a whole disposal at once where nobody asks for its parts: their shares add up to the proceeds, so that only their costs
  /// have to be known.
  ///
  /// - Returns: false when the parts have to be looked at one by one: a cost is unknown, a year is closed, or a share may not fit.
  private mutating func settle(_ parts: [Lot], _ proceeds: Figure<Decimal>, _ place: Int) -> Bool {
    // A share of a small number, or of one with all its places, fits whatever part it is of.
    guard !wantsPieces, frozen.isNothing, !parts.isEmpty, case .known(let all) = proceeds,
      all.scale == Decimal.moneyScale || all.scale < Decimal.moneyScale && Int64(exactly: all.mantissa) != nil
    else { return false }
    var gain = all
    for lot in parts {
      guard lot.baseKnown, let less = try? gain.subtracting(lot.costBase) else { return false }
      gain = less
    }
    guard let sum = try? earned[place].realizedBase.adding(gain) else { return false }
    earned[place].realizedBase = sum
    earned[place].isAny = true
    return true
  }

  /// Units that are given away: at cost without a gain, or a disposal at their value, as set.
  mutating func give(_ asset: Int32, _ account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    if money.book.settings.gifts == .cost { return try release(asset, account, quantity, index) }
    try dispose(asset, account, quantity, .gift, try chargeValue(index, quantity), index)
  }

  /// Units taken as a fee, a tax or interest are disposed of at their value.
  mutating func charge(_ asset: Int32, _ account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    try dispose(asset, account, quantity, .fee, try chargeValue(index, quantity), index)
  }

  /// Units leave at cost: no gain, the lots are gone.
  mutating func release(_ asset: Int32, _ account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    var parts: [Lot] = []
    swap(&parts, &taken)
    parts.removeAll(keepingCapacity: true)
    defer { swap(&parts, &taken) }
    let short = try take(asset, account, quantity, &parts, index)
    if short.isPositive, money.rules.isLoan(account) { try owe(short, try loanWorth(short, index), at: place(asset, account), index) }
    for lot in parts where lot.baseKnown {
      guard case .known(let worth) = try money.flowWorth(lot.quantity, of: AssetID(asset), index) else { continue }
      try carry(try worth.subtracting(lot.costBase), asset, account)
    }
  }

  /// Lots move to another account with date and cost; in a pool they stay where they are, and only units move.
  mutating func move(_ asset: Int32, from: Int32, to: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    if !quantity.isPositive || from == to { return }
    if shelf.areTogether(place(asset, from), place(asset, to)) {
      let short = try shelf.shift(quantity, from: place(asset, from), to: place(asset, to))
      if short.isPositive { report(.oversold, index, AssetID(asset), from, short) }
      return
    }
    var parts: [Lot] = []
    swap(&parts, &taken)
    parts.removeAll(keepingCapacity: true)
    defer { swap(&parts, &taken) }
    let short = try take(asset, from, quantity, &parts, index)
    for lot in parts { try bring(lot, asset, to: to, index) }
    if short.isPositive, money.rules.isLoan(from) { return try lend(short, asset, from: from, to: to, index) }
    if short.isPositive { try insert(unknown(short, to, index), asset, to) }
  }

  /// A lot arrives in another account with its date and cost.
  mutating func bring(_ lot: Lot, _ asset: Int32, to account: Int32, _ index: Int) throws(DecimalError) {
    try pay(with: lot, asset, account, index)
    var lot = lot
    lot.path += 1
    lot.account = account
    try insert(lot, asset, account)
  }

  /// Takes lots out, and reports when more leaves than is there or the lots that an event selects are not.
  ///
  /// - Returns: the units that no lot covered.
  mutating func take(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ parts: inout [Lot], _ index: Int
  ) throws(DecimalError) -> Decimal {
    let before = shelf.quantity(at: place(asset, account))
    if !usesSelectors && frozen.isNothing {
      let missing = try shelf.take(quantity, at: place(asset, account), into: &parts)
      if missing.units.isPositive, !before.isNegative { report(.oversold, index, AssetID(asset), account, missing.units) }
      return missing.lots
    }
    let ordinal = takes.next(asset, of: index)
    let first = parts.count
    let pinned = frozen.isNothing ? nil : pinned(asset, account, ordinal, index)
    let wishes = pinned ?? (usesSelectors && ordinal == 0 ? selected(asset, account, index) : [])
    let missing = try shelf.take(quantity, at: place(asset, account), wishing: wishes, into: &parts)
    if frozen.isRecording { note(parts[first...], short: missing.lots, asset, account, ordinal, index) }
    if pinned == nil, missing.selected.isPositive { report(.lotNotFound, index, AssetID(asset), account, missing.selected) }
    // What falls further below zero was reported by the event that fell first.
    if missing.units.isPositive, !before.isNegative { report(.oversold, index, AssetID(asset), account, missing.units) }
    return missing.lots
  }

  mutating func realize(_ piece: GainPiece) throws(DecimalError) {
    if frozen.isNothing || !isClosed(piece) { try count(piece) }
  }

  /// Counts a part of a disposal as realised.
  mutating func count(_ piece: GainPiece) throws(DecimalError) {
    let place = place(piece.asset.raw, piece.account.raw)
    let gain = piece.gainBase
    if case .known(let amount) = gain {
      earned[place].realizedBase = try earned[place].realizedBase.adding(amount)
    } else {
      earned[place].unknownGains += 1
      earned[place].gainsWhy = Why.graver(earned[place].gainsWhy, gain.why)
    }
    earned[place].isAny = true
    if wantsPieces { pieces.append(piece) }
  }

  mutating func report(_ kind: BookingIssue.Kind, _ index: Int, _ asset: AssetID, _ account: Int32, _ amount: Decimal?) {
    // A loan account is negative by nature.
    if kind == .oversold, money.book.accounts[AccountID(account)]?.isLoan == true { return }
    issues.append(
      BookingIssue(
        kind: kind, asset: asset, account: account == 0 ? nil : AccountID(account), event: EventID(events.ids[index]),
        time: Instant(microseconds: events.times[index]), amount: amount))
  }
}
