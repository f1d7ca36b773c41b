public import Amounts
import Archive
public import Engine
import Importers
import Ledger

extension Workspace {
  /// Stores which lots a recorded disposal takes, as one step of the history that can be undone.
  ///
  /// A choice counts under the method `specific` only. Where another one holds on the day, it is `specific` for that day from then on,
  /// in the same step; where that one is `fifo` and no other event names lots, for good: without a choice `specific` is `fifo`.
  ///
  /// - Parameters:
  ///   - key: the event's id, or its source's own id where that is unique.
  ///   - picks: the lots, in the order they are taken; they must cover the disposal. None at all forgets the choice.
  /// - Throws: `.invalid` when the event takes no lots that can be chosen, its year is closed, or a lot was not open or is too small.
  public func pickLots(of key: String, _ picks: [LotPick], now: Instant) throws(WorkspaceError) -> EditOutcome {
    let id = try eventID(key)
    let book = try bookAtHand()
    let place = book.events.ids.firstIndex(of: id.raw)
    let asset = place.map { AssetID(book.events.assets[$0]) }
    guard let place, let asset, let sale = book.recordedSale(id, of: asset) else {
      throw .invalid([
        EditProblem("event", key, "takes no lots that can be picked", "lots are picked for what is sold, swapped, redeemed or written off")
      ])
    }
    if sale.isClosed {
      throw .invalid([EditProblem("event", key, "is in \(sale.day.year), which is closed", "florin reopen \(sale.day.year)")])
    }
    let selector = try selector(picks, for: sale)
    let zone = zone
    let rules = picks.isEmpty ? [] : PickedRules(book, sale, place).changes
    var problems: [EditProblem] = []
    let plan = try writing { (database) throws(ArchiveError) -> EditPlan? in
      do throws(EditStop) {
        let planner = try EditPlanner(database, zone: zone, now: now)
        return try planner.change(try planner.event("\(id.raw)"), .event("\(id.raw)"), ["lot_selector": selector])
      } catch {
        switch error {
        case .archive(let failure): throw failure
        case .problems(let found): problems = found
        }
        return nil
      }
    }
    guard let plan else { throw .invalid(problems) }
    guard plan.write != nil || !rules.isEmpty else { return EditOutcome(step: HistoryStep(unchanged: plan.title), event: id) }
    let step = try recording(now) { (database) throws(ArchiveError) in
      for rule in rules { try rule.store(database) }
      if let write = plan.write {
        let batch = try database.insertBatch(kind: "edit", source: "florin.edit", file: "", at: now)
        _ = try write(database, batch)
      }
      let title = EditTitle.event(book.events[place], EditNames(book), zone)
      return (picks.isEmpty ? "forget the lots picked for \(title)" : "pick lots for \(title)")
        + (rules.isEmpty ? "" : " (method specific\(rules.count == 1 && rules[0].isPlain ? "" : " on \(sale.day)"))")
    }
    return EditOutcome(step: step, event: id)
  }

  /// The book that is kept, where it is of now; else it is read.
  private func bookAtHand() throws(WorkspaceError) -> Book {
    let known = kept.with { $0?.keeper.book }
    if let known, known.generation == (try generation()) { return known }
    return try book()
  }

  /// The event that a person means.
  private func eventID(_ key: String) throws(WorkspaceError) -> EventID {
    let (zone, now) = (zone, Instant(day: Day(ordinal: 0)))
    var problems: [EditProblem] = []
    let found = try writing { (database) throws(ArchiveError) -> EventID? in
      do throws(EditStop) {
        return try EditPlanner(database, zone: zone, now: now).event(key).event.id
      } catch {
        switch error {
        case .archive(let failure): throw failure
        case .problems(let all): problems = all
        }
        return nil
      }
    }
    guard let found else { throw .invalid(problems) }
    return found
  }

  // MARK: The selector

