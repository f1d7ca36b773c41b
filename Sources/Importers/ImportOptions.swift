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
  /// Rows in a batch.
  public var batchRows = 2048
  /// The largest record in bytes.
  public var recordLimit = 16 << 20

  /// Nothing said.
  public init() {}
}
