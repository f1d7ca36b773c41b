public import Amounts
public import Ledger

/// What came of the receipts of one group of assets, or of cash: made once, and shared by all ledgers of books in which that group
/// was not booked again.
final class IncomePart: Sendable {
  /// Kept, so that the place of its elements in memory says whether other receipts are these.
  private let receipts: ReceiptList
  /// By receipt: whether it counts and belongs to no distribution.
  let isOther: [Bool]
  /// Receipts that belong to distributions, by the distribution's id.
  let arrived: [Int64: [Int]]
  /// Where one receipt pays several distributions: the part of it that belongs to each.
  let shares: [Int64: IncomeLedger.Share]
  /// Whether amounts were compared at exchange rates, so that other rates may change what belongs together.
  let usesRates: Bool
  /// Assets that ever paid dividends or interest.
  let payers: Set<AssetID>
  /// Dividends and interest that belong to no distribution.
  let dividends: [AssetID: [Dated]]
  /// What belongs to no distribution, by day, kind and event.
  let others: [AssetID: [Dated]]
  /// Net income by asset and month.
  let months: IncomeMonths
  /// What the receipts that belong to no distribution add up to, without returned capital.
  let sums: IncomeLedger.OtherSums

  /// A receipt and its day.
  struct Dated: Sendable {
    let day: Day
    /// Its number in the part.
    let index: Int32
  }

  /// - Parameter declared: what is due by asset, by pay date.
  init(_ receipts: ReceiptList, _ declared: [AssetID: [DuePayment]], _ quotes: QuoteBook, asOf day: Day, zone: Zone) {
    self.receipts = receipts
    var isOther = [Bool](repeating: false, count: receipts.count)
    var arrived: [Int64: [Int]] = [:]
    var payers: Set<AssetID> = []
    var (dividends, others) = ([AssetID: [Dated]](), [AssetID: [Dated]]())
    var months = IncomeMonths(asOf: day)
    var sums = IncomeLedger.OtherSums()
    var clock = DayClock(zone: zone)
    var arrivals: [AssetID: [PaymentMatcher.Arrival]] = [:]
    func keep(_ arrival: PaymentMatcher.Arrival) {
      let receipt = arrival.receipt
      let dated = Dated(day: arrival.day, index: Int32(arrival.index))
      isOther[arrival.index] = true
      others[receipt.asset, default: []].append(dated)
      if receipt.kind == .dividend || receipt.kind == .interest { dividends[receipt.asset, default: []].append(dated) }
      if !Distribution.isReturnOfCapital(receipt.incomeKind) {
        sums.add(receipt.asset, receipt.grossBase, receipt.taxBase, receipt.netBase)
      }
    }
    for index in 0..<receipts.count {
      let receipt = receipts[index]
      let (kind, asset) = (receipt.kind, receipt.asset)
      let isDividend = kind == .dividend || kind == .interest
      if isDividend { payers.insert(asset) }
      let on = clock.day(of: receipt.time.microseconds)
      if on > day { continue }
      let net = receipt.netBase
      if kind != .returnOfCapital, let net = net.value { months.add(net, of: asset, on: on) }
      let arrival = PaymentMatcher.Arrival(index: index, day: on, receipt: receipt)
      if declared[asset] != nil, isDividend || kind == .returnOfCapital {
        arrivals[asset, default: []].append(arrival)
      } else {
        keep(arrival)
      }
    }
    var shares: [Int64: IncomeLedger.Share] = [:]
    var usesRates = false
    for asset in arrivals.keys.sorted() {
      guard let own = arrivals[asset], let dues = declared[asset] else { continue }
      var matcher = PaymentMatcher(dues, own, quotes)
      let result = matcher.matched()
      if result.usesRates { usesRates = true }
      for (due, found) in result.receipts { arrived[dues[due].distribution.id] = found }
      for (due, part) in result.parts { shares[dues[due].distribution.id] = IncomeLedger.Share(part: part.part, of: part.of) }
      let matched = Set(result.receipts.values.joined())
      for arrival in own where !matched.contains(arrival.index) { keep(arrival) }
    }
    for asset in others.keys { others[asset]?.sort { IncomePart.precedes($0, $1, receipts) } }
    (self.shares, self.usesRates) = (shares, usesRates)
    (self.isOther, self.arrived, self.payers, self.dividends, self.others) = (isOther, arrived, payers, dividends, others)
    (self.months, self.sums) = (months, sums)
  }

  /// Whether some receipts are the ones this was made of, unchanged.
  func isMade(of other: ReceiptList) -> Bool { receipts.isSame(as: other) }

  /// By day, kind and event.
  private static func precedes(_ a: Dated, _ b: Dated, _ receipts: ReceiptList) -> Bool {
    if a.day != b.day { return a.day < b.day }
    let (x, y) = (receipts.order(at: Int(a.index)), receipts.order(at: Int(b.index)))
    if x.kind != y.kind || x.subtype != y.subtype {
      let (k, l) = (x.subtype ?? x.kind.reportName, y.subtype ?? y.kind.reportName)
      if k != l { return k < l }
    }
    return (x.event, a.index) < (y.event, b.index)
  }
}

extension IncomeLedger {
  /// What receipts that belong to no distribution add up to, in base.
  public struct OtherSums: Sendable {
    /// Before tax.
    public private(set) var gross = Decimal.zero
    /// Withheld.
    public private(set) var tax = Decimal.zero
    /// After tax and fee.
    public private(set) var net = Decimal.zero
    /// Assets of which something is left out, with the first reason.
    public private(set) var without: [AssetID: Why] = [:]

    mutating func add(_ asset: AssetID, _ gross: Figure<Decimal>, _ tax: Figure<Decimal>, _ net: Figure<Decimal>) {
      guard let amount = gross.value else {
        if without[asset] == nil { without[asset] = gross.why }
        return
      }
      self.gross = (try? self.gross.adding(amount)) ?? self.gross
      self.tax = (try? self.tax.adding(tax.value ?? .zero)) ?? self.tax
      self.net = (try? self.net.adding(net.value ?? amount)) ?? self.net
    }

    mutating func add(_ other: OtherSums) {
      gross = (try? gross.adding(other.gross)) ?? gross
      tax = (try? tax.adding(other.tax)) ?? tax
      net = (try? net.adding(other.net)) ?? net
      without.merge(other.without) { first, _ in first }
    }
  }
}

extension Receipt {
  /// What kind of income reports call it: the finer kind, else the event's.
  public var incomeKind: String { subtype ?? kind.reportName }
}
