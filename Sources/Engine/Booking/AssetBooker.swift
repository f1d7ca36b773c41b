import Amounts
import Ledger

/// Books the events of one group of assets: usually a single one, several where a migration, merger or spin-off carries lots
/// from one into another. Groups do not depend on each other, so they can be booked at the same time and recomputed alone.
struct AssetBooker<Store: LotStore> {
  let money: EventMoney
  let wantsPieces: Bool
  let events: EventTable
  let members: Members
  /// Lots by member and account: see `place(_:_:)`.
  var shelf: LotShelf<Store>
  private let honoursSelectors: Bool
  private var positions: [Position?]
  let accounts: Int
  private(set) var pieces: [GainPiece] = []
  private(set) var receipts: [Receipt] = []
  private(set) var issues: [BookingIssue] = []
  /// The lots a disposal takes, kept so that a million disposals do not allocate a million arrays.
  private var taken: [Lot] = []

  /// - Parameters:
  ///   - members: the group's assets, ascending.
  ///   - accounts: one more than the highest account id.
  init(money: EventMoney, members: [Int32], accounts: Int, wantsPieces: Bool) {
    self.money = money
    self.events = money.book.events
    self.members = Members(members)
    self.accounts = accounts
    self.wantsPieces = wantsPieces
    shelf = LotShelf(money.book.settings, members: members.count, accounts: accounts)
    honoursSelectors = money.book.settings.method == .specific
    positions = Array(repeating: nil, count: members.count * accounts)
  }

  /// The assets of a group; nearly always one, which is compared without hashing.
  struct Members {
    let all: [Int32]
    private let slots: [Int32: Int]

    init(_ all: [Int32]) {
      self.all = all
      slots = all.count == 1 ? [:] : Dictionary(uniqueKeysWithValues: zip(all, all.indices))
    }

    @inline(__always)
    func slot(_ asset: Int32) -> Int? { all.count == 1 ? (all[0] == asset ? 0 : nil) : slots[asset] }

    @inline(__always)
    func contains(_ asset: Int32) -> Bool { slot(asset) != nil }
  }

  /// Where the lots and the position of a member in an account stand.
  @inline(__always)
  func place(_ asset: Int32, _ account: Int32) -> Int { slot(asset) * accounts + Int(account) }

  @inline(__always)
  func slot(_ asset: Int32) -> Int { members.slot(asset) ?? 0 }

  /// The accounts that hold or held a member, or only the wanted one.
  func holders(_ asset: Int32, _ wanted: Int32) -> [Int32] { wanted != 0 ? [wanted] : shelf.holders(slot(asset)) }

  /// `units` x new / old, exact where 18 places (or the units' own, if more) hold it.
  static func scaled(_ units: Decimal, by ratio: Ratio) throws(DecimalError) -> Decimal {
    let product = try units.multiplied(by: Decimal(Int(ratio.new)), places: max(Int(units.scale), Decimal.moneyScale))
    return try product.divided(by: Decimal(Int(ratio.old)), places: max(Int(units.scale), Decimal.moneyScale)).normalized
  }

  /// Books one event, as far as it touches the group.
  mutating func book(_ index: Int) {
    do throws(DecimalError) {
      if let extra = events.extra(at: index), !extra.legs.isEmpty {
        try bookLegs(index, extra.legs)
      } else {
        try bookPrincipal(index)
        try bookCurrency(index)
        try bookFee(index)
      }
    } catch {
      report(.overflow, index, AssetID(events.assets[index]), events.accounts[index], nil)
    }
  }

  // MARK: What an event does

