import Archive
import Glibc

/// Gives memory that is free inside the process back to the system.
///
/// Reading a large book frees as much as it keeps (slices of columns, lots that were sold again); without this the process would
/// look, and be, twice as large as what it holds. glibc's malloc_trim has no Swift declaration, so it is looked up by name.
func giveBackMemory() {
  typealias Trim = @convention(c) (Int) -> Int32
  guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "malloc_trim") else { return }
  _ = unsafeBitCast(symbol, to: Trim.self)(0)
}

extension Workspace {
  /// Gives back what reading the whole database took beyond what is kept of it, once its reports are made. Nothing after a change that was
  /// followed in memory, which takes little.
  public func giveBackReadingMemory() {
    guard kept.with({ $0?.hasFollowed != true }) else { return }
    writer.with { $0.database.releaseMemory() }
    giveBackMemory()
  }
}
