/// How a table that Florin does not know becomes events, told by the user: which column is what, and what the words in it mean.
///
/// A mapping is a plain text file that people can share:
///
///     # florin mapping 1
///     name = Northbank
///     account = Northbank
///     decimal = comma
///     time = dd/MM/yyyy HH:mm[:ss]
///     column.timestamp = Booked at
///     column.type = Action
///     column.asset = Ticker
///     column.quantity = Units
///     column.gross = Amount
///     default.currency = EUR
///     type.Purchase = BUY
///     type.Note = ignore
///
/// The files it fits are those whose header has all its columns. For JSON, `rows = activities[]` names the array, columns are paths.
public struct Mapping: Hashable, Sendable {
  /// A fact of an event that a column can give. The raw value is the column's name in florin.events.v1.
  public enum Field: String, CaseIterable, Sendable {
    case timestamp, type, asset, quantity, price, currency, gross, fee
    case feeAsset = "fee_asset"
    case tax
    case toAsset = "to_asset"
    case toQuantity = "to_quantity"
    case account, id, subtype
    case txHash = "tx_hash"
    case note
  }

  /// What it is called; the format's id is made of it.
  public var name: String
  /// The account the events go to.
  public var account: String
  /// What commas and points mean.
  public var numbers = NumberStyle.either
  /// The forms of times, as ``TimePattern`` writes them; none is ISO.
  public var times: [String] = []
  /// The array whose elements are rows, for JSON.
  public var rows: String?
  /// Which column gives what.
  public var columns: [Field: String] = [:]
  /// What stands for a column that is not there, or a cell that is empty.
  public var defaults: [Field: String] = [:]
  /// What the words of the type column mean: a type of florin.events.v1, or `ignore`. Case does not matter.
  public var types: [String: String] = [:]

  /// An empty mapping.
  public init(name: String, account: String? = nil) {
    self.name = name
    self.account = account ?? name
  }

  /// The format's id: `mapped.northbank.v1`.
  public var id: String {
    let letters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return "mapped.\(String(letters)).v1"
  }

  /// The format it makes, to be put behind ``Registry/all``.
  public var format: ExportFormat {
    let needed = Field.allCases.compactMap { columns[$0] }
    return ExportFormat(
      id: id, title: name, account: account, tables: rows == nil ? [.init(needed)] : [],
      shapes: rows.map { rows in [.init(rows: [rows], required: needed.map { "\(rows).\($0)" })] } ?? [], numbers: numbers,
      decoding: .eachRow(MappingDecoder(self).decode))
  }
}

/// What is wrong with a line of a mapping file.
public struct MappingError: Error, Hashable, Sendable {
  /// Why a line cannot be read.
  public enum Reason: Hashable, Sendable {
    case noEqualsSign
    case unknownKey(known: [String])
    case unknownValue(known: [String])
    case missing(key: String)
  }
  /// The line, 1-based; 0 when something is missing.
  public var line: Int
  /// Its text.
  public var text: String
  /// What is wrong.
  public var reason: Reason
}

extension Mapping {
  private static let keys = ["name", "account", "decimal", "time", "rows", "column.FIELD", "default.FIELD", "type.WORD"]
  private static let styles: [(String, NumberStyle)] = [("point", .point), ("comma", .comma), ("either", .either)]

  /// Reads a mapping file.
  public init(text: String) throws(MappingError) {
    self.init(name: "")
    account = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = Header.cleaned(String(line))
      if line.isEmpty || line.hasPrefix("#") { continue }
      func fail(_ reason: MappingError.Reason) -> MappingError { MappingError(line: index + 1, text: line, reason: reason) }
      guard let equals = line.firstIndex(of: "=") else { throw fail(.noEqualsSign) }
      let key = Header.cleaned(String(line[..<equals]))
      let value = Header.cleaned(String(line[line.index(after: equals)...]))
      let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
      switch (parts.first ?? "", parts.count) {
      case ("name", 1): name = value
      case ("account", 1): account = value
      case ("rows", 1): rows = value
      case ("time", 1): times.append(value)
      case ("decimal", 1):
        guard let style = Mapping.styles.first(where: { $0.0 == value }) else { throw fail(.unknownValue(known: Mapping.styles.map(\.0))) }
        numbers = style.1
      case ("column", 2), ("default", 2):
        guard let field = Field(rawValue: parts[1]) else { throw fail(.unknownKey(known: Field.allCases.map(\.rawValue))) }
        if parts[0] == "column" { columns[field] = value } else { defaults[field] = value }
      case ("type", 2):
        guard value == "ignore" || MappingDecoder.kind(value) != nil else {
          throw fail(.unknownValue(known: MappingDecoder.kinds + ["ignore"]))
        }
        types[parts[1].lowercased()] = value
      default: throw fail(.unknownKey(known: Mapping.keys))
      }
    }
    if name.isEmpty { throw MappingError(line: 0, text: "", reason: .missing(key: "name")) }
    if account.isEmpty { account = name }
    for field in [Field.timestamp, .asset, .quantity, .type] where columns[field] == nil && defaults[field] == nil {
      // Without a type, the sign of the quantity tells a deposit from a withdrawal; without an asset it is the currency.
      if field == .type || (field == .asset && (columns[.currency] ?? defaults[.currency]) != nil) { continue }
      if field == .quantity && columns[.gross] != nil { continue }
      throw MappingError(line: 0, text: "", reason: .missing(key: "column.\(field.rawValue)"))
    }
  }

  /// The mapping as a file that reads back equal.
  public var text: String {
    var lines = ["# florin mapping 1", "name = \(name)", "account = \(account)"]
    lines.append("decimal = \(Mapping.styles.first { $0.1 == numbers }?.0 ?? "either")")
    lines += times.map { "time = \($0)" }
    if let rows { lines.append("rows = \(rows)") }
    for field in Field.allCases { if let column = columns[field] { lines.append("column.\(field.rawValue) = \(column)") } }
    for field in Field.allCases { if let value = defaults[field] { lines.append("default.\(field.rawValue) = \(value)") } }
    for (word, kind) in types.sorted(by: { $0.key < $1.key }) { lines.append("type.\(word) = \(kind)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
