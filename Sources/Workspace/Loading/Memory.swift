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

/// Sets from which size on a block of memory is got by itself from the system, to which it goes back as soon as it is free.
///
/// Left alone, glibc keeps ever larger blocks for later use. A book of a million events is read and booked by way of many blocks of
/// a few hundred kilobytes each; kept, they would make the process half as large again as what it holds. What follows a change in
/// memory needs few of them, again and again, and is quicker when it finds them where they were. As with malloc_trim, there is no
/// Swift declaration.
func keepApart(_ blocks: BlockSize) {
  typealias Option = @convention(c) (Int32, Int32) -> Int32
  guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "mallopt") else { return }
  let set = unsafeBitCast(symbol, to: Option.self)
  let (trimThreshold, mapThreshold) = (Int32(-1), Int32(-3))  // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h
  _ = set(mapThreshold, blocks.rawValue)
  _ = set(trimThreshold, 4 * blocks.rawValue)
}

/// What counts as a large block, in bytes.
enum BlockSize: Int32 {
  /// While a whole book is read and booked.
  case whileReading = 0x4_0000
  /// While it follows changes.
  case whileFollowing = 0x80_0000
}
