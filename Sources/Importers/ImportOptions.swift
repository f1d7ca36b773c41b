public import Amounts

/// What the user says about a file.
public struct ImportOptions: Sendable {
  /// The account facts go to, where the file names none; nil is the format's default.
  public var account: String?
  /// The zone of clock readings that name none.
  public var zone: Zone = .utc
  /// The format's id, or its beginning when only one format begins so: `--as kraken.ledgers`.
  public var source: String?
  /// The answer to `--decimal-comma`: overrides what the format says.
  public var decimalComma: Bool?
  /// The answer to `--day-first`: whether 5/9 is the fifth of September where a format leaves that to its user.
  public var dayFirst: Bool?
  /// The answer to `--currency`: the currency of amounts that name none.
  public var currency: String?
  /// The answer to `--asset`: the asset of a series that names none.
  public var asset: String?
  /// The day of a file that states values without a date, usually the day of the import.
  public var day: Day?
  /// Where to write down which columns are read; nil when nobody wants to know.
  public var reads: ColumnReads?
  /// Rows in a batch.
  public var batchRows = 2048
  /// The largest record in bytes.
  public var recordLimit = 16 << 20

  /// Nothing said.
  public init() {}
}
