public import Amounts
public import Ledger

/// A disposal that was recorded, with the lots that were open right before it: what a choice of lots starts from.
public struct RecordedSale: Sendable {
  /// The event.
  public let event: EventID
  /// The asset that left.
  public let asset: AssetID
  /// The account it left.
  public let account: AccountID
  /// The day, in the book's zone.
  public let day: Day
  /// Units that left.
  public let quantity: Decimal
  /// What they yielded.
  public let proceeds: Figure<Money>
  /// The same in base.
  public let proceedsBase: Figure<Decimal>
  /// The lots it could take, as they were then: of its account, or of all accounts of its portfolio under scope `global`.
  public let lots: [OpenLot]
  /// What it takes as the book stands.
  public let taken: [GainPiece]
  /// The rule that holds for it.
  public let rule: LotRule
  /// Whether the event says which lots it takes; that counts under the method `specific` only.
  public let isChosen: Bool
  /// Whether its year is closed, so that what it takes is frozen.
  public let isClosed: Bool
  /// Later events that dispose of the same lots, and may take others after a choice.
  public let later: Int
}

extension Book {
  /// A recorded disposal whose lots can be chosen; nil when the event is none, or takes no lots of the asset that it could choose.
  ///
  /// - Complexity: the events of the asset are booked up to the event.
  public func recordedSale(_ event: EventID, of asset: AssetID) -> RecordedSale? {
    guard let index = events.ids.firstIndex(of: event.raw), events.status(at: index) != .void, events.kind(at: index).choosesLots else {
      return nil
    }
    let extra = events.extra(at: index)
    let isConversion = events.kind(at: index) == .convert && extra?.toAsset == nil
    guard !isConversion, asset.raw == events.assets[index] || extra?.legs.isEmpty == false else { return nil }
    let plan = BookingPlan(self)
    guard let group = plan.groups.firstIndex(where: { $0.members.contains(asset.raw) }) else { return nil }
    let (open, pieces) = BookingRun(self, plan, plan.rates(of: self), asOf: nil, pieces: true).around(index, of: group)
    // The gains of a closed year are not booked but kept.
    let frozen = closings.gains.filter { $0.event == event }
    let taken = (pieces.isEmpty ? frozen : pieces).filter { $0.asset == asset && $0.kind != .fee && $0.kind != .rocExcess }
    guard let first = taken.first else { return nil }
    let day = settings.zone.day(of: Instant(microseconds: events.times[index]))
    let portfolio = accounts[first.account]?.portfolio ?? ""
    let rule = settings.rule(of: portfolio, on: day)
    let pool = rule.scope == .global ? accounts(of: [portfolio]) : [first.account]
    let later = plan.groups[group].events.count { Int($0) > index && events.kind(at: Int($0)).choosesLots }
    return RecordedSale(
      event: event, asset: asset, account: first.account, day: day, quantity: taken.reduce(.zero) { (try? $0.adding($1.quantity)) ?? $0 },
      proceeds: taken.dropFirst().reduce(first.proceeds) { sum, piece in
        sum.with(piece.proceeds) { (a, b) throws(DecimalError) in Money(try a.amount.adding(b.amount), a.currency) }
      },
      proceedsBase: taken.dropFirst().reduce(first.proceedsBase) { sum, piece in
        sum.with(piece.proceedsBase) { (a, b) throws(DecimalError) in try a.adding(b) }
      }, lots: open.filter { $0.asset == asset && pool.contains($0.account) }, taken: taken, rule: rule,
      isChosen: extra?.lotSelector?.isEmpty == false, isClosed: closings.isClosed(day.year, of: portfolio), later: later)
  }
}

extension EventKind {
  /// Whether an event of the kind may say which lots it disposes of.
  public var choosesLots: Bool {
    switch self {
    case .sell, .swap, .convert, .redemption, .writeoff, .deliveryOut, .liquidation, .slash, .giftOut, .donateOut: true
    default: false
    }
  }
}

/// A lot that a disposal is to take, and how much of it.
public struct LotPick: Hashable, Sendable {
  /// The event that made the lot.
  public var event: EventID
  /// Units; nil is as many as the disposal still needs and the lot has.
  public var quantity: Decimal?
  /// What a unit of it costs, where the event made several lots that are open then.
  public var unitCost: Decimal?

  /// A lot, or a part of it.
  public init(event: EventID, quantity: Decimal? = nil, unitCost: Decimal? = nil) {
    self.event = event
    self.quantity = quantity
    self.unitCost = unitCost
  }
}

extension SaleWhatIf {
  /// A choice of lots as what a recorded sale is to take, in its order. Parts of one lot come together.
  public func picks(from places: [Int]) -> [LotPick] {
    func unitCost(_ lot: OpenLot) -> Decimal? { lot.cost.value.flatMap { try? $0.amount.divided(by: lot.quantity) } }
    var picks: [LotPick] = []
    var rest = quantity
    for place in places where lots.indices.contains(place) && rest.isPositive {
      let lot = lots[place]
      let siblings = Set(lots.filter { $0.event == lot.event }.map { unitCost($0) })
      let units = min(rest, lot.quantity)
      rest = (try? rest.subtracting(units)) ?? .zero
      let pick = LotPick(event: lot.event, quantity: units, unitCost: siblings.count > 1 ? unitCost(lot) : nil)
      if let same = picks.firstIndex(where: { $0.event == pick.event && $0.unitCost == pick.unitCost }) {
        picks[same].quantity = picks[same].quantity.flatMap { try? $0.adding(units) }
      } else {
        picks.append(pick)
      }
    }
    return picks
  }
}
