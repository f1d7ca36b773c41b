extension Migrations {
  /// What is known of an account belongs to the batch that told it, as with assets, so that taking a batch back takes it back too.
  ///
  /// `seen` marks that a batch uses an asset or account: it exists as long as one applied batch does. The name in `account` stays what
  /// files call it; a `name` fact is what the user calls it. Images of edits become JSON objects by column.
  static let m0002 = """
    CREATE TABLE account_fact (
      account INTEGER NOT NULL REFERENCES account (id),
      key TEXT NOT NULL,                        -- seen, name, kind, venue, portfolio
      batch INTEGER NOT NULL REFERENCES batch (id),
      value TEXT NOT NULL,
      PRIMARY KEY (account, key, batch)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO account_fact SELECT DISTINCT account, 'seen', batch, '' FROM event WHERE account IS NOT NULL;
    INSERT OR IGNORE INTO account_fact SELECT DISTINCT to_account, 'seen', batch, '' FROM event WHERE to_account IS NOT NULL;
    INSERT OR IGNORE INTO account_fact SELECT DISTINCT l.account, 'seen', e.batch, '' FROM leg l JOIN event e ON e.id = l.event;
    CREATE TEMP TABLE account_source AS
      SELECT a.id, coalesce(
        (SELECT min(b.id) FROM batch b WHERE b.source IN ('florin.accounts.v1', 'florin.demo') AND b.state = 0),
        (SELECT min(f.batch) FROM account_fact f WHERE f.account = a.id), (SELECT min(b.id) FROM batch b)) AS batch
      FROM account a;
    INSERT OR IGNORE INTO account_fact SELECT a.id, 'kind', s.batch, a.kind FROM account a JOIN account_source s USING (id) WHERE a.kind <> '';
    INSERT OR IGNORE INTO account_fact SELECT a.id, 'venue', s.batch, a.venue FROM account a JOIN account_source s USING (id) WHERE a.venue <> '';
    INSERT OR IGNORE INTO account_fact
      SELECT a.id, 'portfolio', s.batch, a.portfolio FROM account a JOIN account_source s USING (id) WHERE a.portfolio <> '';
    DROP TABLE account_source;
    ALTER TABLE account DROP COLUMN kind;
    ALTER TABLE account DROP COLUMN venue;
    ALTER TABLE account DROP COLUMN portfolio;

    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT asset, 'seen', batch, '' FROM event;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT currency, 'seen', batch, '' FROM event WHERE currency IS NOT NULL;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT fee_asset, 'seen', batch, '' FROM event WHERE fee_asset IS NOT NULL;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT to_asset, 'seen', batch, '' FROM event WHERE to_asset IS NOT NULL;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT settle_currency, 'seen', batch, '' FROM event WHERE settle_currency IS NOT NULL;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT l.asset, 'seen', e.batch, '' FROM leg l JOIN event e ON e.id = l.event;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT asset, 'seen', batch, '' FROM quote;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT currency, 'seen', batch, '' FROM quote;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT asset, 'seen', batch, '' FROM distribution;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT currency, 'seen', batch, '' FROM distribution;
    INSERT OR IGNORE INTO asset_fact SELECT DISTINCT asset, 'seen', batch, '' FROM plan WHERE asset IS NOT NULL;

    UPDATE journal_row SET
      before = CASE WHEN before IS NOT NULL THEN json_object('key', key, 'value', before) END,
      after = CASE WHEN after IS NOT NULL THEN json_object('key', key, 'value', after) END,
      key = json_object('key', key)
    WHERE relation = 'setting';
    """
}
