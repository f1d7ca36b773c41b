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

/// Gets every large block of memory by itself from the system, to which it goes back as soon as it is free.
///
/// Left alone, glibc keeps ever larger blocks for later use. A book of a million events is read and booked by way of many blocks of
/// a few hundred kilobytes each; kept, they would make the process half as large again as what it holds. As with malloc_trim, there
/// is no Swift declaration.
func keepLargeBlocksApart() {
  typealias Option = @convention(c) (Int32, Int32) -> Int32
  guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "mallopt") else { return }
  let set = unsafeBitCast(symbol, to: Option.self)
  let (trimThreshold, mapThreshold) = (Int32(-1), Int32(-3))  // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h
  _ = set(mapThreshold, 256 << 10)
  _ = set(trimThreshold, 1 << 20)
}
