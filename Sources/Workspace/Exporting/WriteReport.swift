import Glibc
public import Reports

extension Workspace {
  /// Writes a report's rows to a new file that nobody else may read, as the command line writes them.
  ///
  /// - Returns: how many rows it has.
  /// - Throws: `.cannotWrite`, also when there is a file of that name.
  public func write(_ document: Document, asCSVTo path: String) throws(WorkspaceError) -> Int {
    let file = try ExportFile(path)
    var failure: WorkspaceError?
    var output = Output { bytes in
      do throws(WorkspaceError) { try file.write(bytes) } catch { failure = error }
      return failure == nil
    }
    CSVWriter().write(document, to: &output)
    output.flush()
    if let failure { throw failure }
    try file.commit()
    return document.rows.count
  }
}
