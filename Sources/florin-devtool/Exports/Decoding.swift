import Ledger

extension ExportsRun {
  /// Detects and decodes one file through the product's own door.
  static func decode(_ file: String, in directory: String) throws(Failure) -> FileOutcome {
    FileOutcome(file: file)
  }
}
