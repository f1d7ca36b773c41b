public import Ledger

/// What became of one row of the file.
public enum RowState: Hashable, Sendable {
  /// It gave facts, or a part of one.
  case imported
  /// It means nothing to Florin, and why.
  case ignored(String)
  /// It could not be understood.
  case problem(RowProblem)
}

/// One row of the file with its outcome.
public struct DecodedRow: Sendable {
  /// Its line (CSV) or element number (JSON), 1-based.
  public var line: Int
  /// Bytes before it in the text.
  public var offset: Int
  /// Where its raw bytes are in ``DecodedBatch/raw``.
  public var raw: Range<Int>
  /// Its identity.
  public var fingerprint: Fingerprint
  /// Its outcome.
  public var state: RowState
}

/// One fact and the rows it comes from.
public struct DecodedFact: Sendable {
  /// The fact; an event has its `lines`.
  public var fact: Fact
  /// The index in ``DecodedBatch/rows`` of its first row.
  public var row: Int
  /// The indexes of its other rows, ascending; mostly empty.
  public var otherRows: [Int]
  /// Its identity: its rows' fingerprints and its place among the facts of the same rows.
  public var fingerprint: Fingerprint
}

/// A remark about a line.
public struct DecodedNote: Hashable, Sendable {
  /// The line, 0 when the whole file is meant.
  public var line: Int
  /// The remark.
  public var text: String
}

/// Some rows of a file, decoded. Rows of one group are always in one batch.
public struct DecodedBatch: Sendable {
  /// The rows, each with one outcome; in file order, groups in order of their first row.
  public var rows: [DecodedRow] = []
  /// The facts, in order of their first row.
  public var facts: [DecodedFact] = []
  /// The raw records, one behind the other.
  public var raw: [UInt8] = []
  /// Remarks.
  public var notes: [DecodedNote] = []

  /// The raw record of a row as text.
  public func rawText(of row: DecodedRow) -> String { raw[row.raw].withUnsafeBytes { CellText.string($0) } }
}

/// How many rows ended how. The three numbers add up to `total`.
public struct RowCounts: Hashable, Sendable {
  /// Rows that gave facts.
  public var imported = 0
  /// Rows without meaning for Florin.
  public var ignored = 0
  /// Rows that could not be understood.
  public var problem = 0
  /// All rows.
  public var total: Int { imported + ignored + problem }
}
