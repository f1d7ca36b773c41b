import Amounts
public import Engine
public import Ledger

/// An asset as the list of assets shows it.
public struct AssetRow: Hashable, ReportRow {
  /// Its label.
  public var asset: AssetLabel
  /// Everything known.
  public var facts: Asset

  /// All assets of a book, by label.
  public static func all(in book: Book) -> [AssetRow] {
    let names = Names(book)
    return book.assets.values.map { AssetRow(asset: names.asset($0.id), facts: $0) }.sorted { AssetLabel.precedes($0.asset, $1.asset) }
  }

  private static let shown: [AssetAttribute] = [.subtype, .issuer, .chain, .contract, .isin, .standard, .exemption, .totalSupply, .tags]

  /// Label, name, class, and the commonest facts.
  public static let columns =
    [
      Column("asset", "Asset", .text), Column("name", "Name", .text), Column("class", "Class", .text), Column("currency", "Cur", .text),
      Column("pricing", "Quoted", .text), Column("mode", "Valued by", .text), Column("id", "Id", .integer),
    ]
    + shown.map { attribute in
      Column(camelCase(attribute.rawValue), AssetReport.title(of: attribute), .text, quiet: attribute == .contract || attribute == .tags)
    }

  /// The values, one for each column.
  public var cells: [Cell] {
    [
      .text(asset.text), Cell(facts.name), .text(facts.assetClass.rawValue), Cell(facts.currency),
      .text(facts.expectedCadence.rawValue), .text(facts.valuationMode.rawValue), .integer(Int(facts.id.raw)),
    ] + AssetRow.shown.map { Cell(facts.attributes[$0]) }
  }

  private static func camelCase(_ key: String) -> String {
    let words = key.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }
}
