/// The name of a figure, as it is typed: parts between slashes, from the report over the row to the column.
///
/// `holdings/BTC@Kraken/cost`, `gains/2024`, `performance/twr`. A slash inside a name is written `%2F`.
public struct FigurePath: Hashable, Sendable, CustomStringConvertible {
  /// The parts, without escapes.
  public var parts: [String]

  /// A name of parts.
  public init(_ parts: [String]) { self.parts = parts }

  /// A name of parts.
  public init(_ parts: String...) { self.parts = parts }

  /// Reads what was typed; empty parts do not count.
  public init(text: String) { parts = text.split(separator: "/").map { FigurePath.unescaped($0) } }

  /// What is typed to name it.
  public var description: String { parts.map { FigurePath.escaped($0) }.joined(separator: "/") }

  /// The row a column belongs to.
  public var parent: FigurePath { FigurePath(Array(parts.dropLast())) }

  /// The same row's other figure.
  public func sibling(_ column: String) -> FigurePath { FigurePath(Array(parts.dropLast()) + [column]) }

  /// A name with one part more.
  public func adding(_ part: String) -> FigurePath { FigurePath(parts + [part]) }

  /// A per cent sign needs an escape only where it would be read as one.
  static func escaped(_ part: String) -> String {
    var text = ""
    var rest = part[...]
    while let character = rest.first {
      if character == "/" {
        text += "%2F"
      } else if rest.hasPrefix("%2F") || rest.hasPrefix("%25") {
        text += "%25"
      } else {
        text.append(character)
      }
      rest = rest.dropFirst()
    }
    return text
  }

  private static func unescaped(_ part: Substring) -> String {
    var text = ""
    var rest = part
    while let character = rest.first {
      if rest.hasPrefix("%2F") || rest.hasPrefix("%25") {
        text += rest.hasPrefix("%2F") ? "/" : "%"
        rest = rest.dropFirst(3)
      } else {
        text.append(character)
        rest = rest.dropFirst()
      }
    }
    return text
  }
}
