extension Migrations {
  /// Rows that are known by their exporter's id with another content are counted.
  static let m0008 = """
    ALTER TABLE batch ADD COLUMN rows_changed INTEGER NOT NULL DEFAULT 0;
    """
}
