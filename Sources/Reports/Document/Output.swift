/// Collects bytes and hands them on in large pieces.
///
/// When the receiver says it is gone (a closed pipe) the rest is dropped, and writers stop at the next row.
public struct Output {
  private var buffer: [UInt8] = []
  private let receive: (([UInt8]) -> Bool)?  // nil keeps everything
  /// Whether the receiver is gone.
  public private(set) var isClosed = false
  private static let piece = 1 << 16

  /// An output that hands pieces to `receive`, which returns false once nobody listens.
  public init(receive: @escaping ([UInt8]) -> Bool) {
    self.receive = receive
    buffer.reserveCapacity(Output.piece + 4096)
  }

  /// Adds text.
  public mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { buffer.append(contentsOf: $0) }
    if buffer.count >= Output.piece { flush() }
  }

  /// Adds one ASCII character.
  mutating func byte(_ character: UInt8) { buffer.append(character) }

  /// Adds bytes.
  mutating func bytes(_ bytes: UnsafeBufferPointer<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Output.piece { flush() }
  }

  /// Hands on what is left.
  public mutating func flush() {
    guard let receive else { return }
    if !isClosed && !buffer.isEmpty { isClosed = !receive(buffer) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// What `write` writes, as one text.
  public static func string(_ write: (inout Output) -> Void) -> String {
    var output = Output()
    write(&output)
    return String(decoding: output.buffer, as: UTF8.self)
  }

  /// An output that keeps everything.
  private init() { receive = nil }
}
