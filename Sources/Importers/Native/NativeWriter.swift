public import Amounts
public import Ledger

/// The files of FORMATS 1 that Florin writes and reads back without loss.
public enum NativeFile: String, CaseIterable, Sendable {
  case accounts, assets, closings, distributions, events, links, policies, prices, restrictions, settings, targets

  /// The file of a plan.
  public init(_ kind: PlanDraft.Kind) {
    switch kind {
    case .restriction: self = .restrictions
    case .target: self = .targets
    case .policy: self = .policies
    }
  }

  /// The format's id.
  public var id: String { "florin.\(rawValue).v1" }
  /// The columns in the order they are written.
  public var columns: [String] {
    switch self {
    case .accounts: NativeAccounts.columns
    case .assets: NativeAssets.columns
    case .closings: NativeClosings.columns
    case .distributions: NativeDistributions.columns
    case .events: NativeEvents.columns
    case .links: NativeLinks.columns
    case .policies: NativePlans.policies
    case .prices: NativePrices.columns
    case .restrictions: NativePlans.restrictions
    case .settings: NativeSettings.columns
    case .targets: NativePlans.targets
    }
  }
}

/// Writes facts as CSV in a native format: decimals in full, dates and instants in ISO, unknown as an empty cell.
///
/// What is written decodes to equal facts, but for `lines`, `tradeKey`, asset hints of events, and blanks around a text.
public struct NativeWriter {
  /// The file that is written.
  public let file: NativeFile
  /// The zone that dates without a time are in.
  public let zone: Zone
  /// What has been written and not taken yet; begins with the header.
  public private(set) var bytes: [UInt8] = []

  /// Starts a file.
  public init(_ file: NativeFile, zone: Zone = .utc) {
    self.file = file
    self.zone = zone
    put(file.columns)
  }

  /// Takes what has been written, so that a large export need not be held in memory.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes a fact as one row. A fact that belongs to another file is left out.
  public mutating func write(_ fact: Fact) {
    if let cells = cells(of: fact) { put(cells) }
  }

  /// A fact as the cells of its row, in the order of the columns; nil when it belongs to another file.
  public func cells(of fact: Fact) -> [String]? {
    switch (fact, file) {
    case (.event(let event), .events): cells(event)
    case (.quote(let quote), .prices): cells(quote)
    case (.asset(let asset), .assets): cells(asset)
    case (.account(let account), .accounts): [account.name, account.kind, account.venue, account.portfolio]
    case (.distribution(let distribution), .distributions): cells(distribution)
    case (.plan(let plan), .restrictions) where plan.kind == .restriction: cells(plan)
    case (.plan(let plan), .targets) where plan.kind == .target: cells(plan)
    case (.plan(let plan), .policies) where plan.kind == .policy: cells(plan)
    case (.setting(let setting), .settings): [setting.key, setting.value, setting.portfolio ?? "", text(setting.from)]
    case (.closing(let closing), .closings): cells(closing)
    case (.link(let link), .links): [String(link.transfer.raw), link.isArrival ? "in" : "out"] + cells(link.side)
    default: nil
    }
  }

