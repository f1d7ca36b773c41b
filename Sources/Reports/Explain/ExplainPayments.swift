import Amounts
import Engine
import Ledger

/// Explains payments and yields.
extension Explainer {
  func payment(ofEvent event: EventID, _ typed: String?) throws(ExplainError) -> Explanation {
    if let place = incomePlaces[event]?.last { return try payment(place, typed) }
    // The second receipt of one payment is explained with the payment.
    if let payment = ledger.payments.first(where: { $0.receipts.contains { booking.receipts[$0].event == event } }),
      let first = payment.receipts.first, let place = incomePlaces[booking.receipts[first].event]?.last
    {
      return try self.payment(place, typed)
    }
    throw .unknown("\(event.raw)", near: [])
  }

  /// A row of the income report.
  func payment(_ place: Int, _ typed: String?) throws(ExplainError) -> Explanation {
    let found = income.rows[place]
    let key = try key(typed, in: IncomeRow.columns, default: found.event == nil ? "expected" : "netBase")
    let path = incomePath(place)
    let row = FigureRow(
      path: path, label: "\(found.kind) of \(found.asset.text)" + (found.pay.map { " on \($0)" } ?? ""), columns: IncomeRow.columns,
      cells: found.cells, currency: found.currency)
    let announced = ledger.payments.first { payment in
      payment.distribution.asset == found.asset.id && payment.distribution.pay == found.pay && payment.distribution.kind == found.kind
        && payment.receipts.first.map { booking.receipts[$0].event } == found.event
    }
    let receipts = announced?.receipts.map { booking.receipts[$0] } ?? booking.receipts.filter { $0.event == found.event }
    var explanation = Explanation(
      path.adding(key), "\(TableWriter.heading(key)) of the \(row.label), \(found.status.rawValue)", row[key], unit(of: key, found),
      formula: "")
    fill(&explanation, key, found, row, announced, receipts)
    explanation.siblings = siblings(path, IncomeRow.columns)
    return explanation
  }

  private func unit(of key: String, _ row: IncomeRow) -> String? {
    switch key {
    case "entitledQuantity": row.asset.text
    case "yieldOnCost": nil
    case "perToken": names.currency(row.perToken)
    case "expected", "difference": names.currency(row.expected) ?? row.currency
    default: key.hasSuffix("Base") ? base : row.currency
    }
  }

  private func fill(
    _ explanation: inout Explanation, _ key: String, _ found: IncomeRow, _ row: FigureRow, _ announced: IncomeLedger.Payment?,
    _ receipts: [Receipt]
  ) {
    let code = found.currency
    let events = receipts.compactMap { receipt in eventPlaces[receipt.event.raw].map { eventInput($0, nil, nil, name: "arrived: ") } }
    switch key {
    case "entitledQuantity": entitled(&explanation, found, announced)
    case "perToken": perToken(&explanation, found, row, announced)
    case "expected":
      explanation.formula = "units entitled x amount per token"
      explanation.inputs = [
        row.input("entitledQuantity", nil, found.asset.text, date: found.record),
        row.input("perToken", nil, names.currency(found.perToken)),
      ]
      explanation.steps = product(found.entitledQuantity.value, found.perToken.value?.perUnit, row[key], explanation.unit)
    case "gross":
      if found.status.isReceived {
        explanation.formula = "what arrived before tax and fee"
        explanation.inputs = events
        explanation.rounding = Explanation.Rounds.stated.text
      } else {
        explanation.formula = "what is to arrive: units entitled x amount per token"
        explanation.inputs = [row.input("entitledQuantity", nil, found.asset.text, date: found.record), row.input("perToken", nil, code)]
        explanation.steps = product(found.entitledQuantity.value, found.perToken.value?.perUnit, row[key], code)
      }
    case "tax":
      explanation.formula = "withheld by the payer, as the source says"
      explanation.inputs = events
      explanation.rounding = Explanation.Rounds.stated.text
    case "net", "netBase":
      let fees = key == "net" ? Explainer.sum(receipts.map(\.fee)) : Explainer.sum(receipts.compactMap(\.feeBase.value))
      let (gross, tax) = key == "net" ? ("gross", "tax") : ("grossBase", "taxBase")
      let unit = key == "net" ? code : base
      explanation.formula = "gross - tax withheld - fee"
      explanation.inputs = [
        row.input(gross, "gross", unit), row.input(tax, "tax", unit), .init("fee", fees.map { .decimal($0) } ?? .none, unit),
      ]
      if let a = Explainer.number(row[gross]), let b = Explainer.number(row[tax]), let c = fees {
        explanation.steps = line("\(a) - \(b) - \(c)", try? a.subtracting(b).subtracting(c), equals: row[key], unit)
      }
      explanation.inputs += events
      explanation.rounding = Explanation.Rounds.sum.text
    case "grossBase", "taxBase":
      let own = key == "grossBase" ? found.gross : found.tax
      let on = receipts.first.map { self.on($0.time) } ?? min(found.pay ?? day, day)
      let rate = rateInput(own.value?.currency, on: on)
      explanation.formula =
        receipts.isEmpty ? "the amount at today's exchange rate" : "the amount at the exchange rate of the day it arrived"
      explanation.inputs = [row.input(key == "grossBase" ? "gross" : "tax", nil, code)] + rate
      explanation.steps = product(own.value?.amount, rate.first.flatMap { Explainer.number($0.value) }, row[key], base)
    case "difference":
      explanation.formula = "received - expected; negative is short"
      explanation.inputs = [row.input("gross", "received", code), row.input("expected", nil, code)]
      if let a = found.gross.value?.amount, let b = found.expected.value?.amount {
        explanation.steps = line("\(a) - \(b)", try? a.subtracting(b), equals: row[key], code)
      }
      explanation.rounding = Explanation.Rounds.sum.text
    case "yieldOnCost":
      let line = IncomeGrid(book, booking, valuer, ledger, by: .year, only: [found.asset.id]).lines.first { $0.asset.id == found.asset.id }
      let path = explanation.figure
      explanation = yields(found.asset.id, "yieldOnCost", FigurePath("income", found.asset.text), line)
      explanation.figure = path
      explanation.value = row[key]
    default: explanation.formula = "as the income report has it"
    }
  }

