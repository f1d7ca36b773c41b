extension Migrations {
  /// What the first screen needs is kept as one piece of bytes instead of rows: positions, the value history, the latest quotes.
  /// Open lots and gains by year were kept as rows that nobody read.
  static let m0006 = """
    DROP TABLE derived_position;
    DROP TABLE derived_lot;
    DROP TABLE derived_gain_year;
    DROP TABLE derived_day;
    CREATE TABLE derived_ready (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      bytes BLOB NOT NULL
    ) STRICT;
    DELETE FROM derived_stamp;
    """
}