  private mutating func bookPrincipal(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let extra = events.extra(at: index)
    let mine = members.contains(asset)
    let quantity = events.quantities[index]
    switch events.kind(at: index) {
    case .buy:
      if mine, let quantity { try acquire(asset, account, quantity, try buyCost(index), index) }
    case .convert where extra?.toAsset == nil:
      if mine, let quantity { try acquire(asset, account, quantity, try buyCost(index), index) }
    case .swap, .convert:
      try bookSwap(index, extra)
    case .sell, .redemption, .liquidation:
      if mine, let quantity {
        let kind: DisposalKind =
          events.kind(at: index) == .sell ? .sell : events.kind(at: index) == .redemption ? .redemption : .liquidation
        try dispose(asset, account, quantity, kind, try saleProceeds(index), index)
      }
    case .borrow, .repay:
      guard mine, let quantity else { return }
      if events.toAccounts[index] != 0 {
        try move(asset, from: account, to: events.toAccounts[index], quantity, index)
      } else if events.kind(at: index) == .borrow {
        try acquire(asset, account, quantity, try statedCost(index), index)
      } else {
        try release(asset, account, quantity, index)
      }
    case .deposit, .deliveryIn, .giftIn, .feeRefund, .taxRefund:
      if mine, let quantity { try acquire(asset, account, quantity, try statedCost(index), index, since: extra?.acquired) }
    case .withdraw, .giftOut, .donateOut:
      if mine, let quantity { try release(asset, account, quantity, index) }
    case .deliveryOut:
      if mine, let quantity { try dispose(asset, account, quantity, .delivery, try statedCost(index), index) }
    case .fee, .tax, .interestCharge:
      if mine, let quantity { try dispose(asset, account, quantity, .fee, try statedCost(index), index) }
    case .writeoff, .slash:
      if mine, let quantity {
        let nothing = Money(.zero, money.currency(index) ?? money.rates.base)
        try dispose(asset, account, quantity, events.kind(at: index) == .slash ? .slash : .writeoff, .known(nothing), index)
      }
    case .adjust:
      guard mine, let quantity else { return }
      if quantity.isNegative {
        try release(asset, account, -quantity, index)
      } else {
        try acquire(asset, account, quantity, try statedCost(index), index)
      }
    case .transfer:
      guard mine, let quantity else { return }
      let ownFee = events.feeAssets[index] == asset ? events.fees[index] ?? .zero : .zero
      try move(asset, from: account, to: events.toAccounts[index], try quantity.subtracting(ownFee), index)
    case .stake, .unstake:
      if mine, let quantity, events.toAccounts[index] != 0 { try move(asset, from: account, to: events.toAccounts[index], quantity, index) }
    case .reward, .airdrop, .mining:
      if mine, let quantity { try reward(index, quantity) }
    case .dividend, .interest:
      try income(index, extra)
    case .returnOfCapital:
      if mine { try returnCapital(index) }
    case .split:
      if mine, let ratio = extra?.ratio { try split(asset, account, ratio) }
    case .migration, .merger, .wrap, .unwrap:
      if mine { try carry(index, extra) }
    case .spinoff:
      if mine { try spinOff(index, extra) }
    }
  }

  /// The other side of a trade, when the money of the trade is itself an asset with lots: a stablecoin or a coin.
  private mutating func bookCurrency(_ index: Int) throws(DecimalError) {
    let currency = events.currencies[index]
    guard currency != 0, members.contains(currency), let gross = try money.gross(index) else { return }
    let own = Currency(id: currency)
    switch events.kind(at: index) {
    case .buy:
      try dispose(currency, events.accounts[index], gross, .swap, .known(Money(gross, own)), index)
    case .convert where events.extra(at: index)?.toAsset == nil:
      try dispose(currency, events.accounts[index], gross, .swap, .known(Money(gross, own)), index)
    case .sell, .redemption, .liquidation, .merger:
      try acquire(currency, events.accounts[index], gross, .known(Money(gross, own)), index, leg: 1)
    case .dividend, .interest, .returnOfCapital:
      if events.extra(at: index)?.toQuantity == nil {
        let net = try gross.subtracting(events.taxes[index] ?? .zero)
        if net.isNegative {
          try dispose(currency, events.accounts[index], -net, .fee, .known(Money(-net, own)), index)
        } else {
          try acquire(currency, events.accounts[index], net, .known(Money(net, own)), index, leg: 1)
        }
      }
    default: break
    }
    if let tax = events.taxes[index], tax.isPositive {
      switch events.kind(at: index) {
      // Income arrives net of its tax.
      case .dividend, .interest, .returnOfCapital, .tax: break
      default: try dispose(currency, events.accounts[index], tax, .fee, .known(Money(tax, own)), index)
      }
    }
  }

