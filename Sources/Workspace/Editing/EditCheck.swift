public import Amounts
import Engine
import Importers
import Ledger

/// Says what is wrong with the fields of an edit, each on its own and then together. Pure, so that a form can ask at every key.
public struct EditCheck: Sendable {
  private let names: EditNames
  private let now: Instant
  private let zone: Zone

  /// - Parameters:
  ///   - now: what lies later has not happened yet.
  ///   - zone: the zone of dates without a time.
  public init(_ names: EditNames, now: Instant, zone: Zone) {
    self.names = names
    self.now = now
    self.zone = zone
  }

  /// What is wrong, in the order of the fields; empty when it can be saved.
  ///
  /// - Parameters:
  ///   - cells: all cells as they would be.
  ///   - changed: the columns that the edit changes; what an import brought is not judged again.
  ///   - target: what it is about.
  public func problems(_ target: EditTarget, _ cells: [String: String], changed: Set<String>) -> [EditProblem] {
    let subject = target.subject
    let known = EditField.all(subject)
    let cells = understood(cells, of: subject)
    var found: [EditProblem] = []
    for name in changed.sorted() where !known.contains(where: { $0.name == name }) {
      found.append(EditProblem(name, "", "is no field of \(subject.withArticle)", "there are \(known.map(\.name).joined(separator: ", "))"))
    }
    for field in known where changed.contains(field.name) {
      if let text = cells[field.name], !text.isEmpty, let problem = problem(field, text, cells) { found.append(problem) }
    }
    let wrong = Set(found.map(\.field))
    func missing(_ name: String, _ remedy: String = "") {
      if !wrong.contains(name), (cells[name] ?? "").isEmpty { found.append(EditProblem(name, "", "is empty, but needed", remedy)) }
    }
    switch subject {
    case .event: found += together(cells, wrong, changed)
    case .price, .nav:
      for name in ["asset", "date", "price", "currency"] { missing(name) }
    case .asset:
      missing("symbol")
      missing("class", "one of \(AssetClass.allCases.map(\.rawValue).joined(separator: ", "))")
    case .distribution, .restriction, .target, .policy: found += plan(subject, cells, wrong)
    case .account:
      missing("account")
      let name = cells["account"] ?? ""
      if changed.contains("account"), names.accounts[name] != nil, target != .account(name) {
        found.append(EditProblem("account", name, "is there already", "edit it, or take another name"))
      }
    }
    let order = known.map(\.name)
    return found.sorted { (order.firstIndex(of: $0.field) ?? -1) < (order.firstIndex(of: $1.field) ?? -1) }
  }

  /// All cells as they would be stored: days, numbers and names as people type them are turned into what Florin writes.
  public func understood(_ cells: [String: String], of subject: EditSubject) -> [String: String] {
    let today = zone.day(of: now)
    let fields = EditField.all(subject)
    var found = cells
    for (name, text) in cells {
      guard let field = fields.first(where: { $0.name == name }) else { continue }
      switch field.form {
      case .asset where name == "asset" && !(cells["class"] ?? "").isEmpty: found[name] = EditField.trimmed(text)
      case .asset, .currency: found[name] = names.spelled(EditField.trimmed(text))
      case .portfolio: found[name] = EditField.trimmed(text) == Portfolio.defaultName ? "" : EditField.trimmed(text)
      default: found[name] = field.understood(text, today: today)
      }
    }
    return found
  }

  // MARK: One field

  private func problem(_ field: EditField, _ text: String, _ cells: [String: String]) -> EditProblem? {
    func wrong(_ reason: String, _ remedy: String) -> EditProblem { EditProblem(field.name, text, reason, remedy) }
    switch field.form {
    case .text, .usual, .portfolio: return nil
    case .account: return cells["type"] != nil || names.accounts[text] != nil ? nil : names.unknownAccount(text)
    case .asset:
      let mayBeNew = field.name == "asset" && cells["type"] != nil
      return names.problem(field.name, text, mayBeNew: mayBeNew, isNew: mayBeNew && !(cells["class"] ?? "").isEmpty)
    case .currency: return names.problem(field.name, text, isMoney: true)
    case .choice(let words):
      let typed = field.name == "type" ? text.uppercased() : text.lowercased()
      return words.contains(typed) ? nil : wrong("is not one of them", "write \(words.joined(separator: ", "))")
    case .ratio: return Ratio(text) == nil ? wrong("is not a ratio", "write new:old such as 3:2") : nil
    case .whole:
      guard let value = Int(text), (0...38).contains(value) else { return wrong("is not a number from 0 to 38", "write digits") }
      return nil
    case .monthDay:
      guard let value = Int(text), (1...31).contains(value) else { return wrong("is not a day from 1 to 31", "write digits") }
      return nil
    case .day:
      guard let day = Day(text) else { return wrong("is not a date", "write YYYY-MM-DD") }
      if !(1900...2100).contains(day.year) { return wrong("is outside 1900 to 2100", "check the year") }
      let mayBeAhead = field.name != "date" && field.name != "acquired" && field.name != "published"
      return day > zone.day(of: now) && !mayBeAhead ? wrong("has not come yet", "write a day up to \(zone.day(of: now))") : nil
    case .time: return time(field.name, text, cells)
    case .amount, .signed, .fraction: return number(field, text, cells)
    }
  }