  /// Who was entitled: what was held at the end of the day that decides.
  private func entitled(_ explanation: inout Explanation, _ found: IncomeRow, _ announced: IncomeLedger.Payment?) {
    explanation.rounding = Explanation.Rounds.stated.text
    guard let announced else {
      explanation.formula = "the units the payment was for, as its source says"
      if let place = found.event.flatMap({ eventPlaces[$0.raw] }) { explanation.inputs = [eventInput(place, nil, nil)] }
      return
    }
    let distribution = announced.distribution
    if announced.status == .estimated && !distribution.isDaily {
      explanation.formula = "what is held now, as the payment is only estimated"
      explanation.inputs = [heldInput(found.asset.id)]
      return
    }
    if distribution.isDaily {
      explanation.formula = "the sum of the units held at the end of each day of the period"
      explanation.inputs = [.init("from", Cell(distribution.from)), .init("to", Cell(distribution.to))]
      return
    }
    let assetClass = book.assets[found.asset.id]?.assetClass
    let decides = distribution.entitlementDay(isBrokered: assetClass == .stock || assetClass == .fund)
    explanation.formula = decides.map { "units held in all accounts at the end of \($0), which decides" } ?? "no day decides"
    explanation.inputs = [
      .init("record date", Cell(distribution.record)), .init("ex-date", Cell(distribution.ex)),
    ].filter { $0.value != .none }
    for step in ledger.steps.steps(of: found.asset.id).filter({ $0.day <= decides ?? day }).suffix(5) {
      explanation.inputs.append(.init("held since", .decimal(step.quantity), found.asset.text, date: step.day))
    }
  }

  private func heldInput(_ asset: AssetID) -> Explanation.Input {
    let label = names.asset(asset).text
    let held = HeldUnits(booking)[asset].quantity
    return .init("quantity held", .decimal(held), label, date: day, figure: FigurePath("holdings", label, "quantity"))
  }

  private func perToken(_ explanation: inout Explanation, _ found: IncomeRow, _ row: FigureRow, _ announced: IncomeLedger.Payment?) {
    guard let announced else {
      explanation.formula = "gross / units the payment was for"
      explanation.inputs = [row.input("gross", nil, found.currency), row.input("entitledQuantity", nil, found.asset.text)]
      explanation.steps = quotient(found.gross.value?.amount, found.entitledQuantity.value, row["perToken"], found.currency)
      return
    }
    if announced.status == .estimated {
      explanation.formula = "estimated: the issuer's policy, else the last payment again"
      let asset = book.assets[found.asset.id]
      for plan in book.plans where plan.kind == .policy && plan.asset == found.asset.id {
        explanation.origin = origin(.plan(plan.id))
        for key in ["amount_per_token", "share_of_income", "frequency"] {
          if let text = plan.cells[key] {
            explanation.inputs.append(.init(TableWriter.heading(key), Decimal(text).map { .decimal($0) } ?? .text(text), source: "policy"))
          }
        }
        guard let share = plan.cells["share_of_income"].flatMap({ Decimal($0) }),
          let yearly = asset?.attributes[.incomePerYear].flatMap({ Decimal($0) }),
          let supply = book.ownership(of: .one, found.asset.id, on: day).supply.value
        else { continue }
        let payments: [String: Int] = ["monthly": 12, "quarterly": 4, "semiannual": 2, "halfyearly": 2, "yearly": 1, "annual": 1]
        explanation.inputs += [
          .init("income a year", .decimal(yearly), found.currency, source: "asset"),
          .init("supply", .decimal(supply), "tokens", date: day, figure: FigurePath("nav", found.asset.text, "ownership")),
        ]
        if let times = plan.cells["frequency"].flatMap({ payments[$0] }), let shared = try? share.multiplied(by: yearly),
          let divisor = try? supply.multiplied(by: Decimal(times))
        {
          explanation.steps = line(
            "\(share) x \(yearly) / \(times) / \(supply)", try? shared.divided(by: divisor), equals: row["perToken"], found.currency)
        }
      }
      return
    }
    let distribution = announced.distribution
    explanation.formula = "declared by the issuer"
    explanation.origin = origin(.distribution(distribution.id))
    explanation.rounding = Explanation.Rounds.stated.text
    for (name, on) in [
      ("declared", distribution.declared), ("ex-date", distribution.ex), ("record date", distribution.record),
      ("pay date", distribution.pay),
    ] where on != nil {
      explanation.inputs.append(.init(name, Cell(on)))
    }
    if !distribution.note.isEmpty { explanation.inputs.append(.init("note", .text(distribution.note))) }
  }

