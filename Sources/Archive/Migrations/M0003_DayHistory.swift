extension Migrations {
  /// The kept history tells what is at trades' prices and what became known apart; histories kept before count otherwise.
  static let m0003 = """
    DROP TABLE derived_day;
    CREATE TABLE derived_day (
      day INTEGER PRIMARY KEY,
      value TEXT NOT NULL,
      unpriced INTEGER NOT NULL,
      at_trade INTEGER NOT NULL,
      appeared TEXT NOT NULL,
      vanished TEXT NOT NULL
    ) STRICT;
    DELETE FROM derived_stamp;
    """
}
