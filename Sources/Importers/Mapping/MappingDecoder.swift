import Amounts
import Ledger

/// Reads the rows of a mapped table.
struct MappingDecoder: Sendable {
  private let mapping: Mapping

  init(_ mapping: Mapping) { self.mapping = mapping }

  /// The types a word may stand for.
  static let kinds = EventKind.allCases.map(\.code)

  static func kind(_ code: String) -> EventKind? { EventKind(code: code) }

  func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    let quantity = try number(row, .quantity)
    let gross = try number(row, .gross)
    guard let kind = try kind(row, sign: quantity ?? gross) else { return .ignored("the mapping leaves out \"\(text(row, .type) ?? "")\"") }
    let currency = text(row, .currency).map { KnownMoney.asset($0) }
    guard let asset = text(row, .asset).map({ KnownMoney.asset($0) }) ?? currency else { throw missing(row, .asset) }
    guard let column = mapping.columns[.timestamp] else { throw missing(row, .timestamp) }
    var event = EventDraft(
      kind, at: try row.moment(column, mapping.times), asset: asset, quantity: kind == .adjust ? quantity : quantity?.magnitude)
    (event.price, event.currency) = (try number(row, .price)?.magnitude, currency)
    event.gross = gross?.magnitude ?? product(event)
    event.quantity = event.quantity ?? (asset == currency ? event.gross : nil)
    if event.quantity == nil { throw missing(row, .quantity) }
    if event.gross != nil && currency == nil { throw missing(row, .currency) }
    if let fee = try number(row, .fee)?.magnitude, !fee.isZero {
      guard let feeAsset = text(row, .feeAsset).map({ KnownMoney.asset($0) }) ?? currency else { throw missing(row, .feeAsset) }
      event.charge(fee, feeAsset)
    }
    event.tax = try number(row, .tax)?.magnitude
    (event.account, event.externalID) = (text(row, .account), text(row, .id))
    let to = text(row, .toAsset).map { KnownMoney.asset($0) }
    let toQuantity = try number(row, .toQuantity)?.magnitude
    let (subtype, hash, note) = (text(row, .subtype), text(row, .txHash), text(row, .note))
    if to != nil || toQuantity != nil || subtype != nil || hash != nil || note != nil {
      event.detail { ($0.toAsset, $0.toQuantity, $0.subtype, $0.txHash, $0.note) = (to, toQuantity, subtype, hash, note) }
    }
    if kind == .swap, to == nil || toQuantity == nil { throw missing(row, to == nil ? .toAsset : .toQuantity) }
    return .event(event)
  }

  private func product(_ event: EventDraft) -> Decimal? {
    guard let price = event.price, let quantity = event.quantity else { return nil }
    return try? price.multiplied(by: quantity, places: 18)
  }

  /// What the type cell means; nil is to be left out. Without a type column the sign tells what arrives and what leaves.
  private func kind(_ row: Row, sign: Decimal?) throws(RowProblem) -> EventKind? {
    guard let word = text(row, .type) else { return sign?.isNegative == true ? .withdraw : .deposit }
    let meaning = mapping.types[word.lowercased()] ?? word
    if meaning == "ignore" { return nil }
    if let kind = EventKind(code: meaning) { return kind }
    throw row.unknown(mapping.columns[.type] ?? "type", known: mapping.types.keys.sorted() + MappingDecoder.kinds)
  }

  private func text(_ row: Row, _ field: Mapping.Field) -> String? {
    mapping.columns[field].flatMap { row.optionalText($0) } ?? mapping.defaults[field]
  }

  private func number(_ row: Row, _ field: Mapping.Field) throws(RowProblem) -> Decimal? {
    if let column = mapping.columns[field], let amount = try row.optionalAmount(column) { return amount.value }
    return mapping.defaults[field].flatMap { row.number($0) }
  }

  private func missing(_ row: Row, _ field: Mapping.Field) -> RowProblem { row.problem(mapping.columns[field] ?? field.rawValue, .missing) }
}