  /// A fee paid in an asset with lots is a disposal of those units at the fee's value.
  private mutating func bookFee(_ index: Int) throws(DecimalError) {
    let stated = events.feeAssets[index]
    let asset = stated == 0 ? events.currencies[index] : stated
    guard asset != 0, members.contains(asset), let fee = events.fees[index], fee.isPositive else { return }
    let value = try money.feeValue(index)
    let proceeds: Figure<Money>
    switch (value, money.feeCurrency(index)) {
    case (.known(let amount), .some(let currency)): proceeds = .known(Money(amount, currency))
    case (.unknown(let why), _): proceeds = .unknown(why)
    case (.known, .none): proceeds = .unknown(.noPrice)
    }
    if case .unknown = proceeds { report(.feeValueUnknown, index, AssetID(asset), events.accounts[index], fee) }
    try dispose(asset, events.accounts[index], fee, .fee, proceeds, index)
  }

  // MARK: What things are worth

  /// A bought lot costs quantity x price under `separate`, gross + fee value under `capitalized`.
  private func buyCost(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index) else { return .unknown(.unknownBasis) }
    switch money.book.settings.feeRule {
    case .separate:
      guard let value = try money.unitValue(index) else { return .unknown(.unknownBasis) }
      return .known(Money(value, currency))
    case .capitalized:
      guard let gross = try money.gross(index) else { return .unknown(.unknownBasis) }
      return try money.feeValue(index).map { (fee) throws(DecimalError) in Money(try gross.adding(fee), currency) }
    }
  }

  /// A sale yields gross, less the fee value under `capitalized`.
  private func saleProceeds(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index), let gross = try money.gross(index) else { return .unknown(.noPrice) }
    if money.book.settings.feeRule == .separate { return .known(Money(gross, currency)) }
    return try money.feeValue(index).map { (fee) throws(DecimalError) in Money(try gross.subtracting(fee), currency) }
  }

  /// The value a row states, as gross or as price; unknown when it states none.
  private func statedCost(_ index: Int) throws(DecimalError) -> Figure<Money> {
    guard let currency = money.currency(index), let value = try money.gross(index) else { return .unknown(.unknownBasis) }
    return .known(Money(value, currency))
  }

  // MARK: The kinds with several parts

  private mutating func bookSwap(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let asset = events.assets[index]
    guard let target = extra?.toAsset, let given = events.quantities[index], let received = extra?.toQuantity else { return }
    let value = try money.swapValue(index, given: (AssetID(asset), given), received: (target, received))
    if members.contains(asset) { try dispose(asset, events.accounts[index], given, .swap, value, index) }
    if members.contains(target.raw) {
      let account = events.toAccounts[index] == 0 ? events.accounts[index] : events.toAccounts[index]
      try acquire(target.raw, account, received, try withFee(value, index), index, leg: 1)
    }
  }

  /// What arrives in a swap bears the fee under `capitalized`.
  private func withFee(_ value: Figure<Money>, _ index: Int) throws(DecimalError) -> Figure<Money> {
    guard money.book.settings.feeRule == .capitalized, case .known(let amount) = value, let fee = events.fees[index], !fee.isZero else {
      return value
    }
    if let own = money.currency(index), own == amount.currency {
      return try money.feeValue(index).map { (f) throws(DecimalError) in Money(try amount.amount.adding(f), own) }
    }
    return try money.worth(fee, of: AssetID(events.feeAssets[index]), in: amount.currency, on: money.day(index))
      .map { (f) throws(DecimalError) in Money(try amount.amount.adding(f), amount.currency) }
  }

  private mutating func reward(_ index: Int, _ quantity: Decimal) throws(DecimalError) {
    // The lot costs quantity x price; the income is what the row says arrived, which may be rounded to cents.
    let cost = try money.unitValue(index).flatMap { amount in money.currency(index).map { Money(amount, $0) } }
    try acquire(events.assets[index], events.accounts[index], quantity, cost.map { .known($0) } ?? .unknown(.unknownBasis), index)
    try receive(index, gross: try statedCost(index), tax: events.taxes[index] ?? .zero, fee: .zero)
  }

  private mutating func income(_ index: Int, _ extra: EventExtra?) throws(DecimalError) {
    let tax = events.taxes[index] ?? .zero
    let fee = try money.feeValue(index).value ?? .zero
    let gross = try statedCost(index)
    if members.contains(events.assets[index]) { try receive(index, gross: gross, tax: tax, fee: fee) }
    if let target = extra?.toAsset, let units = extra?.toQuantity, members.contains(target.raw) {
      let net = gross.map { (g) throws(DecimalError) in Money(try g.amount.subtracting(tax).subtracting(fee), g.currency) }
      try acquire(target.raw, events.accounts[index], units, net, index, leg: 1)
    }
  }

  private mutating func receive(_ index: Int, gross: Figure<Money>, tax: Decimal, fee: Decimal) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    func inBase(_ amount: Figure<Money>) throws(DecimalError) -> Figure<Decimal> {
      guard case .known(let value) = amount else { return .unknown(amount.why ?? .noPrice) }
      return try money.base(value.amount, value.currency, index).map { .known($0) } ?? .unknown(.noRate)
    }
    let currency = gross.value?.currency ?? money.currency(index) ?? money.rates.base
    let receipt = Receipt(
      asset: AssetID(asset), account: AccountID(account), kind: events.kind(at: index), subtype: events.extra(at: index)?.subtype,
      time: Instant(microseconds: events.times[index]), entitled: events.quantities[index], gross: gross, tax: tax, fee: fee,
      grossBase: try inBase(gross), taxBase: tax.isZero ? .known(.zero) : try inBase(.known(Money(tax, currency))),
      feeBase: fee.isZero ? .known(.zero) : try inBase(.known(Money(fee, currency))), event: EventID(events.ids[index]))
    receipts.append(receipt)
    if receipt.kind == .returnOfCapital { return }
    try change(asset, account) { (position) throws(DecimalError) in
      if case .known(let net) = receipt.netBase {
        position.incomeBase = try position.incomeBase.adding(net)
      } else {
        position.unknownReceipts += 1
      }
    }
  }

  /// Return of capital lowers the cost of the lots held, by units; what exceeds a lot's cost is gain.
  private mutating func returnCapital(_ index: Int) throws(DecimalError) {
    let asset = events.assets[index]
    let account = events.accounts[index]
    let gross = try statedCost(index)
    try receive(index, gross: gross, tax: events.taxes[index] ?? .zero, fee: .zero)
    guard case .known(let paid) = gross else { return }
    // In a pool it is spread over all lots, whose units it cannot tell apart.
    var units = shelf.quantityTogether(at: place(asset, account))
    guard units.isPositive else { return }
    var rest = paid.amount
    var excesses: [(Lot, Decimal)] = []
    let rate = try money.base(.one, paid.currency, index)
    try shelf.updateEach(at: place(asset, account)) { (lot) throws(DecimalError) in
      lot.isRanked = false
      let part = try rest.share(lot.quantity, of: units)
      rest = try rest.subtracting(part)
      units = try units.subtracting(lot.quantity)
      guard lot.costKnown, lot.currency == paid.currency.id else {
        lot.costKnown = false
        lot.baseKnown = false
        return
      }
      let lowered = min(part, lot.cost)
      if part > lot.cost { excesses.append((lot, try part.subtracting(lot.cost))) }
      if lot.baseKnown, !lot.cost.isZero {
        lot.costBase = try lot.costBase.subtracting(try lot.costBase.share(lowered, of: lot.cost))
      }
      lot.cost = try lot.cost.subtracting(lowered)
    }
    for (lot, excess) in excesses {
      let inBase = (rate.map { Figure.known($0) } ?? .unknown(.noRate)).map { (r) throws(DecimalError) in try excess.multiplied(by: r) }
      try realize(
        GainPiece(
          asset: AssetID(asset), account: AccountID(account), kind: .rocExcess, acquired: lot.instant,
          disposed: Instant(microseconds: events.times[index]),
          quantity: lot.quantity, proceeds: .known(Money(excess, paid.currency)), cost: .known(Money(.zero, paid.currency)),
          proceedsBase: inBase,
          costBase: .known(.zero), event: EventID(events.ids[index]), lotEvent: EventID(lot.event)))
    }
  }

  /// An event of more than the usual movements: what leaves pays for what arrives.
  private mutating func bookLegs(_ index: Int, _ legs: [Leg]) throws(DecimalError) {
    let principal = legs.filter { $0.role == .principal }
    let outgoing = principal.filter { $0.quantity.isNegative }
    let incoming = principal.filter { $0.quantity.isPositive }
    func single(_ side: [Leg]) -> (AssetID, Decimal)? { side.count == 1 ? (side[0].asset, side[0].quantity.magnitude) : nil }
    let total = try money.swapValue(index, given: single(outgoing), received: single(incoming))
    func value(of leg: Leg, among side: [Leg]) throws(DecimalError) -> Figure<Money> {
      side.count == 1 ? total : try money.swapValue(index, given: (leg.asset, leg.quantity.magnitude), received: nil)
    }
    let disposal: DisposalKind = incoming.isEmpty ? .fee : .swap
    for (ordinal, leg) in legs.enumerated() where members.contains(leg.asset.raw) {
      if leg.quantity.isNegative {
        let isPrincipal = leg.role == .principal
        let worth =
          isPrincipal
          ? try value(of: leg, among: outgoing) : try money.swapValue(index, given: (leg.asset, leg.quantity.magnitude), received: nil)
        try dispose(leg.asset.raw, leg.account.raw, leg.quantity.magnitude, isPrincipal ? disposal : .fee, worth, index)
      } else {
        try acquire(leg.asset.raw, leg.account.raw, leg.quantity, try value(of: leg, among: incoming), index, leg: ordinal)
      }
    }
  }

  // MARK: Lots

  private mutating func acquire(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ cost: Figure<Money>, _ index: Int, leg: Int = 0, since: Day? = nil
  ) throws(DecimalError) {
    if !quantity.isPositive { return }
    var lot = unknown(quantity, account, index)
    if let since { lot.acquired = Instant(day: since).microseconds }
    lot.leg = Int16(leg)
    if case .known(let amount) = cost {
      lot.cost = amount.amount
      lot.currency = amount.currency.id
      lot.costKnown = true
      if let base = try money.base(amount.amount, amount.currency, index) {
        lot.costBase = base
        lot.baseKnown = true
        lot.sameMoney = amount.currency == money.rates.base
      }
    } else {
      report(.unknownBasis, index, AssetID(asset), account, quantity)
    }
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

  private mutating func dispose(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ kind: DisposalKind, _ proceeds: Figure<Money>, _ index: Int
  ) throws(DecimalError) {
    if !quantity.isPositive { return }
    var proceedsBase: Figure<Decimal> = .unknown(proceeds.why ?? .noRate)
    if case .known(let amount) = proceeds {
      proceedsBase = try money.base(amount.amount, amount.currency, index).map { .known($0) } ?? .unknown(.noRate)
    }
    var unitsLeft = quantity
    var moneyLeft = proceeds
    var baseLeft = proceedsBase
    var parts: [Lot] = []
    swap(&parts, &taken)
    parts.removeAll(keepingCapacity: true)
    defer { swap(&parts, &taken) }
    let short = try take(asset, account, quantity, &parts, index)
    if short.isPositive { parts.append(Lot(short, acquired: .min, event: 0, account: account, currency: money.rates.base.id)) }
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

  /// Units leave at cost: no gain, the lots are gone.
  private mutating func release(_ asset: Int32, _ account: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    var parts: [Lot] = []
    _ = try take(asset, account, quantity, &parts, index)
  }

  /// Lots move to another account with date and cost; in a pool they stay where they are, and only units move.
  private mutating func move(_ asset: Int32, from: Int32, to: Int32, _ quantity: Decimal, _ index: Int) throws(DecimalError) {
    if !quantity.isPositive || from == to { return }
    if shelf.isPooled {
      let short = try shelf.shift(quantity, from: place(asset, from), to: place(asset, to))
      if short.isPositive { report(.oversold, index, AssetID(asset), from, short) }
      return
    }
    var parts: [Lot] = []
    let short = try take(asset, from, quantity, &parts, index)
    for lot in parts {
      var lot = lot
      lot.path += 1
      lot.account = to
      try insert(lot, asset, to)
    }
    if short.isPositive { try insert(unknown(short, to, index), asset, to) }
  }

  /// Takes lots out, and reports when more leaves than is there or the lots that an event selects are not.
  ///
  /// - Returns: the units that no lot covered.
  mutating func take(
    _ asset: Int32, _ account: Int32, _ quantity: Decimal, _ parts: inout [Lot], _ index: Int
  ) throws(DecimalError) -> Decimal {
    let selector = honoursSelectors ? events.extra(at: index)?.lotSelector.map { LotSelector($0) } : nil
    let missing = try shelf.take(
      quantity, at: place(asset, account), selecting: selector?.choices ?? [], zone: money.book.settings.zone, into: &parts)
    if missing.selected.isPositive { report(.lotNotFound, index, AssetID(asset), account, missing.selected) }
    if missing.units.isPositive { report(.oversold, index, AssetID(asset), account, missing.units) }
    return missing.lots
  }

  mutating func realize(_ piece: GainPiece) throws(DecimalError) {
    let gain = piece.gainBase
    try change(piece.asset.raw, piece.account.raw) { (position) throws(DecimalError) in
      if case .known(let amount) = gain {
        position.realizedBase = try position.realizedBase.adding(amount)
      } else {
        position.unknownGains += 1
      }
    }
    if wantsPieces { pieces.append(piece) }
  }

  private mutating func change(_ asset: Int32, _ account: Int32, _ edit: (inout Position) throws(DecimalError) -> Void) throws(DecimalError)
  {
    let place = place(asset, account)
    var position = positions[place] ?? Position(asset: AssetID(asset), account: AccountID(account))
    try edit(&position)
    positions[place] = position
  }

  private mutating func report(_ kind: BookingIssue.Kind, _ index: Int, _ asset: AssetID, _ account: Int32, _ amount: Decimal?) {
    // A loan account is negative by nature.
    if kind == .oversold, money.book.accounts[AccountID(account)]?.isLoan == true { return }
    issues.append(
      BookingIssue(
        kind: kind, asset: asset, account: account == 0 ? nil : AccountID(account), event: EventID(events.ids[index]),
        time: Instant(microseconds: events.times[index]), amount: amount))
  }

  // MARK: Result

  /// Turns the lots into positions and open lots, ordered by asset and account.
  func finish() -> Booking {
    var booking = Booking(base: money.rates.base)
    booking.pieces = pieces
    booking.receipts = receipts
    booking.issues = issues
    for asset in members.all {
      let contents = shelf.contents(slot(asset))
      var next = 0
      for account in 0..<Int32(accounts) {
        let known = positions[place(asset, account)]
        let isHeld = next < contents.count && contents[next].account == account
        if known == nil && !isHeld { continue }
        var position = known ?? Position(asset: AssetID(asset), account: AccountID(account))
        if isHeld {
          contents[next].summarize(&position)
          booking.lots += contents[next].openLots(AssetID(asset))
          next += 1
        }
        booking.positions.append(position)
      }
    }
    return booking
  }
}
