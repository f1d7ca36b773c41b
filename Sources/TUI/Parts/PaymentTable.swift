import Amounts
import Engine
import Ledger
import Reports
import TermKit

/// Payments as a table: on the income screen, and on an asset's page without the asset.
enum PaymentField: CaseIterable {
  case pay, asset, kind, status, difference, gross, tax, net, currency, entitled, perToken, record, ex, declared, netBase

  var column: TermKit.Column {
    switch self {
    case .pay: Column("Pay", min: 10, ideal: 10, priority: 200)
    case .asset: Column("Asset", min: 6, ideal: 8, priority: 190)
    case .kind: Column("Kind", min: 6, ideal: 10, flex: 1, priority: 60)
    case .status: Column("Status", min: 11, ideal: 11, priority: 180)
    case .difference: Column("Off by", .right, min: 9, ideal: 11, priority: 130)
    case .gross: Column("Gross", .right, min: 9, ideal: 11, priority: 170)
    case .tax: Column("Tax", .right, min: 7, ideal: 9, priority: 80)
    case .net: Column("Net", .right, min: 9, ideal: 11, priority: 150)
    case .currency: Column("Cur", min: 3, ideal: 4, priority: 165)
    case .entitled: Column("Entitled", .right, min: 9, ideal: 11, priority: 90)
    case .perToken: Column("Per token", .right, min: 9, ideal: 10, priority: 85)
    case .record: Column("Record", min: 10, ideal: 10, priority: 75)
    case .ex: Column("Ex", min: 10, ideal: 10, priority: 40)
    case .declared: Column("Declared", min: 10, ideal: 10, priority: 35)
    case .netBase: Column("Net, base", .right, min: 9, ideal: 11, priority: 70)
    }
  }

  func cell(_ row: IncomeRow, _ figures: Figures) -> TableCell {
    switch self {
    case .pay: return PaymentField.day(row.pay, row.status == .overdue ? Style(.overdue) : .text)
    case .asset: return TableCell(row.asset.text, .title)
    case .kind: return TableCell(row.kind, .muted)
    case .status: return TableCell(row.status.sign + " " + row.status.word, row.status.style)
    case .difference: return missing(row, figures)
    case .gross: return figures.money(row.gross, row.status.isReceived ? .text : row.status.style)
    case .tax: return row.status.isReceived ? figures.money(row.tax, .muted) : TableCell("–", .muted)
    case .net: return row.status.isReceived ? figures.money(row.net) : TableCell("–", .muted)
    case .currency: return TableCell(row.currency ?? "", .muted)
    case .entitled: return row.entitledQuantity.value.map { figures.quantity($0) } ?? TableCell("–", .muted)
    case .perToken: return figures.price(row.perToken)
    case .record: return PaymentField.day(row.record, .muted)
    case .ex: return PaymentField.day(row.ex, .muted)
    case .declared: return PaymentField.day(row.declared, .muted)
    case .netBase: return figures.money(row.netBase, .muted)
    }
  }

  private static func day(_ day: Day?, _ style: Style) -> TableCell {
    day.map { TableCell("\($0)", style) } ?? TableCell("–", .muted)
  }

  /// What is still to come of a payment that is late or short, and what came too much; nothing to say about the others.
  private func missing(_ row: IncomeRow, _ figures: Figures) -> TableCell {
    switch row.status {
    case .overdue:
      return figures.money(row.expected.map { (due) throws(DecimalError) in Money(-due.amount, due.currency) }, Style(.overdue))
    case .shortPaid, .overPaid:
      return figures.gain(row.difference.map { (difference) throws(DecimalError) in difference.amount })
    case .declared, .estimated, .received: return TableCell("")
    }
  }

  /// What a column is sorted by.
  private enum SortKey {
    case number(Decimal?)
    case day(Day?)
    case text(String)
  }

