public import Amounts

/// The less common facts of a stored event.
///
/// There are many of them and most events have none, while booking asks every event for them at every turn. So they stand behind one
/// reference: a copy is a pointer, and none at all costs nothing.
public struct EventExtra: Hashable, Sendable {
  /// What is known, all of it missing at first.
  private struct Facts: Hashable {
    var toAsset: AssetID?
    var toQuantity: Decimal?
    var ratio: Ratio?
    var subtype: String?
    var fxRate: Decimal?
    var settleCurrency: Currency?
    var settleDate: Day?
    var basisShare: Decimal?
    var acquired: Day?
    var lotSelector: String?
    var accrued: Decimal?
    var taxCountry: String?
    var taxRate: Decimal?
    var txHash: String?
    var note: String?
    var legs: [Leg] = []
    var timeText: String?
    var tradeKey: String?
  }

  /// Never changed while anybody else holds it.
  private final class Box: @unchecked Sendable {
    var facts: Facts
    init(_ facts: Facts) { self.facts = facts }
  }
  private var box: Box
  private static let empty = Box(Facts())

  /// No extra facts.
  public init() { box = EventExtra.empty }

  /// What arrives in a swap, DRIP, migration, merger or spin-off.
  public var toAsset: AssetID? {
    get { box.facts.toAsset }
    set { edit { $0.toAsset = newValue } }
  }
  /// How much of it.
  public var toQuantity: Decimal? {
    get { box.facts.toQuantity }
    set { edit { $0.toQuantity = newValue } }
  }
  /// New:old.
  public var ratio: Ratio? {
    get { box.facts.ratio }
    set { edit { $0.ratio = newValue } }
  }
  /// A finer kind.
  public var subtype: String? {
    get { box.facts.subtype }
    set { edit { $0.subtype = newValue } }
  }
  /// Units of the settle currency (else of the base currency) for one unit of the event's currency.
  public var fxRate: Decimal? {
    get { box.facts.fxRate }
    set { edit { $0.fxRate = newValue } }
  }
  /// The currency of the cash leg, when it is not the price's.
  public var settleCurrency: Currency? {
    get { box.facts.settleCurrency }
    set { edit { $0.settleCurrency = newValue } }
  }
  /// When it settled.
  public var settleDate: Day? {
    get { box.facts.settleDate }
    set { edit { $0.settleDate = newValue } }
  }
  /// 0...1 of the parent's cost that goes to a spin-off.
  public var basisShare: Decimal? {
    get { box.facts.basisShare }
    set { edit { $0.basisShare = newValue } }
  }
  /// The donor's or an earlier acquisition date.
  public var acquired: Day? {
    get { box.facts.acquired }
    set { edit { $0.acquired = newValue } }
  }
  /// Which lots leave, as JSON.
  public var lotSelector: String? {
    get { box.facts.lotSelector }
    set { edit { $0.lotSelector = newValue } }
  }
  /// Accrued interest paid on a purchase.
  public var accrued: Decimal? {
    get { box.facts.accrued }
    set { edit { $0.accrued = newValue } }
  }
  /// Country that withheld.
  public var taxCountry: String? {
    get { box.facts.taxCountry }
    set { edit { $0.taxCountry = newValue } }
  }
  /// The rate withheld, as a fraction.
  public var taxRate: Decimal? {
    get { box.facts.taxRate }
    set { edit { $0.taxRate = newValue } }
  }
  /// The transaction's hash.
  public var txHash: String? {
    get { box.facts.txHash }
    set { edit { $0.txHash = newValue } }
  }
  /// A remark.
  public var note: String? {
    get { box.facts.note }
    set { edit { $0.note = newValue } }
  }
  /// All movements, when they are more than the usual ones.
  public var legs: [Leg] {
    get { box.facts.legs }
    set { edit { $0.legs = newValue } }
  }
  /// The time as written.
  public var timeText: String? {
    get { box.facts.timeText }
    set { edit { $0.timeText = newValue } }
  }
  /// What identifies the same trade in other exports of the same source.
  public var tradeKey: String? {
    get { box.facts.tradeKey }
    set { edit { $0.tradeKey = newValue } }
  }

  private mutating func edit(_ change: (inout Facts) -> Void) {
    if !isKnownUniquelyReferenced(&box) { box = Box(box.facts) }
    change(&box.facts)
  }

  /// Whether the same is known.
  public static func == (a: EventExtra, b: EventExtra) -> Bool { a.box === b.box || a.box.facts == b.box.facts }
  /// Equal facts hash alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.facts) }
}
