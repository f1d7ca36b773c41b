/// Attribute flags a view may add to whatever the theme says.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// The flags as one byte.
  public let rawValue: UInt8
  /// A set from its flags.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Bold.
  public static let bold = Attributes(rawValue: 1)
  /// Faint.
  public static let dim = Attributes(rawValue: 2)
  /// Italic.
  public static let italic = Attributes(rawValue: 4)
  /// Underlined.
  public static let underline = Attributes(rawValue: 8)
  /// Foreground and background swapped.
  public static let reverse = Attributes(rawValue: 16)
  /// The role's colour fills the cell, and the glyph takes whichever of black and white is readable on it.
  public static let fill = Attributes(rawValue: 32)
}

/// How a cell looks, in the theme's words.
///
/// Four bytes, no padding.
public struct Style: Hashable, Sendable {
  /// The role that gives the foreground, and the background where it names one.
  public var role: Role
  /// Where along the role's gradient, 0...255.
  ///
  /// Ignored by roles of one colour.
  public var position: UInt8
  /// The ground below: another role's background and attributes win over `role`'s (a gain inside the selected row).
  public var ground: Role
  /// Flags on top.
  public var attributes: Attributes

  /// A style.
  ///
  /// `ground` is the page unless said otherwise.
  public init(_ role: Role, _ attributes: Attributes = [], on ground: Role = .background, position: UInt8 = 255) {
    self.role = role
    self.position = position
    self.ground = ground
    self.attributes = attributes
  }

  /// A point on a role's gradient, 0...255.
  public static func gradient(_ role: Role, _ position: Int, _ attributes: Attributes = []) -> Style {
    Style(role, attributes, position: UInt8(clamping: position))
  }

  /// The same on another ground; a style that has a ground of its own keeps it.
  public func on(_ ground: Role) -> Style {
    guard self.ground == .background else { return self }
    var copy = self
    copy.ground = ground
    return copy
  }

  /// The same with more flags.
  public func adding(_ more: Attributes) -> Style {
    var copy = self
    copy.attributes.formUnion(more)
    return copy
  }

  /// Ordinary text.
  public static let text = Style(.text)
  /// Secondary text.
  public static let muted = Style(.muted)
  /// A heading.
  public static let title = Style(.title)
}