  /// The `lot_selector` that means the lots; empty for none.
  private func selector(_ picks: [LotPick], for sale: RecordedSale) throws(WorkspaceError) -> String {
    if picks.isEmpty { return "" }
    var rest = sale.quantity
    var objects: [String] = []
    for pick in picks {
      let lots = sale.lots.filter { $0.event == pick.event && $0.quantity.isPositive && pick.unitCost.map($0.costs) ?? true }
      let held = lots.reduce(Decimal.zero) { (try? $0.adding($1.quantity)) ?? $0 }
      let units = pick.quantity ?? min(held, rest)
      if held.isZero { throw .invalid([EditProblem("lots", "\(pick.event.raw)", "is no lot that was open then", known(sale.lots))]) }
      if units > held { throw .invalid([EditProblem("lots", "\(pick.event.raw)", "has \(held), less than \(units)", known(sale.lots))]) }
      guard units.isPositive, units <= rest else {
        throw .invalid([EditProblem("lots", "\(pick.event.raw):\(units)", "is more than is left of \(sale.quantity)", "take less of it")])
      }
      rest = (try? rest.subtracting(units)) ?? .zero
      objects.append(
        #"{"event":"\#(try name(of: pick.event))","quantity":"\#(units)""# + (pick.unitCost.map { #","unit_cost":"\#($0)""# } ?? "") + "}")
    }
    if rest.isPositive {
      throw .invalid([EditProblem("lots", "", "leave \(rest) of \(sale.quantity) without a lot", "name more lots: \(known(sale.lots))")])
    }
    return objects.count == 1 ? objects[0] : "[" + objects.joined(separator: ",") + "]"
  }

  private func known(_ lots: [OpenLot]) -> String {
    let all = lots.filter(\.quantity.isPositive).prefix(8).map { "\($0.event.raw) (\($0.quantity))" }
    return all.isEmpty
      ? "no lot was open" : "there are \(all.joined(separator: ", "))" + (lots.count > 8 ? " and \(lots.count - 8) more" : "")
  }

  /// What a selector calls an event: its source's own id where that means it alone, so that it still does after an export; else Florin's.
  private func name(of event: EventID) throws(WorkspaceError) -> String {
    if let external = try externalID(of: event) {
      let bearers = try writing { (database) throws(ArchiveError) in try database.events(externalID: external) }
      if bearers == [event] {
        var quoted = ""
        for character in external {
          if character == "\"" || character == "\\" { quoted.append("\\") }
          quoted.append(character)
        }
        return quoted
      }
    }
    return "\(event.raw)"
  }
}

extension OpenLot {
  /// Whether a unit of it costs so much.
  fileprivate func costs(_ amount: Decimal) -> Bool {
    guard case .known(let cost) = cost, let own = try? cost.amount.divided(by: quantity) else { return false }
    return own == amount
  }
}

/// What must be set so that a choice of lots counts.
private struct PickedRules {
  /// One thing to set: the setting of the database, or a rule from a day on.
  enum Change {
    case setting
    case rule(StoredRule)

    /// Whether it holds everywhere and always.
    var isPlain: Bool { if case .setting = self { true } else { false } }

    func store(_ database: Database) throws(ArchiveError) {
      switch self {
      case .setting: try database.set(Setting.method.rawValue, LotMethod.specific.rawValue)
      case .rule(let rule): try database.set(rule)
      }
    }
  }
  let changes: [Change]

  init(_ book: Book, _ sale: RecordedSale, _ place: Int) {
    let held = sale.rule
    if held.method == .specific {
      changes = []
      return
    }
    let id = book.events.ids[place]
    var isOnlyChoice = true
    book.events.extras.forEach { other, extra in if extra.lotSelector != nil, other != id { isOnlyChoice = false } }
    if held.method == .fifo, book.settings.rules.isEmpty, isOnlyChoice {
      changes = [.setting]
      return
    }
    let portfolio = book.accounts[sale.account]?.portfolio ?? ""
    func rule(_ rule: LotRule, from day: Day, _ method: LotMethod) -> Change {
      .rule(
        StoredRule(portfolio: portfolio, from: day, method: method.rawValue, scope: rule.scope.rawValue, fees: rule.feeRule.rawValue))
    }
    let own = book.settings.rules.filter { $0.portfolio == portfolio }
    var found = [rule(held, from: sale.day, .specific)]
    // The day after it is as it was.
    if !own.contains(where: { $0.from == sale.day + 1 }) {
      let next = book.settings.rule(of: portfolio, on: sale.day + 1)
      found.append(rule(next, from: sale.day + 1, next.method))
    }
    // A portfolio that has a rule of its own follows those of the default one no more.
    if own.isEmpty, !portfolio.isEmpty {
      for later in book.settings.rules where later.portfolio.isEmpty {
        if let from = later.from, from > sale.day + 1 { found.append(rule(later, from: from, later.method)) }
      }
    }
    changes = found
  }
}
