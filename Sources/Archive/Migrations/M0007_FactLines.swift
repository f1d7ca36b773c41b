extension Migrations {
  /// Quotes, distributions and plans know the line of the file they came from; those stored before do not.
  static let m0007 = """
    ALTER TABLE quote ADD COLUMN line INTEGER;
    ALTER TABLE distribution ADD COLUMN line INTEGER;
    ALTER TABLE plan ADD COLUMN line INTEGER;
    """
}
