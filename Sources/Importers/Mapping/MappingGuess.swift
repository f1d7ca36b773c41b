import Ledger

/// The front of a table nobody knows, for the mapping screen.
public struct UnknownTable: Sendable {
  /// The column names.
  public var names: [String]
  /// The first rows.
  public var rows: [Row]
  /// The delimiter.
  public var delimiter: Character

  /// Reads the front of a file: the record with most words is taken for the header.
  public init(_ source: ByteSource, rows limit: Int = 20) throws(ImportError) {
    let window = try ByteWindow(source, limit: ImportOptions().recordLimit)
    var best: (delimiter: UInt8, records: [[String]], header: Int, width: Int) = (0x2C, [], 0, 0)
    for delimiter in Detection.delimiters {
      let records = Detection.records(window.rest, window, delimiter).map(\.cells)
      for (index, cells) in records.enumerated() {
        let width = Detection.wordCount(cells)
        if width > best.width { best = (delimiter, records, index, width) }
      }
    }
    let header = Header(best.records.isEmpty ? [] : best.records[best.header])
    names = header.names
    delimiter = Character(Unicode.Scalar(best.delimiter))
    rows = best.records.dropFirst(best.header + 1).prefix(limit).enumerated().map { index, cells in
      Row(zip(header.names, cells).map { ($0, $1) }, line: index + 1)
    }
  }

  /// What the columns probably are, by their names and by what the first rows hold. For the user to correct.
  public func guess(name: String) -> Mapping {
    var mapping = Mapping(name: name)
    var free = Set(names)
    for (field, words) in UnknownTable.words {
      // Whole names first, then names that contain the word.
      let hit =
        names.first { column in free.contains(column) && words.contains(column.lowercased()) }
        ?? names.first { column in free.contains(column) && words.contains { column.lowercased().contains($0) } }
      if let hit {
        mapping.columns[field] = hit
        free.remove(hit)
      }
    }
    if let column = mapping.columns[.timestamp] { mapping.times = pattern(of: column) }
    mapping.numbers = style([.quantity, .price, .gross, .fee].compactMap { mapping.columns[$0] })
    if let column = mapping.columns[.type] {
      for row in rows {
        let word = row.raw(column).lowercased()
        if EventKind(code: word) == nil, let kind = UnknownTable.kinds.first(where: { word.contains($0.0) })?.1 {
          mapping.types[word] = kind.code
        }
      }
    }
    return mapping
  }

  /// The first pattern that reads every row; none when ISO does, or when nothing does.
  private func pattern(of column: String) -> [String] {
    func fits(_ patterns: [String]) -> Bool {
      !rows.isEmpty && rows.allSatisfy { row in (try? row.optionalMoment(column, patterns)) != nil || row.raw(column).isEmpty }
    }
    if fits([]) { return [] }
    return UnknownTable.patterns.first { fits([$0]) }.map { [$0] } ?? []
  }

  /// The style that reads every number; `either` when both do.
  private func style(_ columns: [String]) -> NumberStyle {
    func fits(_ style: NumberStyle) -> Bool {
      rows.allSatisfy { row in
        var row = row
        row.style = style
        return columns.allSatisfy { column in (try? row.optionalAmount(column)) != nil || row.raw(column).isEmpty }
      }
    }
    switch (fits(.point), fits(.comma)) {
    case (true, false): return .point
    case (false, true): return .comma
    default: return .either
    }
  }

  private static let patterns = [
    "dd.MM.yyyy[ HH:mm[:ss]]", "dd-MM-yyyy[ HH:mm[:ss]]", "yyyy/MM/dd[ HH:mm[:ss]]", "yyyyMMdd[ HHmmss]", "dd MMM yyyy[ HH:mm[:ss]]",
    "MMM d, yyyy[ HH:mm[:ss]]", "dd/MM/yyyy[ HH:mm[:ss]]", "MM/dd/yyyy[ HH:mm[:ss]]", "M/d/yyyy[ h:mm[:ss] a]",
  ]
  private static let words: [(Mapping.Field, [String])] = [
    (.timestamp, ["timestamp", "date", "time", "datum", "booked"]),
    (.type, ["type", "action", "side", "transaction", "kind", "operation"]),
    (.feeAsset, ["fee asset", "fee currency", "fee coin"]), (.fee, ["fee", "fees", "commission"]), (.tax, ["tax", "withholding"]),
    (.quantity, ["quantity", "units", "shares", "amount", "volume", "qty"]), (.price, ["price", "rate", "unit price"]),
    (.gross, ["gross", "total", "value", "net", "cost"]), (.currency, ["currency", "ccy", "quote"]),
    (.asset, ["asset", "symbol", "ticker", "coin", "token", "isin", "instrument", "product"]), (.txHash, ["hash", "txid", "tx id"]),
    (.id, ["id", "reference", "order id"]), (.note, ["note", "notes", "description", "comment", "memo"]),
    (.account, ["account", "wallet"]),
  ]
  private static let kinds: [(String, EventKind)] = [
    ("buy", .buy), ("purchase", .buy), ("sell", .sell), ("sale", .sell), ("deposit", .deposit), ("receive", .deposit),
    ("withdraw", .withdraw),
    ("send", .withdraw), ("dividend", .dividend), ("interest", .interest), ("staking", .reward), ("reward", .reward), ("airdrop", .airdrop),
    ("fee", .fee), ("tax", .tax), ("swap", .swap), ("convert", .swap), ("split", .split),
  ]
}