  // MARK: Yields

  /// The payments of the next twelve months.
  func forward(_ asset: AssetID, _ path: FigurePath, _ value: Cell) -> Explanation {
    let places = forwardPlaces { $0 == asset }
    var explanation = Explanation(
      path, "income of \(names.asset(asset).text) expected in 12 months", value, base,
      formula: "declared, else estimated payments of the next 12 months, gross, at today's rate; returned capital is no income",
      places.map { expectedInput($0) }, rounding: .sum)
    explanation.steps = sumLine(explanation.inputs.compactMap { Explainer.number($0.value) }, base)
    return explanation
  }

  func forwardPlaces(_ accepts: (AssetID) -> Bool) -> [Int] {
    income.rows.indices.filter { place in
      let row = income.rows[place]
      guard row.status == .declared || row.status == .estimated, let pay = row.pay, !row.isReturnOfCapital else { return false }
      return accepts(row.asset.id) && pay > day && pay <= day.adding(months: 12)
    }
  }

  func yields(_ asset: AssetID, _ key: String, _ path: FigurePath, _ line: IncomeGrid.Line?) -> Explanation {
    let label = names.asset(asset).text
    let (held, cost) = HeldUnits(booking)[asset]
    let unit = valuer.unit(asset)
    let costInput = Explanation.Input("cost", Cell(cost), base, figure: FigurePath("holdings", label, "cost"))
    func forwardInput() -> Explanation.Input {
      .init(
        "expected in 12 months", line.map { Cell($0.forward12) } ?? .unknown(.notStated), base, date: day.adding(months: 12),
        figure: path.adding("forward12"))
    }
    let worth = [unitInput(asset)] + rateInput(unit.price.value?.currency, on: day)
    switch key {
    case "yieldForward":
      var explanation = Explanation(
        path.adding(key), "forward yield of \(label)", line.map { .ratio($0.yieldForward) } ?? .unknown(.notStated),
        formula: "expected in the next 12 months per token / unit value", [forwardInput(), heldInput(asset)] + worth)
      if let money = line?.forward12.value, let base = unit.priceBase.value, let each = try? money.divided(by: held) {
        explanation.steps =
          ["\(money) / \(held) = \(each) \(self.base) a token"]
          + self.line("\(each) / \(base)", try? each.divided(by: base), equals: explanation.value)
      }
      return explanation
    case "yieldOnCost":
      var explanation = Explanation(
        path.adding(key), "yield on cost of \(label)", line.map { .ratio($0.yieldOnCost) } ?? .unknown(.notStated),
        formula: "expected in the next 12 months (else received in the last 12 months per token) / what the open units cost",
        [forwardInput(), costInput])
      explanation.steps = quotient(line?.forward12.value, cost.value, explanation.value)
      return explanation
    default:
      return trailing(asset, path, line, worth)
    }
  }

  /// What was paid per token in the last twelve months, over the unit value.
  private func trailing(_ asset: AssetID, _ path: FigurePath, _ row: IncomeGrid.Line?, _ worth: [Explanation.Input]) -> Explanation {
    let label = names.asset(asset).text
    let since = day.adding(months: -12)
    var explanation = Explanation(
      path.adding("yieldTrailing"), "trailing yield of \(label)", row.map { .ratio($0.yieldTrailing) } ?? .unknown(.notStated),
      formula: "gross per token with pay date in the last 12 months, without returned capital, in today's units / unit value")
    var amounts: [Decimal] = []
    for place in incomeOfAsset[asset] ?? [] {
      let payment = income.rows[place]
      guard payment.status != .estimated, !payment.isReturnOfCapital, let pay = payment.pay, pay > since, pay <= day,
        let each = payment.perToken.value
      else { continue }
      let amount = valuer.inBase(Money(book.today(each.perUnit, asset, since: pay, day), each.currency), book.quotes)
      explanation.inputs.append(
        .init(
          "\(payment.kind) per token", Cell(amount), base, date: pay, event: payment.event, figure: incomePath(place).adding("perToken")))
      if let amount = amount.value { amounts.append(amount) }
    }
    explanation.inputs += worth
    if let sum = Explainer.sum(amounts), let unit = valuer.unit(asset).priceBase.value {
      let check = line("\(sum) / \(unit)", try? sum.divided(by: unit), equals: explanation.value)
      if !check.isEmpty { explanation.steps = sumLine(amounts, base) + check }
    }
    return explanation
  }
}