  private mutating func put(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      let mustQuote =
        cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D } || cell.hasPrefix(" ") || cell.hasSuffix(" ")
      if mustQuote {
        bytes.append(0x22)
        for byte in cell.utf8 {
          if byte == 0x22 { bytes.append(0x22) }
          bytes.append(byte)
        }
        bytes.append(0x22)
      } else {
        bytes.append(contentsOf: cell.utf8)
      }
    }
    bytes.append(0x0A)
  }

  private func cells(_ e: EventDraft) -> [String] {
    let d = e.details ?? EventDetails()
    var cells = [
      e.externalID ?? "", time(e, d), e.kind.code, e.account ?? "", e.toAccount ?? "", e.asset.symbol, text(e.quantity), text(e.price),
      e.currency?.symbol ?? "", text(e.gross), text(e.fee), e.feeAsset?.symbol ?? "", text(e.feeValue), text(e.tax), d.ratio?.text ?? "",
    ]
    cells += [
      d.subtype ?? "", text(d.fxRate), d.settleCurrency?.symbol ?? "", text(d.settleDate), d.toAsset?.symbol ?? "", text(d.toQuantity),
      text(d.basisShare), text(d.acquired), d.lotSelector ?? "", text(d.accrued), d.taxCountry ?? "", text(d.taxRate),
      e.status == .posted ? "" : e.status.code, d.txHash ?? "", d.note ?? "", legs(d.legs), e.number == 0 ? "" : String(e.number),
    ]
    return cells
  }

  /// The time as written where that is the same instant in ISO, else UTC; a date where only a date is known.
  private func time(_ event: EventDraft, _ details: EventDetails) -> String {
    if event.isDateOnly {
      let day = zone.day(of: event.time)
      // A date that was read in another zone is written as the instant it became there.
      if Moment(day, zone: zone).time(for: event.kind) == event.time { return day.description }
    }
    if let text = details.timeText, Instant(text) == event.time { return text }
    return event.time.description
  }

  private func legs(_ legs: [LegDraft]) -> String {
    if legs.isEmpty { return "" }
    let items = legs.map { leg in
      let account = leg.account.map { "\"account\":\(quoted($0))," } ?? ""
      return "{\(account)\"asset\":\(quoted(leg.asset.symbol)),\"quantity\":\"\(leg.quantity)\",\"role\":\"\(leg.role.code)\"}"
    }
    return "[" + items.joined(separator: ",") + "]"
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0..<0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  private func cells(_ q: QuoteDraft) -> [String] {
    let nav = q.nav ?? NavFacts()
    return [
      q.day.description, q.asset.symbol, q.currency.symbol, q.price.description, q.kind.code, q.source, nav.method ?? "",
      nav.appraiser ?? "",
      nav.document ?? "", text(nav.published), text(nav.totalNav), text(nav.underlyingValue), text(nav.debt), text(nav.supply),
      q.isAdjusted ? "yes" : "",
    ]
  }

  private func cells(_ a: AssetDraft) -> [String] {
    let hint = a.ref.hint
    return [
      a.ref.symbol, hint?.assetClass?.rawValue ?? "other", hint?.name ?? "", hint?.currency ?? "", a.decimals.map { String($0) } ?? "",
      a.cadence?.rawValue ?? "", a.number == 0 ? "" : String(a.number), a.mode?.rawValue ?? "",
    ] + AssetAttribute.allCases.map { hint?.attributes[$0] ?? "" }
  }

  private func cells(_ d: DistributionDraft) -> [String] {
    [
      d.asset.symbol, d.kind, text(d.declared), text(d.ex), text(d.record), text(d.pay), d.isDaily ? "daily" : "record", text(d.from),
      text(d.to),
      d.amountPerToken.description, d.currency.symbol, d.note,
    ]
  }

  private func cells(_ c: ClosingDraft) -> [String] {
    func text(_ id: EventID?) -> String { id.map { String($0.raw) } ?? "" }
    func figure(_ value: Figure<Decimal>) -> String { value.value?.description ?? value.why?.text ?? "" }
    var found: [String: String] = ["portfolio": c.portfolio, "year": String(c.year)]
    switch c.row {
    case .year(let base, let at): (found["row"], found["base"], found["at"]) = ("year", base, at.description)
    case .pin(let pin):
      (found["row"], found["event"], found["asset"], found["account"]) = ("pin", text(pin.event), pin.asset.symbol, pin.account)
      (found["ordinal"], found["lot_event"]) = (String(pin.ordinal), text(pin.lotEvent))
      (found["lot_leg"], found["lot_path"], found["quantity"]) = (String(pin.lotLeg), String(pin.lotPath), pin.quantity.description)
    case .gain(let gain):
      (found["row"], found["event"], found["asset"], found["account"]) = ("gain", text(gain.event), gain.asset.symbol, gain.account)
      (found["lot_event"], found["kind"], found["quantity"]) = (text(gain.lotEvent), gain.kind, gain.quantity.description)
      (found["acquired"], found["disposed"]) = (gain.acquired?.description, gain.disposed.description)
      (found["proceeds"], found["proceeds_currency"]) = (figure(gain.proceeds), gain.proceedsCurrency?.symbol)
      (found["cost"], found["cost_currency"]) = (figure(gain.cost), gain.costCurrency?.symbol)
      (found["proceeds_base"], found["cost_base"]) = (figure(gain.proceedsBase), figure(gain.costBase))
    }
    return file.columns.map { found[$0] ?? "" }
  }

  private func cells(_ p: PlanDraft) -> [String] {
    file.columns.map { name in p.cells[name] ?? (name == "asset" ? p.asset?.symbol ?? "" : "") }
  }

  private func text(_ value: Decimal?) -> String { value?.description ?? "" }
  private func text(_ value: Day?) -> String { value?.description ?? "" }
}
