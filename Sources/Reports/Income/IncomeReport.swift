public import Amounts
public import Engine
import Ledger

extension IncomeReport {
  /// Income at the end of a day: what was declared, what arrived and what is expected.
  public init(_ book: Book, _ booking: Booking, asOf: Day, by grouping: Grouping = .payment, filter: Filter = .all) {
    self.init(
      book, booking, Valuer(book: book, on: asOf), IncomeLedger(book, booking, asOf: asOf), by: grouping, filter: filter)
  }

  /// Income, with the valuer and the matching there already.
  public init(
    _ book: Book, _ booking: Booking, _ valuer: Valuer, _ ledger: IncomeLedger, by grouping: Grouping = .payment, filter: Filter = .all
  ) {
    let names = Names(book)
    let maker = IncomeMaker(book: book, booking: booking, valuer: valuer, ledger: ledger, names: names)
    let payments = ledger.payments.count
    let make: @Sendable (Int) -> IncomeRow = { place in
      place < payments ? maker.row(of: ledger.payments[place]) : maker.row(ofReceipt: place - payments)
    }
    if filter.isEmpty, grouping == .payment {
      let all = IncomeLines(booking, ledger, book, names) { make($0) }
      self.init(
        asOf: valuer.day, currency: names.currency(valuer.base), rows: LazyRows(all.places, make: make), groups: [],
        grossBase: all.sums.gross, taxBase: all.sums.tax, netBase: all.sums.net, overdue: all.overdue, excluded: all.excluded)
      return
    }
    var places = (0..<Int32(payments)).map { $0 } + ledger.others.map { Int32(payments + $0) }
    if !filter.isEmpty { places = places.filter { filter.matches(make(Int($0))) } }
    var sums = Sums()
    var groups: [GroupKey: Sums] = [:]
    var excluded: [Exclusion] = []
    var overdue = 0
    for place in places {
      let row = make(Int(place))
      if row.status == .overdue { overdue += 1 }
      // Returned capital is listed, and is no income.
      if !row.status.isReceived || row.isReturnOfCapital { continue }
      if let why = sums.add(row) {
        if !excluded.contains(where: { $0.asset == row.asset }) { excluded.append(Exclusion(asset: row.asset, what: "income", why: why)) }
        continue
      }
      if grouping != .payment { _ = groups[GroupKey(key: grouping.key(of: row), kind: row.kind), default: Sums()].add(row) }
    }
    if grouping == .payment {
      places = IncomeReport.sorted(places, make)
    } else {
      places = []
    }
    let grouped = groups.sorted { ($0.key.key, $0.key.kind) < ($1.key.key, $1.key.kind) }.map { key, sums in
      IncomeGroupRow(key: key.key, kind: key.kind, grossBase: sums.gross, taxBase: sums.tax, netBase: sums.net)
    }
    self.init(
      asOf: valuer.day, currency: names.currency(valuer.base), rows: LazyRows(places, make: make), groups: grouped,
      grossBase: sums.gross, taxBase: sums.tax, netBase: sums.net, overdue: overdue,
      excluded: excluded.sorted { AssetLabel.precedes($0.asset, $1.asset) })
  }

  /// By pay date (none last), asset, kind, event.
  private static func sorted(_ places: [Int32], _ make: (Int) -> IncomeRow) -> [Int32] {
    let keys = places.map { place in
      let row = make(Int(place))
      return (pay: row.pay?.ordinal ?? Int32.max, asset: row.asset.text, kind: row.kind, event: row.event?.raw ?? Int64.max, place: place)
    }
    return keys.sorted { a, b in
      if a.pay != b.pay { return a.pay < b.pay }
      if a.asset != b.asset { return a.asset.utf8.lexicographicallyPrecedes(b.asset.utf8) }
      return (a.kind, a.event, a.place) < (b.kind, b.event, b.place)
    }.map(\.place)
  }

  private struct GroupKey: Hashable {
    let key: String
    let kind: String
  }

  struct Sums {
    var gross = Decimal.zero
    var tax = Decimal.zero
    var net = Decimal.zero

    /// Adds what is added up already.
    mutating func add(_ other: IncomeLedger.OtherSums) {
      gross = (try? gross.adding(other.gross)) ?? gross
      tax = (try? tax.adding(other.tax)) ?? tax
      net = (try? net.adding(other.net)) ?? net
    }