  private func time(_ name: String, _ text: String, _ cells: [String: String]) -> EditProblem? {
    guard let clock = ClockText(text) else {
      return EditProblem(name, text, "is not a time", "write YYYY-MM-DD, or YYYY-MM-DD HH:MM")
    }
    let instant = Instant(text) ?? zone.instant(day: clock.day, second: clock.second).instant
    if !(1900...2100).contains(instant.dayUTC.year) { return EditProblem(name, text, "is outside 1900 to 2100", "check the year") }
    if instant > now, zone.day(of: instant) > zone.day(of: now), cells["status"] != "pending" {
      return EditProblem(name, text, "has not come yet", "write an earlier time, or status pending")
    }
    return nil
  }

  private func number(_ field: EditField, _ text: String, _ cells: [String: String]) -> EditProblem? {
    guard let value = Decimal(text) else {
      if EditField.isAmbiguous(text) {
        let parts = text.split(separator: ",")
        return EditProblem(field.name, text, "can be \(parts.joined(separator: ".")) or \(parts.joined())", "write it without the comma")
      }
      let isLong = text.utf8.count > 38 && text.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" }
      return isLong
        ? EditProblem(field.name, text, "has more digits than 38", "write fewer")
        : EditProblem(field.name, text, "is not a number", "write digits and a point, such as 1234.5")
    }
    let isAdjustment = field.name == "quantity" && cells["type"]?.uppercased() == EventKind.adjust.code
    var allowsZero = field.form == .fraction
    if case .amount(let zero) = field.form { allowsZero = zero }
    if value.isZero && !allowsZero { return EditProblem(field.name, text, "is nothing", "write a number above zero") }
    if value.isNegative && !isAdjustment && field.form != .signed {
      return EditProblem(
        field.name, text, "is below zero", field.name == "quantity" ? "only ADJUST has a sign" : "write it without the sign")
    }
    if field.form == .fraction, value > 1 {
      return EditProblem(field.name, text, "is above 1", "write a fraction such as 0.15, or 15 %")
    }
    return decimals(field.name, text, value, cells)
  }

  /// A quantity may not be finer than its asset's unit.
  private func decimals(_ name: String, _ text: String, _ value: Decimal, _ cells: [String: String]) -> EditProblem? {
    let of = ["quantity": "asset", "to_quantity": "to_asset", "fee": "fee_asset"][name]
    guard let label = of.flatMap({ cells[$0] }), case .one(let id) = names.asset(label), let places = names.assets[id]?.decimals,
      Int(value.normalized.scale) > places
    else { return nil }
    return EditProblem(
      name, text, "is finer than a unit of \(label)", places == 0 ? "write whole units" : "write at most \(places) decimals")
  }

  // MARK: The fields of an event together

  private func together(_ cells: [String: String], _ wrong: Set<String>, _ changed: Set<String>) -> [EditProblem] {
    func has(_ name: String) -> Bool { !(cells[name] ?? "").isEmpty }
    guard has("type") else { return [EditProblem("type", "", "is empty, but needed", "such as BUY, SELL, TRANSFER, DIVIDEND")] }
    guard let kind = EventKind(code: cells["type"] ?? "") else { return [] }
    var found: [EditProblem] = []
    if has("legs") {
      let moved = ["account", "to_account", "asset", "quantity", "to_asset", "to_quantity", "gross", "fee", "fee_asset", "tax"]
      if let name = moved.first(where: { changed.contains($0) }), !changed.contains("legs") {
        found.append(EditProblem(name, cells[name] ?? "", "is told by the event's legs", "change legs too, or empty it"))
      }
      return found
    }
    for group in kind.needs where !group.contains(where: { has($0) || wrong.contains($0) }) {
      let rest = group.dropFirst().joined(separator: " or ")
      found.append(
        EditProblem(group[0], "", "is empty, but \(kind.code) needs it", rest.isEmpty ? "" : "or give \(rest)"))
    }
    let money = ["price", "gross", "tax", "fee_value"].filter { has($0) }
    if let first = money.first, !has("currency"), !wrong.contains("currency") {
      found.append(EditProblem("currency", "", "is empty, but \(first) needs it", "such as USD"))
    }
    if has("fee"), cells["fee"] != "0", !has("fee_asset"), !has("currency") {
      found.append(EditProblem("fee_asset", "", "is empty, but fee needs it", "say what the fee is paid in"))
    }
    if kind == .transfer, has("to_account"), cells["account"] == cells["to_account"] {
      found.append(EditProblem("to_account", cells["to_account"] ?? "", "is where it comes from", "name another account"))
    }
    if has("to_asset"), cells["to_asset"] == cells["asset"], [.swap, .convert, .migration, .merger, .spinoff].contains(kind) {
      found.append(EditProblem("to_asset", cells["to_asset"] ?? "", "is what is given", "name another asset"))
    }
    if changed.contains("lot_selector"), has("lot_selector"), !LotSelector(cells["lot_selector"] ?? "").isReadable {
      found.append(
        EditProblem(
          "lot_selector", cells["lot_selector"] ?? "", "cannot be read", #"such as {"event":"7"}, or a list of those with "quantity""#))
    }
    if has("settle_currency"), !has("fx_rate") {
      found.append(EditProblem("fx_rate", "", "is empty, but settle_currency needs it", "units of it for 1 of the currency"))
    }
    return found
  }
}
