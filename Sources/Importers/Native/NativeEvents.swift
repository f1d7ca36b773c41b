import Amounts
import Ledger

// florin.events.v1: Florin's own events, FORMATS 1. The hot path of every large import, so columns are looked up once per file and
// numbers and times are read from the bytes.
extension ExportFormat {
  static let florinEvents = ExportFormat(
    id: "florin.events.v1", title: "Florin events", account: "Florin",
    tables: [.init(["timestamp", "type", "asset"], optional: NativeEvents.columns)],
    shapes: [.init(rows: ["rows[]"], optional: NativeEvents.paths, scalars: ["format": "florin.events.v1"])],
    idsAreUnique: true, decoding: .prepared(NativeEvents.decoder))
}

/// Columns and decoder of florin.events.v1.
enum NativeEvents {
  /// All columns in the order they are written.
  static let columns = [
    "id", "timestamp", "type", "account", "to_account", "asset", "quantity", "price", "currency", "gross", "fee", "fee_asset", "fee_value",
    "tax", "ratio", "subtype", "fx_rate", "settle_currency", "settle_date", "to_asset", "to_quantity", "basis_share", "acquired",
    "lot_selector", "accrued", "tax_country", "tax_rate", "status", "tx_hash", "note", "legs", "event",
  ]
  /// How many of the columns are always written.
  static let coreColumns = 15

  /// A lot selector that a JSON row writes as an object.
  static let selectors = ["event", "date", "unit_cost", "label", "currency"].map { "lot_selector." + $0 }

  /// What only a JSON text can say.
  static let paths = (selectors + ["account", "asset", "quantity", "role"].map { "legs[]." + $0 }).map { "rows[]." + $0 }

  /// Where the columns are in one file; -1 where there is none.
  struct Places {
    var id: Int, timestamp: Int, type: Int, account: Int, toAccount: Int, asset: Int, quantity: Int, price: Int, currency: Int, gross: Int
    var fee: Int, feeAsset: Int, feeValue: Int, tax: Int
    /// Florin's own number.
    var number: Int
    /// The less common columns that are there.
    var more: [(name: String, column: Int)]