    /// Adds a payment that arrived; says why when it cannot.
    mutating func add(_ row: IncomeRow) -> Why? { add(row.grossBase, row.taxBase, row.netBase) }

    mutating func add(_ gross: Figure<Decimal>, _ tax: Figure<Decimal>, _ net: Figure<Decimal>) -> Why? {
      guard let amount = gross.value else { return gross.why }
      self.gross = (try? self.gross.adding(amount)) ?? self.gross
      self.tax = (try? self.tax.adding(tax.value ?? .zero)) ?? self.tax
      self.net = (try? self.net.adding(net.value ?? amount)) ?? self.net
      return nil
    }
  }
}

extension IncomeReport.Grouping {
  /// The group a payment belongs to.
  func key(of row: IncomeRow) -> String {
    if self == .asset { return row.asset.text }
    let period: IncomeGrid.Period = self == .year ? .year : self == .quarter ? .quarter : .month
    return row.pay.map { period.key(of: $0) } ?? "unknown"
  }
}

/// Makes income rows out of payments and receipts.
struct IncomeMaker: Sendable {
  let book: Book
  let booking: Booking
  let valuer: Valuer
  let ledger: IncomeLedger
  let names: Names
  private let onCost: [AssetID: Figure<Decimal>]
  private let often: [AssetID: PaymentFrequency]

  init(book: Book, booking: Booking, valuer: Valuer, ledger: IncomeLedger, names: Names) {
    self.book = book
    self.booking = booking
    self.valuer = valuer
    self.ledger = ledger
    self.names = names
    var onCost: [AssetID: Figure<Decimal>] = [:]
    let held = HeldUnits(booking)
    for asset in Set(ledger.byAsset.keys).union(ledger.otherDividends.keys) {
      let (quantity, cost) = held[asset]
      onCost[asset] = ledger.yields(of: asset, held: quantity, costBase: cost, book, booking, valuer).onCost
    }
    self.onCost = onCost
    often = Dictionary(uniqueKeysWithValues: onCost.keys.compactMap { key in ledger.frequency(of: key).map { (key, $0) } })
  }

  /// A payment with a distribution, or an estimate of one.
  func row(of payment: IncomeLedger.Payment) -> IncomeRow {
    let distribution = payment.distribution
    let hasArrived = payment.status.isReceived
    let gross = hasArrived && payment.received.isKnown ? payment.received : payment.expected
    var (tax, net): (Figure<Money>, Figure<Money>) = (.unknown(.notStated), .unknown(.notStated))
    var (grossBase, taxBase, netBase): (Figure<Decimal>, Figure<Decimal>, Figure<Decimal>)
    if payment.receipts.isEmpty {
      let day = min(distribution.pay ?? valuer.day, valuer.day)
      grossBase = gross.with(gross.value.map { book.quotes.rate(from: $0.currency, to: valuer.base, on: day) } ?? .unknown(.noRate)) {
        (gross, rate) throws(DecimalError) in try gross.amount.multiplied(by: rate)
      }
      (taxBase, netBase) = (.unknown(.notStated), .unknown(.notStated))
    } else {
      let receipts = payment.receipts.map { booking.receipts[$0] }
      let share = payment.share
      (tax, net) = IncomeMaker.taxAndNet(receipts)
      if let share {
        tax = tax.map { (money) throws(DecimalError) in Money(share.applied(to: money.amount), money.currency) }
        net = net.map { (money) throws(DecimalError) in Money(share.applied(to: money.amount), money.currency) }
      }
      func sum(_ figure: KeyPath<Receipt, Figure<Decimal>>) -> Figure<Decimal> {
        total(receipts.map { $0[keyPath: figure] }).map { (sum) throws(DecimalError) in share?.applied(to: sum) ?? sum }
      }
      (grossBase, taxBase, netBase) = (sum(\.grossBase), sum(\.taxBase), sum(\.netBase))
    }
    let difference: Figure<Money> =
      hasArrived
      ? payment.received.value.flatMap { got in payment.expected.value.map { got.adding(Money(-$0.amount, $0.currency)) } }
        ?? .unknown(.notStated) : .unknown(.notStated)
    return IncomeRow(
      asset: names.asset(distribution.asset), kind: distribution.kind, declared: distribution.declared, ex: distribution.ex,
      record: distribution.record, pay: distribution.pay, status: payment.status, entitledQuantity: payment.entitled,
      perToken: .known(distribution.amountPerToken), gross: gross, tax: tax, net: net, currency: names.currency(gross),
      grossBase: grossBase, taxBase: taxBase, netBase: netBase, yieldOnCost: onCost[distribution.asset] ?? .unknown(.notStated),
      event: payment.receipts.first.map { booking.receipts[$0].event }, expected: payment.expected, difference: difference,
      frequency: often[distribution.asset])
  }

