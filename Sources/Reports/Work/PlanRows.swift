import Amounts
import Engine
import Ledger

/// A stored distribution, restriction, target or policy, by the number that edit and delete take.
public struct PlanRow: Hashable, ReportRow {
  /// Its number; counted apart for distributions.
  public var id: Int64
  /// distribution, restriction, target or policy.
  public var what: String
  /// The asset it speaks of; nil when it speaks of none, as a target.
  public var asset: AssetLabel?
  /// What it says, in the order of its file's columns, without the asset and what is empty.
  public var fields: [Field]

  /// A cell with the name of its column.
  public struct Field: Hashable, Sendable {
    /// The column of the file.
    public var column: String
    /// Its text.
    public var value: String

    /// A cell.
    public init(_ column: String, _ value: String) { (self.column, self.value) = (column, value) }
  }

  /// - Parameter fields: its cells in the order of its file's columns; the asset's and those that are empty are left out.
  public init(id: Int64, what: String, asset: AssetLabel?, fields: [Field]) {
    self.id = id
    self.what = what
    self.asset = asset
    self.fields = fields.filter { $0.column != "asset" && !$0.value.isEmpty }
  }

  /// What it says in one line: `kind lock, until 2025-01-10`.
  public var summary: String {
    fields.map { "\($0.column.map { $0 == "_" ? " " : String($0) }.joined()) \($0.value)" }.joined(separator: ", ")
  }

  /// What, number, asset, cells.
  public static let columns = [
    Column("what", "What", .text), Column("id", "Id", .integer), Column("asset", "Asset", .text), Column("details", "Details", .text),
  ]

  /// The values, one for each column.
  public var cells: [Cell] { [.text(what), .integer(Int(id)), Cell(asset?.text), .text(summary)] }
}
