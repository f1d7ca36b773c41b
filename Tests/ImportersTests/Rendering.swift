import Amounts
import Importers
import Ledger

/// What a file decodes to, as text that a person can check against the file.
enum Rendering {
  static func text(of source: ByteSource, _ options: ImportOptions) throws -> String {
    let session = try DecodeSession(source, options)
    var facts = ""
    var rest = ""
    while let batch = try session.next() {
      for fact in batch.facts { facts += line(fact.fact) + "\n" }
      for row in batch.rows {
        switch row.state {
        case .imported: break
        case .ignored(let why): rest += "ignored line \(row.line): \(why)\n"
        case .problem(let problem): rest += "problem \(problem)\n"
        }
      }
      for note in batch.notes { rest += "note line \(note.line): \(note.text)\n" }
    }
    let counts = session.counts
    return
      "format \(session.format.id)\nrows \(counts.total) = imported \(counts.imported) + ignored \(counts.ignored) + problem \(counts.problem)\n"
      + facts + rest
  }

  static func line(_ fact: Fact) -> String {
    switch fact {
    case .event(let event): return self.event(event)
    case .quote(let q):
      var text = "quote line \(q.line): \(q.day) \(q.kind.code) \(q.asset.symbol) = \(q.price) \(q.currency.symbol)"
      if q.isAdjusted { text += " adjusted" }
      if !q.source.isEmpty { text += " source=\(q.source)" }
      if let nav = q.nav {
        for (name, value) in [("method", nav.method), ("appraiser", nav.appraiser), ("document", nav.document)] {
          if let value { text += " \(name)=\(value)" }
        }
        if let day = nav.published { text += " published=\(day)" }
        for (name, value) in [("total", nav.totalNav), ("underlying", nav.underlyingValue), ("debt", nav.debt), ("supply", nav.supply)] {
          if let value { text += " \(name)=\(value)" }
        }
      }
      return text
    case .asset(let a):
      return "asset line \(a.line): " + ref(a.ref) + (a.decimals.map { " decimals=\($0)" } ?? "")
        + (a.cadence.map { " \($0.rawValue)" } ?? "") + hint(a.ref)
    case .account(let a): return "account line \(a.line): \(a.name) kind=\(a.kind) venue=\(a.venue) portfolio=\(a.portfolio)"
    case .distribution(let d):
      var text =
        "distribution line \(d.line): \(d.kind) \(d.asset.symbol) \(d.amountPerToken) \(d.currency.symbol)\(d.isDaily ? " daily" : "")"
      for (name, day) in [("declared", d.declared), ("ex", d.ex), ("record", d.record), ("pay", d.pay), ("from", d.from), ("to", d.to)] {
        if let day { text += " \(name)=\(day)" }
      }
      return text + (d.note.isEmpty ? "" : " note=\(d.note)")
    case .plan(let p):
      return "plan line \(p.line): \(p.kind) " + p.cells.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    case .setting(let s):
      return "setting line \(s.line): \(s.key)=\(s.value)" + (s.portfolio.map { " portfolio=\($0)" } ?? "")
        + (s.from.map { " from=\($0)" } ?? "")
    case .closing(let c): return "closing line \(c.line): \(c.year) \(c.portfolio) \(c.row)"
    case .link(let l): return "link line \(l.line): \(l.isArrival ? "in" : "out") of \(l.transfer.raw): " + event(l.side)
    }
  }

  static func event(_ e: EventDraft) -> String {
    var text = "event line \(e.lines.map(String.init).joined(separator: "+")): \(e.time) \(e.kind.code) "
    text += (e.quantity.map { "\($0) " } ?? "") + ref(e.asset)
    if e.isDateOnly { text += " date-only" }
    func add(_ name: String, _ value: String?) { if let value { text += " \(name)=\(value)" } }
    add("account", e.account)
    add("to", e.toAccount)
    add("price", e.price?.description)
    add("gross", e.gross?.description)
    add("currency", e.currency.map(ref))
    add("fee", e.fee.map { "\($0) " + (e.feeAsset.map(ref) ?? "?") })
    add("fee_value", e.feeValue?.description)
    add("tax", e.tax?.description)
    if e.status != .posted { add("status", e.status.code) }
    add("id", e.externalID)
    if let d = e.details {
      add("to_asset", d.toAsset.map { (d.toQuantity.map { "\($0) " } ?? "") + ref($0) })
      add("ratio", d.ratio?.text)
      add("subtype", d.subtype)
      add("fx_rate", d.fxRate?.description)
      add("settle", d.settleCurrency?.symbol)
      add("settle_date", d.settleDate?.description)
      add("basis_share", d.basisShare?.description)
      add("acquired", d.acquired?.description)
      add("lot_selector", d.lotSelector)
      add("accrued", d.accrued?.description)
      add("tax_country", d.taxCountry)
      add("tax_rate", d.taxRate?.description)
      add("tx", d.txHash)
      add("note", d.note)
      for leg in d.legs { add("leg", "\(leg.account.map { $0 + ":" } ?? "")\(leg.quantity) \(leg.asset.symbol) \(leg.role.code)") }
      add("time_text", d.timeText)
      add("trade_key", d.tradeKey)
    }
    return text
  }

  private static func ref(_ asset: AssetRef) -> String {
    asset.symbol + (asset.hint?.assetClass.map { "(\($0.rawValue))" } ?? asset.hint?.likely.map { "(\($0.rawValue)?)" } ?? "")
  }

  private static func hint(_ asset: AssetRef) -> String {
    guard let hint = asset.hint else { return "" }
    var text = (hint.name.map { " name=\($0)" } ?? "") + (hint.currency.map { " currency=\($0)" } ?? "")
    for (key, value) in hint.attributes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { text += " \(key.rawValue)=\(value)" }
    return text
  }
}
