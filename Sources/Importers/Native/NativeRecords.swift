import Amounts
import Ledger

// florin.settings.v1, florin.closings.v1 and florin.links.v1: what an export holds beside the files of FORMATS 1, so that importing it
// into an empty database gives the same reports.
extension ExportFormat {
  static let florinSettings = ExportFormat(
    id: "florin.settings.v1", title: "Florin settings, portfolios and lot rules", account: "Florin",
    tables: [.init(NativeSettings.columns)], shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.settings.v1"])],
    decoding: .prepared(NativeSettings.decoder))

  static let florinClosings = ExportFormat(
    id: "florin.closings.v1", title: "Florin closed years", account: "Florin",
    tables: [.init(["portfolio", "year", "row", "event", "lot_event"], optional: NativeClosings.columns)],
    shapes: [.init(rows: ["rows[]"], scalars: ["format": "florin.closings.v1"])],
    decoding: .prepared(NativeClosings.decoder))

  static let florinLinks = ExportFormat(
    id: "florin.links.v1", title: "Florin linked transfers", account: "Florin",
    tables: [.init(["transfer", "side", "timestamp", "type", "asset"], optional: NativeLinks.columns)],
    shapes: [.init(rows: ["rows[]"], optional: NativeEvents.paths, scalars: ["format": "florin.links.v1"])],
    decoding: .prepared(NativeLinks.decoder))
}

/// Columns and decoder of florin.settings.v1.
enum NativeSettings {
  /// All columns in the order they are written.
  static let columns = ["key", "value", "portfolio", "from"]

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in
      .facts([
        .setting(
          SettingDraft(
            try row.text("key"), row.raw("value"), portfolio: row.optionalText("portfolio"), from: try row.optionalDay("from")))
      ])
    }
  }
}

/// Columns and decoder of florin.closings.v1.
enum NativeClosings {
  /// All columns in the order they are written.
  static let columns = [
    "portfolio", "year", "row", "base", "at", "event", "asset", "account", "ordinal", "lot_event", "lot_leg", "lot_path", "quantity",
    "kind", "acquired", "disposed", "proceeds", "proceeds_currency", "cost", "cost_currency", "proceeds_base", "cost_base",
  ]

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns, file)
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in
      let year = try row.integer("year")
      if !(1900...9999).contains(year) { throw row.problem("year", .inconsistent("is not a year")) }
      return .facts([.closing(ClosingDraft(portfolio: row.raw("portfolio"), year: year, row: try told(row)))])
    }
  }

  private static func told(_ row: Row) throws(RowProblem) -> ClosingDraft.Row {
    switch try row.text("row") {
    case "year": return .year(base: try row.text("base"), at: try instant(row, "at"))
    case "pin":
      return .pin(
        ClosingDraft.Pin(
          event: try event(row, "event"), asset: AssetRef(try row.text("asset")), account: try row.text("account"),
          ordinal: try row.integer("ordinal"), lotEvent: try optionalEvent(row, "lot_event"), lotLeg: try row.integer("lot_leg"),
          lotPath: try row.integer("lot_path"), quantity: try row.decimal("quantity")))
    case "gain":
      var gain = ClosingDraft.Gain(
        event: try event(row, "event"), lotEvent: try optionalEvent(row, "lot_event"), asset: AssetRef(try row.text("asset")),
        account: try row.text("account"), kind: try row.text("kind"), disposed: try instant(row, "disposed"),
        quantity: try row.decimal("quantity"))
      if row.optionalText("acquired") != nil { gain.acquired = try instant(row, "acquired") }
      (gain.proceeds, gain.cost) = (try figure(row, "proceeds"), try figure(row, "cost"))
      (gain.proceedsBase, gain.costBase) = (try figure(row, "proceeds_base"), try figure(row, "cost_base"))
      gain.proceedsCurrency = row.optionalText("proceeds_currency").map { AssetRef($0) }
      gain.costCurrency = row.optionalText("cost_currency").map { AssetRef($0) }
      if gain.proceeds.isKnown && gain.proceedsCurrency == nil { throw row.problem("proceeds_currency", .missing) }
      if gain.cost.isKnown && gain.costCurrency == nil { throw row.problem("cost_currency", .missing) }
      return .gain(gain)
    default: throw row.unknown("row", known: ["year", "pin", "gain"])
    }
  }

  private static func event(_ row: Row, _ name: String) throws(RowProblem) -> EventID {
    guard let number = Int64(try row.text(name)), (1...Native.largestEvent).contains(number) else {
      throw row.problem(name, .inconsistent("is not a number that Florin gives events"))
    }
    return EventID(number)
  }

  private static func optionalEvent(_ row: Row, _ name: String) throws(RowProblem) -> EventID? {
    row.optionalText(name) == nil ? nil : try event(row, name)
  }

  private static func instant(_ row: Row, _ name: String) throws(RowProblem) -> Instant {
    guard let instant = Instant(try row.text(name)) else { throw row.problem(name, .notATime(expected: "YYYY-MM-DDTHH:MM:SSZ")) }
    return instant
  }

  /// A number, or why there is none.
  private static func figure(_ row: Row, _ name: String) throws(RowProblem) -> Figure<Decimal> {
    let text = try row.text(name)
    if let number = Decimal(text) { return .known(number) }
    guard let why = Why(text: text) else { throw row.problem(name, .inconsistent("is neither a number nor a reason why there is none")) }
    return .unknown(why)
  }
}

/// Columns and decoder of florin.links.v1.
enum NativeLinks {
  /// All columns in the order they are written.
  static let columns = ["transfer", "side"] + NativeEvents.columns

  static func decoder(_ header: Header, _ file: FileContext) -> @Sendable (Row, FileContext) throws(RowProblem) -> RowOutcome {
    Native.warn(header, columns + NativeEvents.selectors, file)
    return { (row: Row, file: FileContext) throws(RowProblem) -> RowOutcome in
      guard let number = Int64(try row.text("transfer")), (1...Native.largestEvent).contains(number) else {
        throw row.problem("transfer", .inconsistent("is not a number that Florin gives events"))
      }
      let side = try row.text("side")
      if side != "in" && side != "out" { throw row.unknown("side", known: ["in", "out"]) }
      let event = try NativeEvents.event(row, NativeEvents.Places(row.header), file)
      return .facts([.link(LinkDraft(transfer: EventID(number), side: event, isArrival: side == "in"))])
    }
  }
}
