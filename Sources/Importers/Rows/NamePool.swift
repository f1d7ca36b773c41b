/// Short strings by their bytes: a cell that names the same asset a million times makes one string.
final class NamePool {
  private var keys: [UInt64]
  private var texts: [String]
  private static let size = 4096

  init() {
    keys = Array(repeating: 0, count: NamePool.size)
    texts = Array(repeating: "", count: NamePool.size)
  }

  /// The text of a cell.
  @inline(__always)
  func text(_ bytes: UnsafeRawBufferPointer) -> String {
    if bytes.count <= 15 { return CellText.string(bytes) }
    let hash = Fingerprint.hash(bytes, Fingerprint.k0) | 1
    let slot = Int(truncatingIfNeeded: hash &>> 32) & (NamePool.size - 1)
    if keys[slot] == hash, texts[slot].utf8.elementsEqual(bytes) { return texts[slot] }
    let text = CellText.string(bytes)
    keys[slot] = hash
    texts[slot] = text
    return text
  }
}