  /// A receipt that no distribution announced.
  func row(ofReceipt place: Int) -> IncomeRow {
    let receipt = booking.receipts[place]
    let pay = book.settings.zone.day(of: receipt.time)
    let (tax, net) = IncomeMaker.taxAndNet([receipt])
    let entitled: Figure<Decimal> = receipt.entitled.map { .known($0) } ?? .unknown(.notStated)
    let perToken: Figure<Price> =
      entitled.value?.isZero == true
      ? .unknown(.zeroBase)
      : receipt.gross.with(entitled) { (gross, units) throws(DecimalError) in Price(try gross.amount.divided(by: units), gross.currency) }
    return IncomeRow(
      asset: names.asset(receipt.asset), kind: receipt.incomeKind, declared: nil, ex: nil, record: nil, pay: pay, status: .received,
      entitledQuantity: entitled, perToken: perToken, gross: receipt.gross, tax: tax, net: net, currency: names.currency(receipt.gross),
      grossBase: receipt.grossBase, taxBase: receipt.taxBase, netBase: receipt.netBase,
      yieldOnCost: onCost[receipt.asset] ?? .unknown(.notStated), event: receipt.event, expected: .unknown(.notStated),
      difference: .unknown(.notStated), frequency: often[receipt.asset])
  }

  private static func taxAndNet(_ receipts: [Receipt]) -> (tax: Figure<Money>, net: Figure<Money>) {
    var tax: Figure<Money>?
    var net: Figure<Money>?
    for receipt in receipts {
      guard let gross = receipt.gross.value else {
        return (.unknown(receipt.gross.why ?? .nothing), .unknown(receipt.gross.why ?? .nothing))
      }
      let own = Money(receipt.tax, gross.currency)
      let left = Figure.known(gross).map { (gross) throws(DecimalError) in
        Money(try gross.amount.subtracting(receipt.tax).subtracting(receipt.fee).subtracting(receipt.accrued), gross.currency)
      }
      tax = tax.map { sum in sum.value.map { $0.adding(own) } ?? sum } ?? .known(own)
      net = net.map { sum in sum.value.flatMap { a in left.value.map { a.adding($0) } } ?? sum } ?? left
    }
    return (tax ?? .unknown(.notStated), net ?? .unknown(.notStated))
  }

  private func total(_ figures: [Figure<Decimal>]) -> Figure<Decimal> {
    guard var sum = figures.first else { return .unknown(.nothing) }
    for figure in figures.dropFirst() { sum = sum.with(figure) { (a, b) throws(DecimalError) in try a.adding(b) } }
    return sum
  }
}

/// Units held and their cost in base, by asset over all accounts.
struct HeldUnits {
  private var held: [AssetID: (Decimal, Figure<Decimal>)] = [:]

  init(_ booking: Booking) {
    for position in booking.positions where !position.quantity.isZero {
      let before = held[position.asset] ?? (.zero, .known(.zero))
      let isCash = position.cost == .unknown(.cash)
      let cost: Figure<Decimal> = isCash ? .known(.zero) : position.costBaseFigure
      held[position.asset] = (
        (try? before.0.adding(position.quantity)) ?? before.0, before.1.with(cost) { (a, b) throws(DecimalError) in try a.adding(b) }
      )
    }
  }

  /// Held assets in id order.
  var assets: [AssetID] { held.keys.sorted() }
  /// Units and cost of an asset.
  subscript(asset: AssetID) -> (quantity: Decimal, cost: Figure<Decimal>) { held[asset] ?? (.zero, .unknown(.nothing)) }
}