  private func key(_ row: IncomeRow) -> SortKey {
    switch self {
    case .pay: .day(row.pay)
    case .asset: .text(row.asset.text)
    case .kind: .text(row.kind)
    case .status: .text(row.status.word)
    case .difference: .number(row.status == .overdue ? row.expected.value.map { -$0.amount } : row.difference.value?.amount)
    case .gross: .number(row.gross.value?.amount)
    case .tax: .number(row.tax.value?.amount)
    case .net: .number(row.net.value?.amount)
    case .currency: .text(row.currency ?? "")
    case .entitled: .number(row.entitledQuantity.value)
    case .perToken: .number(row.perToken.value?.perUnit)
    case .record: .day(row.record)
    case .ex: .day(row.ex)
    case .declared: .day(row.declared)
    case .netBase: .number(row.netBase.value)
    }
  }

  /// Places in order; what is unknown comes last either way.
  static func sorted(_ places: [Int32], _ rows: LazyRows<IncomeRow>, by field: PaymentField, descending: Bool) -> [Int32] {
    func ordered<Key: Comparable>(_ keys: [(key: Key?, place: Int32)]) -> [Int32] {
      keys.sorted { a, b in
        switch (a.key, b.key) {
        case (let x?, let y?): x == y ? a.place < b.place : descending ? x > y : x < y
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): a.place < b.place
        }
      }.map(\.place)
    }
    var (numbers, days, texts): ([(Decimal?, Int32)], [(Day?, Int32)], [(String?, Int32)]) = ([], [], [])
    for place in places {
      switch field.key(rows[Int(place)]) {
      case .number(let number): numbers.append((number, place))
      case .day(let day): days.append((day, place))
      case .text(let text): texts.append((text, place))
      }
    }
    return ordered(numbers.map { (key: $0.0, place: $0.1) }) + ordered(days.map { (key: $0.0, place: $0.1) })
      + ordered(texts.map { (key: $0.0, place: $0.1) })
  }
}

extension IncomeStatus {
  /// A sign, so that colour is never alone.
  var sign: String {
    switch self {
    case .declared: "○"
    case .estimated: "~"
    case .received: "="
    case .overdue: "!"
    case .shortPaid: "-"
    case .overPaid: "+"
    }
  }

  /// The word people read.
  var word: String {
    switch self {
    case .shortPaid: "short"
    case .overPaid: "over"
    default: rawValue
    }
  }

  var style: Style {
    switch self {
    case .declared: Style(.declared)
    case .estimated: Style(.estimate)
    case .received: .muted
    case .overdue: Style(.overdue, .bold)
    case .shortPaid: Style(.loss, .bold)
    case .overPaid: Style(.warning)
    }
  }
}

/// What a payment's status means, in a sentence.
enum PaymentSentence {
  static func text(_ row: IncomeRow, asOf: Day, isPrivate: Bool) -> String {
    func amount(_ money: Figure<Money>) -> String {
      guard let money = money.value else { return "n/a" }
      return isPrivate ? Figures.hidden : NumberText.money(money.amount.magnitude) + (row.currency.map { " " + $0 } ?? "")
    }
    let promise: String =
      if let units = row.entitledQuantity.value, let each = row.perToken.value {
        "\(amount(row.expected)) for \(isPrivate ? Figures.hidden : NumberText.quantity(units)) x \(NumberText.quantity(each.perUnit))"
      } else {
        amount(row.expected)
      }
    let day = row.pay.map { "\($0)" } ?? "an unknown day"
    switch row.status {
    case .overdue: return "due \(day), \(row.pay.map { asOf - $0 } ?? 0) days ago: \(promise); nothing has arrived"
    case .shortPaid: return "promised \(promise); \(amount(row.gross)) arrived, \(amount(row.difference)) short"
    case .overPaid: return "promised \(promise); \(amount(row.gross)) arrived, \(amount(row.difference)) more"
    case .declared: return "declared, to be paid \(day): \(promise)"
    case .estimated: return "estimated from the policy or from history, around \(day): \(promise)"
    case .received:
      return row.expected.isKnown
        ? "arrived as promised: \(promise)" : "arrived; no distribution announced it, so there is nothing to compare with"
    }
  }
}
