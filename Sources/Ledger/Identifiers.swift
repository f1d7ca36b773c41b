public import Amounts

/// The permanent id of an asset.
///
/// It never depends on the ticker or the class, both of which are labels that may change.
public struct AssetID: Hashable, Comparable, Sendable {
  /// The row id.
  public let raw: Int32
  /// The asset with this row id.
  @inline(__always) public init(_ raw: Int32) { self.raw = raw }
  /// Order of creation.
  public static func < (a: AssetID, b: AssetID) -> Bool { a.raw < b.raw }
  /// The asset seen as the money something is measured in.
  @inline(__always) public var asCurrency: Currency { Currency(id: raw) }
  /// The asset that a currency is.
  @inline(__always) public init(_ currency: Currency) { self.raw = currency.id }
}

/// The permanent id of an account.
public struct AccountID: Hashable, Comparable, Sendable {
  /// The row id.
  public let raw: Int32
  /// The account with this row id.
  @inline(__always) public init(_ raw: Int32) { self.raw = raw }
  /// Order of creation.
  public static func < (a: AccountID, b: AccountID) -> Bool { a.raw < b.raw }
}

/// The permanent id of an event.
public struct EventID: Hashable, Comparable, Sendable {
  /// The row id.
  public let raw: Int64
  /// The event with this row id.
  @inline(__always) public init(_ raw: Int64) { self.raw = raw }
  /// Order of recording.
  public static func < (a: EventID, b: EventID) -> Bool { a.raw < b.raw }
}

/// The permanent id of an import batch.
public struct BatchID: Hashable, Comparable, Sendable {
  /// The row id.
  public let raw: Int64
  /// The batch with this row id.
  @inline(__always) public init(_ raw: Int64) { self.raw = raw }
  /// Order of recording.
  public static func < (a: BatchID, b: BatchID) -> Bool { a.raw < b.raw }
}
