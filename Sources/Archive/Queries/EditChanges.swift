import Amounts
public import Ledger

extension Database {
  /// What a change of rows means for a book: the events before and after, the series touched.
  ///
  /// - Parameters:
  ///   - rows: the images of the change, which has happened already.
  ///   - back: whether it was taken back: before and after change places.
  public func change(of rows: [EditRow], back: Bool = false) throws(ArchiveError) -> LedgerChange {
    var change = LedgerChange()
    var order: [Int64] = []
    var images: [Int64: EditRow] = [:]
    var legs: [Int64: [EditRow]] = [:]
    for row in rows {
      switch row.relation {
      case "event":
        guard let id = try number("id", in: row.key) else { continue }
        // Lots are selected by the ids of sources, which a book does not hold.
        if let old = row.before, let new = row.after, try text("external", in: old) != text("external", in: new) { return .everything }
        if legs[id] == nil { order.append(id) }
        images[id] = row
      case "leg":
        guard let id = try number("event", in: row.key) else { continue }
        if images[id] == nil && legs[id] == nil { order.append(id) }
        legs[id, default: []].append(row)
      case "quote", "nav_fact":
        guard let id = try number("asset", in: row.key) else { continue }
        change.quotes.insert(AssetID(Int32(truncatingIfNeeded: id)))
      // Lots hang on the class, and the order of events on the names of accounts.
      case "asset_fact": if try text("key", in: row.key) == "class" { return .everything }
      case "account_fact": if try text("key", in: row.key) == "name" { return .everything }
      case "batch": return .everything
      // Everything else is little and is read anew every time.
      default: break
      }
    }
    let reverted = try revertedBatches()
    for id in order {
      let stored = try events(ids: id...id)
      let now = stored.count == 0 ? nil : stored[0]
      var before = now
      if let image = images[id] { before = try event(image: back ? image.after : image.before, reverted) }
      if var event = before {
        var kept = event.extra?.legs ?? now?.extra?.legs ?? []
        if let changed = legs[id] { kept = try replaced(kept, by: changed, back: back) }
        if event.extra != nil || !kept.isEmpty {
          var extra = event.extra ?? EventExtra()
          extra.legs = kept
          event.extra = extra
        }
        before = event
      }
      if before != now { change.events.append(EventChange(before: before, after: now)) }
    }
    return change
  }

  /// The event of an image, without its legs; nil when it does not count.
  private func event(image: String?, _ reverted: Set<Int64>) throws(ArchiveError) -> Event? {
    guard let image else { return nil }
    let columns = Database.eventColumns.map { "json_extract(?1, '$.\($0)')" }
    let row = try statement("SELECT " + columns.joined(separator: ", "))
    row.bind(1, image)
    let found = try row.first { (row) throws(ArchiveError) -> Event? in
      if row.int(5) & 8 != 0 || reverted.contains(row.int(1)) { return nil }
      return try Database.event(of: row) { _ in [] }
    }
    return found ?? nil
  }

  /// The legs before, from those now and the images of those that changed.
  private func replaced(_ legs: [Leg], by rows: [EditRow], back: Bool) throws(ArchiveError) -> [Leg] {
    var found: [Int: Leg] = [:]
    for (place, leg) in legs.enumerated() { found[place] = leg }
    for row in rows {
      let ordinal = Int(try number("ordinal", in: row.key) ?? 0)
      found[ordinal] = try leg(image: back ? row.after : row.before)
    }
    return found.keys.sorted().compactMap { found[$0] }
  }

  private func leg(image: String?) throws(ArchiveError) -> Leg? {
    guard let image else { return nil }
    let row = try statement(
      "SELECT json_extract(?1, '$.account'), json_extract(?1, '$.asset'), json_extract(?1, '$.quantity'), json_extract(?1, '$.role')")
    row.bind(1, image)
    return try row.first { (row) throws(ArchiveError) in
      Leg(
        account: AccountID(Int32(truncatingIfNeeded: row.int(0))), asset: AssetID(Int32(truncatingIfNeeded: row.int(1))),
        quantity: try row.decimal(2) ?? .zero, role: LegRole(rawValue: UInt8(truncatingIfNeeded: row.int(3))) ?? .principal)
    }
  }

  private func number(_ name: String, in image: String) throws(ArchiveError) -> Int64? {
    let row = try statement("SELECT json_extract(?1, '$.' || ?2)")
    row.bind(1, image)
    row.bind(2, name)
    return try row.first { (row) throws(ArchiveError) in row.optionalInt(0) } ?? nil
  }

  private func text(_ name: String, in image: String) throws(ArchiveError) -> String? {
    let row = try statement("SELECT json_extract(?1, '$.' || ?2)")
    row.bind(1, image)
    row.bind(2, name)
    return try row.first { (row) throws(ArchiveError) in row.optionalText(0) } ?? nil
  }
}