    init(_ header: Header) {
      func at(_ name: String) -> Int { header.column(name) ?? .max }
      (id, timestamp, type, account, toAccount) = (at("id"), at("timestamp"), at("type"), at("account"), at("to_account"))
      (asset, quantity, price, currency, gross) = (at("asset"), at("quantity"), at("price"), at("currency"), at("gross"))
      (fee, feeAsset, feeValue, tax) = (at("fee"), at("fee_asset"), at("fee_value"), at("tax"))
      number = at("event")
      more = (columns[(coreColumns - 1)...].dropLast() + selectors).compactMap { name in header.column(name).map { (name, $0) } }
    }
  }

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns + selectors, file)
    let places = Places(header)
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in
      row.header === header ? try decode(row, places, file) : try decode(row, Places(row.header), file)
    }
  }

  private static func decode(_ row: Row, _ at: Places, _ file: FileContext) throws(RowProblem) -> RowOutcome {
    .event(try event(row, at, file))
  }

  /// Florin's own number; 0 when the cell is empty.
  private static func number(_ row: Row, _ column: Int) throws(RowProblem) -> Int64 {
    let bytes = row.bytes(column)
    if bytes.isEmpty { return 0 }
    guard let number = Int64(CellText.string(bytes)), (1...Native.largestEvent).contains(number) else {
      throw row.problem("event", .inconsistent("is not a number that Florin gives events"))
    }
    return number
  }

  /// The event that a row tells.
  static func event(_ row: Row, _ at: Places, _ file: FileContext) throws(RowProblem) -> EventDraft {
    let kindText = row.bytes(at.type)
    guard let kind = EventKind(code: CellText.string(kindText)) else {
      throw kindText.isEmpty ? row.problem("type", .missing) : row.unknown("type", known: EventKind.allCases.map(\.code))
    }
    let clock = row.bytes(at.timestamp)
    guard let moment = Row.iso(clock, row.zone) else {
      throw row.problem("timestamp", clock.isEmpty ? .missing : .notATime(expected: "YYYY-MM-DDTHH:MM:SSZ or YYYY-MM-DD"))
    }
    let year = (moment.dateOnly ?? moment.instant.dayUTC).year
    // What was inherited may have been bought long before computers count time.
    if !(1900...2100).contains(year) { throw row.problem("timestamp", .implausibleYear(year, first: 1900)) }
    if moment.isAmbiguous { row.buffer.remark = "\(row.raw("timestamp")) occurs twice in \(row.zone.name); the earlier one was taken" }
    func ref(_ column: Int) -> AssetRef? {
      let bytes = row.bytes(column)
      return bytes.isEmpty ? nil : AssetRef(file.names.text(bytes))
    }
    guard let asset = ref(at.asset) else { throw row.problem("asset", .missing) }
    var event = EventDraft(kind, at: moment, asset: asset, quantity: try row.optionalDecimal(at: at.quantity))
    if let quantity = event.quantity, quantity.isNegative, kind != .adjust {
      throw row.problem("quantity", .inconsistent("is negative; only ADJUST has a sign"))
    }
    let account = row.bytes(at.account)
    if !account.isEmpty { event.account = file.names.text(account) }
    let toAccount = row.bytes(at.toAccount)
    if !toAccount.isEmpty { event.toAccount = file.names.text(toAccount) }
    event.price = try row.optionalDecimal(at: at.price)
    event.currency = ref(at.currency)
    event.gross = try row.optionalDecimal(at: at.gross)
    event.fee = try row.optionalDecimal(at: at.fee)
    event.feeAsset = ref(at.feeAsset)
    event.feeValue = try row.optionalDecimal(at: at.feeValue)
    event.tax = try row.optionalDecimal(at: at.tax)
    let id = row.bytes(at.id)
    if !id.isEmpty { event.externalID = CellText.string(id) }
    event.number = try number(row, at.number)
    if let fee = event.fee, !fee.isZero, event.feeAsset == nil {
      guard let currency = event.currency else { throw row.problem("fee_asset", .missing) }
      event.feeAsset = currency
    }
    for (name, column) in at.more where !row.bytes(column).isEmpty { try more(row, name, column, &event) }
    try check(row, event)
    return event
  }

  /// One of the less common columns.
  private static func more(_ row: Row, _ name: String, _ column: Int, _ event: inout EventDraft) throws(RowProblem) {
    let text = row.raw(at: column)
    if name == "status" {
      guard let status = EventStatus(code: text.lowercased()) else { throw row.unknown("status", known: EventStatus.allCases.map(\.code)) }
      event.status = status
      return
    }
    var details = event.details ?? EventDetails()
    switch name {
    case "ratio":
      guard let ratio = Ratio(text) else { throw row.problem(name, .inconsistent("is not a ratio new:old such as 3:2")) }
      details.ratio = ratio
    case "subtype": details.subtype = text
    case "fx_rate": details.fxRate = try row.optionalDecimal(at: column)
    case "settle_currency": details.settleCurrency = AssetRef(text)
    case "settle_date": details.settleDate = try row.optionalDay(name)
    case "to_asset": details.toAsset = AssetRef(text)
    case "to_quantity": details.toQuantity = try row.optionalDecimal(at: column)
    case "basis_share": details.basisShare = try row.optionalDecimal(at: column)
    case "acquired": details.acquired = try row.optionalDay(name)
    case "lot_selector": details.lotSelector = text
    case "accrued": details.accrued = try row.optionalDecimal(at: column)
    case "tax_country": details.taxCountry = text
    case "tax_rate": details.taxRate = try row.optionalDecimal(at: column)
    case "tx_hash": details.txHash = text
    case "note": details.note = text
    case "legs": details.legs = try legs(row)
    default: details.lotSelector = "{\"\(name.dropFirst("lot_selector.".count))\":\"\(text)\"}"
    }
    event.details = details
  }

  private static func legs(_ row: Row) throws(RowProblem) -> [LegDraft] {
    var legs: [LegDraft] = []
    for leg in try row.children("legs") {
      let role = leg.optionalText("role") ?? "principal"
      guard let role = LegRole.allCases.first(where: { $0.code == role }) else {
        throw leg.unknown("role", known: LegRole.allCases.map(\.code))
      }
      legs.append(
        LegDraft(
          account: leg.optionalText("account"), asset: AssetRef(try leg.text("asset")), quantity: try leg.decimal("quantity"), role: role))
    }
    return legs
  }

  /// What a kind cannot do without.
  private static func check(_ row: Row, _ event: EventDraft) throws(RowProblem) {
    if let details = event.details, !details.legs.isEmpty { return }
    switch event.kind {
    case .split:
      if event.details?.ratio == nil { throw row.problem("ratio", .missing) }
    case .migration, .merger:
      guard let details = event.details, details.toAsset != nil else { throw row.problem("to_asset", .missing) }
      if details.ratio == nil && details.toQuantity == nil { throw row.problem("to_quantity", .missing) }
    case .swap, .spinoff:
      if event.details?.toAsset == nil { throw row.problem("to_asset", .missing) }
      if event.details?.toQuantity == nil { throw row.problem("to_quantity", .missing) }
    case .buy, .sell:
      if event.quantity == nil { throw row.problem("quantity", .missing) }
      if event.currency == nil && (event.gross != nil || event.price != nil) { throw row.problem("currency", .missing) }
    case .dividend, .interest, .returnOfCapital, .interestCharge, .fee, .tax, .feeRefund, .taxRefund:
      if event.quantity == nil && event.gross == nil { throw row.problem("gross", .missing) }
    default:
      if event.quantity == nil { throw row.problem("quantity", .missing) }
    }
  }
}

/// What the native formats share.
enum Native {
  /// Numbers of events stay far below the end of what a database counts to.
  static let largestEvent: Int64 = 1 << 53

  /// Unknown columns are a warning.
  static func warn(_ header: Header, _ known: [String], _ file: FileContext) {
    for name in header.names where !known.contains(name.lowercased()) && file.memory["column " + name] == nil {
      file.memory["column " + name] = "told"
      file.note(1, "column \"\(name)\" is not known and was not read")
    }
  }
}
