import Amounts
import Ledger

// florin.prices.v1 and florin.distributions.v1, FORMATS 1.
extension ExportFormat {
  static let florinPrices = ExportFormat(
    id: "florin.prices.v1", title: "Florin prices, NAVs and exchange rates", account: "Florin",
    tables: [.init(["date", "asset", "currency", "price", "kind"], optional: NativePrices.columns)],
    shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.prices.v1"])],
    decoding: .prepared(NativePrices.decoder))

  static let florinDistributions = ExportFormat(
    id: "florin.distributions.v1", title: "Florin distributions", account: "Florin",
    tables: [.init(["asset", "kind", "amount_per_token", "currency", "pay"], optional: NativeDistributions.columns)],
    shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.distributions.v1"])],
    decoding: .prepared(NativeDistributions.decoder))
}

/// Columns and decoder of florin.prices.v1.
enum NativePrices {
  /// All columns in the order they are written.
  static let columns = [
    "date", "asset", "currency", "price", "kind", "source", "method", "appraiser", "document", "published", "total_nav",
    "underlying_value", "debt", "supply", "adjusted",
  ]

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    let isPlain = columns[5...].allSatisfy { header.column($0) == nil }
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in try decode(row, isPlain && row.header === header, file) }
  }

  private static func decode(_ row: Row, _ isPlain: Bool, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    func name(_ column: String) throws(RowProblem) -> AssetRef {
      let bytes = row.bytes(row.header.column(column))
      if bytes.isEmpty { throw row.problem(column, .missing) }
      return AssetRef(file.names.text(bytes))
    }
    let kindText = try row.text("kind")
    guard let kind = QuoteDraft.Kind.allCases.first(where: { $0.code == kindText }) else {
      throw row.unknown("kind", known: QuoteDraft.Kind.allCases.map(\.code))
    }
    let price = try row.decimal("price")
    if price.isNegative || (price.isZero && kind == .fx) { throw row.problem("price", .inconsistent("must be above zero")) }
    var quote = QuoteDraft(day: try row.day("date"), asset: try name("asset"), currency: try name("currency"), price: price, kind: kind)
    if !isPlain {
      quote.source = row.raw("source")
      quote.isAdjusted = try Native.yesNo(row, "adjusted") ?? false
      var nav = NavFacts()
      (nav.method, nav.appraiser, nav.document) = (row.optionalText("method"), row.optionalText("appraiser"), row.optionalText("document"))
      nav.published = try row.optionalDay("published")
      (nav.totalNav, nav.underlyingValue) = (try row.optionalDecimal("total_nav"), try row.optionalDecimal("underlying_value"))
      (nav.debt, nav.supply) = (try row.optionalDecimal("debt"), try row.optionalDecimal("supply"))
      if nav != NavFacts() { quote.nav = nav }
    }
    return .facts([.quote(quote)])
  }
}

/// Columns and decoder of florin.distributions.v1.
enum NativeDistributions {
  /// All columns in the order they are written.
  static let columns = [
    "asset", "kind", "declared", "ex", "record", "pay", "basis", "from", "to", "amount_per_token", "currency", "note",
  ]

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    return decode
  }

  private static func decode(_ row: Row, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    var draft = DistributionDraft(
      asset: AssetRef(try row.text("asset")), kind: try row.text("kind"), amountPerToken: try row.decimal("amount_per_token"),
      currency: AssetRef(try row.text("currency")))
    (draft.declared, draft.ex, draft.record) = (try row.optionalDay("declared"), try row.optionalDay("ex"), try row.optionalDay("record"))
    (draft.pay, draft.from, draft.to) = (try row.optionalDay("pay"), try row.optionalDay("from"), try row.optionalDay("to"))
    switch row.raw("basis") {
    case "", "record": draft.isDaily = false
    case "daily": draft.isDaily = true
    default: throw row.unknown("basis", known: ["record", "daily"])
    }
    if draft.isDaily && (draft.from == nil || draft.to == nil) { throw row.problem(draft.from == nil ? "from" : "to", .missing) }
    if let from = draft.from, let to = draft.to, to < from { throw row.problem("to", .inconsistent("is before \"from\"")) }
    draft.note = row.raw("note")
    return .facts([.distribution(draft)])
  }
}
