/// A key with its modifiers.
public struct Key: Hashable, Sendable {
  /// What was pressed.
  public enum Code: Hashable, Sendable {
    /// A printable character.
    case char(Unicode.Scalar)
    /// F1 and on.
    case function(Int)
    /// The named keys of a terminal.
    case enter, tab, escape, backspace, delete, insert, up, down, left, right, home, end, pageUp, pageDown
  }

  /// Modifier keys.
  ///
  /// Shift is reported with named keys only; with a character it is part of the character.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// The flags as one byte.
    public let rawValue: UInt8
    /// A set from its flags.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Shift.
    public static let shift = Modifiers(rawValue: 1)
    /// Alt, or Meta.
    public static let alt = Modifiers(rawValue: 2)
    /// Control.
    public static let control = Modifiers(rawValue: 4)
  }

  /// What was pressed.
  public var code: Code
  /// With which modifiers.
  public var modifiers: Modifiers

  /// A key.
  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// The character a text field should insert, or nil for everything else.
  public var typed: Unicode.Scalar? {
    guard case .char(let scalar) = code, modifiers.isEmpty else { return nil }
    return scalar
  }

  /// Enter.
  public static let enter = Key(.enter)
  /// Esc.
  public static let escape = Key(.escape)
  /// Tab.
  public static let tab = Key(.tab)
  /// Shift-Tab.
  public static let backTab = Key(.tab, .shift)

  /// A plain character.
  public static func char(_ scalar: Unicode.Scalar) -> Key { Key(.char(scalar)) }
  /// A character with Ctrl.
  public static func control(_ scalar: Unicode.Scalar) -> Key { Key(.char(scalar), .control) }
}

/// What happened to the mouse.
public struct Mouse: Hashable, Sendable {
  /// The kinds of mouse event.
  public enum Action: Hashable, Sendable {
    /// A button went down.
    case press(Button)
    /// The button came up.
    case release(Button)
    /// The mouse moved with the button down.
    case drag(Button)
    /// The wheel turned; rows, negative is up.
    case wheel(Int)
  }

  /// A mouse button.
  public enum Button: Hashable, Sendable {
    /// The three buttons.
    case left, middle, right
  }

  /// What happened.
  public var action: Action
  /// Column from 0.
  public var x: Int
  /// Row from 0.
  public var y: Int
  /// Modifiers held.
  public var modifiers: Key.Modifiers
  /// True for the second press in the same place within the double-click time.
  public var isDouble: Bool

  /// A mouse event.
  public init(_ action: Action, x: Int, y: Int, modifiers: Key.Modifiers = [], isDouble: Bool = false) {
    self.action = action
    self.x = x
    self.y = y
    self.modifiers = modifiers
    self.isDouble = isDouble
  }
}

/// Everything a terminal can tell the application.
public enum Input: Hashable, Sendable {
  /// A key.
  case key(Key)
  /// The mouse.
  case mouse(Mouse)
  /// Text that was pasted; unfiltered, but drawing and text fields clean it.
  case paste(String)
  /// The screen has a new size.
  case resize(Size)
  /// The process is asked to end: the signal's number, and 128 + number is the exit status. Also sent when the terminal is gone.
  case terminate(signal: Int32)
}

/// A place on the screen that answers the mouse.
public struct HitRegion<Target: Hashable & Sendable>: Hashable, Sendable {
  /// The cells.
  public var rect: Rect
  /// What a click there means.
  public var target: Target

  /// A region.
  public init(_ rect: Rect, _ target: Target) {
    self.rect = rect
    self.target = target
  }
}

extension Collection {
  /// The target below the mouse; the last region drawn wins.
  public func target<Target>(x: Int, y: Int) -> Target? where Element == HitRegion<Target> {
    var found: Target?
    for region in self where region.rect.contains(x: x, y: y) { found = region.target }
    return found
  }
}
