extension Migrations {
  /// Closed years with everything they freeze: what each event took from lots, and the gains. Nothing was pinned before.
  ///
  /// Taking a closing back deletes its row in `closed_year` alone; what it froze stays under its number, which is not given again.
  static let m0005 = """
    DROP TABLE lot_pin;
    CREATE TABLE closed_year (
      id INTEGER PRIMARY KEY,
      portfolio INTEGER NOT NULL REFERENCES portfolio (id),
      year INTEGER NOT NULL,
      base TEXT NOT NULL,                       -- the currency of totals when it was closed
      at INTEGER NOT NULL,
      UNIQUE (portfolio, year)
    ) STRICT;
    CREATE TABLE lot_pin (
      closing INTEGER NOT NULL,
      place INTEGER NOT NULL,
      event INTEGER NOT NULL,
      asset INTEGER NOT NULL,
      account INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,                 -- counts how often the event takes lots of the asset
      lot_event INTEGER,                        -- NULL: no lot covered it
      lot_leg INTEGER NOT NULL,
      lot_path INTEGER NOT NULL,
      quantity TEXT NOT NULL,
      PRIMARY KEY (closing, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE closed_gain (
      closing INTEGER NOT NULL,
      place INTEGER NOT NULL,
      asset INTEGER NOT NULL,
      account INTEGER NOT NULL,
      kind TEXT NOT NULL,
      acquired INTEGER,
      disposed INTEGER NOT NULL,
      quantity TEXT NOT NULL,
      proceeds TEXT NOT NULL,                   -- a number, or why there is none
      proceeds_currency INTEGER,
      cost TEXT NOT NULL,
      cost_currency INTEGER,
      proceeds_base TEXT NOT NULL,
      cost_base TEXT NOT NULL,
      event INTEGER NOT NULL,
      lot_event INTEGER,
      PRIMARY KEY (closing, place)
    ) STRICT, WITHOUT ROWID;
    """
}
