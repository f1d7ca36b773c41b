extension Migrations {
  /// Withdrawals and deposits of different files that are one transfer: the two rows stay, marked as deleted, and one transfer counts.
  static let m0004 = """
    CREATE TABLE transfer_link (
      transfer INTEGER PRIMARY KEY REFERENCES event (id),
      withdrawal INTEGER NOT NULL UNIQUE REFERENCES event (id),
      deposit INTEGER NOT NULL UNIQUE REFERENCES event (id)
    ) STRICT;
    """
}
