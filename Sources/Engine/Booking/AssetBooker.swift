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
  let usesSelectors: Bool
  /// When the rules change next, and since when those hold that the shelf follows.
  var nextSwitch: Int64
  var followed = Int64.min
  /// How often the event that is being booked has taken lots of each asset.
  var takes = Takes()
  /// Closed years.
  let frozen: FrozenYears
  /// What events took, while it is noted.
  var pins: [LotPin] = []
  /// What was earned at each place.
  var earned: [Earned]
  let accounts: Int
  var pieces: [GainPiece] = []
  var receipts = ReceiptList()
  var issues: [BookingIssue] = []
  /// Exchange rates that were asked for in vain.
  var gaps = RateGaps()
  /// Returns of capital whose lots are not known yet, the next record day last.
  var awaited: [AwaitedRecord] = []
  /// The lots of those whose record day has passed, by the payment's position.
  var entitled: [Int: [EntitledLot]] = [:]
  /// What lots cost before the spin-offs of one instant.
  var beforeSpinOff: SpinOffBasis?
  /// Accrued interest paid that no coupon has given back yet.
  var accruals: [AccruedInterest] = []
  /// What loans owe, by place: oldest first.
  var debts: [Int: [Debt]] = [:]
  /// The lots a disposal takes, kept so that a million disposals do not allocate a million arrays.
  var taken: [Lot] = []

  /// - Parameters:
  ///   - members: the group's assets, ascending.
  ///   - accounts: one more than the highest account id.
  init(money: EventMoney, members: [Int32], accounts: Int, wantsPieces: Bool) {
    self.money = money
    self.events = money.book.events
    self.members = Members(members)
    self.accounts = accounts
    self.wantsPieces = wantsPieces
    shelf = LotShelf(money.book.settings, money.rules, members: members.count, accounts: accounts)
    frozen = money.frozen
    usesSelectors = money.rules.usesSelectors
    nextSwitch = money.rules.switches.first ?? .max
    earned = Array(repeating: Earned(), count: members.count * accounts)
  }

  /// What an account earned with an asset: the part of a position that events add up, one by one.
  struct Earned {
    var realizedBase = Decimal.zero
    var incomeBase = Decimal.zero
    var unknownGains = 0
    var unknownReceipts = 0
    var chargesBase = Decimal.zero
    var unknownCharges = 0
    var carriedBase = Decimal.zero
    /// The gravest reasons for what is unknown.
    var gainsWhy: Why?
    var receiptsWhy: Why?
    var chargesWhy: Why?
    /// Whether anything was earned, be it nothing.
    var isAny = false

    func add(to position: inout Position) {
      position.realizedBase = realizedBase
      position.incomeBase = incomeBase
      position.unknownGains = unknownGains
      position.unknownReceipts = unknownReceipts
      position.gainsWhy = gainsWhy
      position.receiptsWhy = receiptsWhy
      position.chargesBase = chargesBase
      position.unknownCharges = unknownCharges
      position.chargesWhy = chargesWhy
      position.carriedBase = carriedBase
    }
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
    try units.scaled(by: ratio)
  }

  /// Books one event, as far as it touches the group.
  mutating func book(_ index: Int) {
    if !awaited.isEmpty { passRecords(before: events.times[index]) }
    do throws(DecimalError) {
      if events.times[index] >= nextSwitch { try followRules(to: events.times[index]) }
      if let extra = events.extra(at: index), !extra.legs.isEmpty {
        try bookLegs(index, extra.legs)
      } else {
        try bookPrincipal(index)
        try bookCurrency(index)
        try bookFee(index)
      }
      if members.contains(money.chargedAsset(index)), let charge = try money.openCharge(index) { try bear(charge, index) }
    } catch {
      report(.overflow, index, AssetID(events.assets[index]), events.accounts[index], nil)
    }
  }

  // MARK: Result

  /// What is held now, without the lots themselves.
  func held() -> [Position] {
    members.all.flatMap { asset in
      shelf.contents(slot(asset)).map { content in
        var position = Position(asset: AssetID(asset), account: AccountID(content.account))
        content.summarize(&position)
        return position
      }
    }
  }

  /// Turns the lots into positions and open lots, ordered by asset and account.
  ///
  /// - Parameter end: the last moment that counts: rules that begin up to then hold for what is open, though no event follows them.
  ///   `Int64.max` is the last event.
  mutating func finish(at end: Int64) -> Booking {
    let last = end == .max ? events.times.last ?? .min : end
    if last >= nextSwitch { try? followRules(to: last) }
    if !frozen.isNothing { addFrozenGains(upTo: end) }
    var booking = Booking(base: money.rates.base)
    booking.pieces = pieces
    booking.receipts = Receipts(receipts)
    booking.issues = gaps.isEmpty ? issues : issues + gaps.issues
    booking.pins = pins
    for asset in members.all {
      var contents = shelf.contents(slot(asset))
      var next = 0
      for account in 0..<Int32(accounts) {
        let place = place(asset, account)
        let isHeld = next < contents.count && contents[next].account == account
        if !earned[place].isAny && !isHeld { continue }
        var position = Position(asset: AssetID(asset), account: AccountID(account))
        earned[place].add(to: &position)
        if isHeld {
          if !debts.isEmpty { contents[next].debts = debts[place] ?? [] }
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
