extension Migrations {
  /// The first schema. What a file or person told is kept apart from what follows from it: tables named `derived_...` can be
  /// dropped at any time and are computed again.
  ///
  /// A row that came with a batch counts while the batch is applied (state 0); reverting a batch flips its state and leaves its
  /// rows, so that ids survive a redo. Where several rows speak of one thing (facts of an asset, quotes of a day), the one of the
  /// latest applied batch wins.
  static let m0001 = """
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,                       -- import, edit, demo
      source TEXT NOT NULL,                     -- format id
      file TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      at INTEGER NOT NULL,
      account TEXT,
      rows_total INTEGER NOT NULL DEFAULT 0,
      rows_imported INTEGER NOT NULL DEFAULT 0,
      rows_duplicate INTEGER NOT NULL DEFAULT 0,
      rows_ignored INTEGER NOT NULL DEFAULT 0,
      rows_problem INTEGER NOT NULL DEFAULT 0,
      events INTEGER NOT NULL DEFAULT 0,
      state INTEGER NOT NULL DEFAULT 0          -- 0 applied, 1 reverted
    ) STRICT;

    CREATE TABLE asset (
      id INTEGER PRIMARY KEY,
      symbol TEXT NOT NULL
    ) STRICT;
    CREATE INDEX asset_symbol ON asset (symbol);
    CREATE TABLE asset_fact (
      asset INTEGER NOT NULL REFERENCES asset (id),
      key TEXT NOT NULL,                        -- class, name, currency, decimals, cadence, mode, or an attribute
      batch INTEGER NOT NULL REFERENCES batch (id),
      value TEXT NOT NULL,
      PRIMARY KEY (asset, key, batch)
    ) STRICT, WITHOUT ROWID;
    -- How a source names an asset: what an ambiguous import asked once is remembered here.
    CREATE TABLE asset_alias (
      source TEXT NOT NULL,
      name TEXT NOT NULL,
      asset INTEGER NOT NULL REFERENCES asset (id),
      PRIMARY KEY (source, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE portfolio (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      base TEXT NOT NULL,
      zone TEXT NOT NULL DEFAULT 'UTC'
    ) STRICT;
    -- A choice of lot method, scope and fee rule, from a day on.
    CREATE TABLE lot_rule (
      portfolio INTEGER NOT NULL REFERENCES portfolio (id),
      from_day INTEGER NOT NULL,
      method TEXT NOT NULL,
      scope TEXT NOT NULL,
      fees TEXT NOT NULL,
      PRIMARY KEY (portfolio, from_day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL DEFAULT '',
      venue TEXT NOT NULL DEFAULT '',
      portfolio TEXT NOT NULL DEFAULT ''
    ) STRICT;

    -- One wide row an event; legs only where the movements are more than the usual ones.
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL,
      line INTEGER NOT NULL,
      at INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      flags INTEGER NOT NULL,                   -- status, +4 date-only, +8 deleted by an edit
      account INTEGER,
      to_account INTEGER,
      asset INTEGER NOT NULL,
      quantity TEXT,
      price TEXT,
      currency INTEGER,
      gross TEXT,
      fee TEXT,
      fee_asset INTEGER,
      fee_value TEXT,
      tax TEXT,
      external TEXT,                            -- the source's own id
      extra INTEGER NOT NULL DEFAULT 0,         -- 1 when any of the columns below is set
      to_asset INTEGER,
      to_quantity TEXT,
      ratio TEXT,
      subtype TEXT,
      fx_rate TEXT,
      settle_currency INTEGER,
      settle_date INTEGER,
      basis_share TEXT,
      acquired INTEGER,
      lot_selector TEXT,
      accrued TEXT,
      tax_country TEXT,
      tax_rate TEXT,
      tx_hash TEXT,
      note TEXT,
      time_text TEXT,
      trade_key TEXT
    ) STRICT;
    CREATE INDEX event_batch ON event (batch);
    CREATE INDEX event_split ON event (asset, at) WHERE kind = 18;
    CREATE INDEX event_hash ON event (tx_hash) WHERE tx_hash IS NOT NULL;
    CREATE INDEX event_trade ON event (trade_key) WHERE trade_key IS NOT NULL;
    CREATE TABLE leg (
      event INTEGER NOT NULL REFERENCES event (id),
      ordinal INTEGER NOT NULL,
      account INTEGER NOT NULL,
      asset INTEGER NOT NULL,
      quantity TEXT NOT NULL,
      role INTEGER NOT NULL,
      PRIMARY KEY (event, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- The rows of imported files as they were, many to a page.
    CREATE TABLE raw_page (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch (id),
      first_line INTEGER NOT NULL,
      records BLOB NOT NULL
    ) STRICT;
    CREATE INDEX raw_page_line ON raw_page (batch, first_line);
    -- 128-bit identity of every imported row, with how often it occurs.
    CREATE TABLE row_identity (
      hi INTEGER NOT NULL,
      lo INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (hi, lo, batch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quote (
      asset INTEGER NOT NULL,
      kind INTEGER NOT NULL,                    -- 0 close, 1 nav, 2 fx
      day INTEGER NOT NULL,
      currency INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      price TEXT NOT NULL,
      adjusted INTEGER NOT NULL DEFAULT 0,
      source TEXT,
      PRIMARY KEY (asset, kind, day, currency, batch)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE nav_fact (
      asset INTEGER NOT NULL,
      day INTEGER NOT NULL,
      batch INTEGER NOT NULL,
      method TEXT,
      appraiser TEXT,
      document TEXT,
      published INTEGER,
      total_nav TEXT,
      underlying_value TEXT,
      debt TEXT,
      supply TEXT,
      PRIMARY KEY (asset, day, batch)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE distribution (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch (id),
      asset INTEGER NOT NULL REFERENCES asset (id),
      kind TEXT NOT NULL,
      declared INTEGER,
      ex INTEGER,
      record INTEGER,
      pay INTEGER,
      daily INTEGER NOT NULL DEFAULT 0,
      from_day INTEGER,
      to_day INTEGER,
      amount TEXT NOT NULL,
      currency INTEGER NOT NULL,
      note TEXT NOT NULL DEFAULT ''
    ) STRICT;
    -- Restrictions, targets and policies: one row a line of their file, cells as JSON.
    CREATE TABLE plan (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch (id),
      kind INTEGER NOT NULL,                    -- 0 restriction, 1 target, 2 policy
      asset INTEGER REFERENCES asset (id),
      cells TEXT NOT NULL CHECK (json_valid(cells))
    ) STRICT;
    CREATE TABLE usage_metric (
      asset INTEGER NOT NULL REFERENCES asset (id),
      name TEXT NOT NULL,
      day INTEGER NOT NULL,
      value TEXT NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch (id),
      PRIMARY KEY (asset, name, day, batch)
    ) STRICT, WITHOUT ROWID;
    -- Standing of the investor on a platform: KYC, accreditation, with their expiry.
    CREATE TABLE credential (
      platform TEXT NOT NULL,
      kind TEXT NOT NULL,
      jurisdiction TEXT NOT NULL DEFAULT '',
      expires INTEGER,
      note TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (platform, kind)
    ) STRICT, WITHOUT ROWID;
    -- Matches frozen by closing a year: source data, keyed by what is stable.
    CREATE TABLE lot_pin (
      disposal INTEGER NOT NULL REFERENCES event (id),
      lot_event INTEGER NOT NULL REFERENCES event (id),
      lot_leg INTEGER NOT NULL,
      lot_path INTEGER NOT NULL,
      quantity TEXT NOT NULL,
      year INTEGER NOT NULL,
      PRIMARY KEY (disposal, lot_event, lot_leg, lot_path)
    ) STRICT, WITHOUT ROWID;

    -- Every change, so that it can be undone and redone in order.
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      title TEXT NOT NULL,
      batch INTEGER REFERENCES batch (id),      -- an import: undo flips the batch's state
      undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- Single edits: the row before and after, as JSON; NULL where there was or is none.
    CREATE TABLE journal_row (
      journal INTEGER NOT NULL REFERENCES journal (id),
      ordinal INTEGER NOT NULL,
      relation TEXT NOT NULL,
      key TEXT NOT NULL,
      before TEXT,
      after TEXT,
      PRIMARY KEY (journal, ordinal)
    ) STRICT, WITHOUT ROWID;

    -- What follows from the above, stamped with the generation and settings it was computed for.
    CREATE TABLE derived_stamp (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE derived_position (
      asset INTEGER NOT NULL,
      account INTEGER NOT NULL,
      quantity TEXT NOT NULL,
      cost TEXT,
      cost_currency INTEGER,
      cost_why TEXT,
      cost_base TEXT NOT NULL,
      unknown_units TEXT NOT NULL,
      realized_base TEXT NOT NULL,
      unknown_gains INTEGER NOT NULL,
      income_base TEXT NOT NULL,
      unknown_receipts INTEGER NOT NULL,
      lots INTEGER NOT NULL,
      PRIMARY KEY (asset, account)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE derived_lot (
      id INTEGER PRIMARY KEY,
      asset INTEGER NOT NULL,
      account INTEGER NOT NULL,
      acquired INTEGER,
      quantity TEXT NOT NULL,
      cost TEXT,
      cost_currency INTEGER,
      cost_base TEXT,
      event INTEGER NOT NULL,
      leg INTEGER NOT NULL,
      path INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE derived_gain_year (
      asset INTEGER NOT NULL,
      year INTEGER NOT NULL,
      gain_base TEXT NOT NULL,
      income_base TEXT NOT NULL,
      unknown INTEGER NOT NULL,
      PRIMARY KEY (asset, year)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE derived_day (
      day INTEGER PRIMARY KEY,
      value TEXT NOT NULL,
      unpriced INTEGER NOT NULL
    ) STRICT;
    """
}
