/// How many colours a terminal shows.
public enum ColourDepth: String, Hashable, Sendable, CaseIterable {
  /// Any RGB colour.
  case direct
  /// The xterm palette.
  case palette256 = "256"
  /// The sixteen ANSI colours.
  case ansi16 = "16"
  /// The eight ANSI colours; a bright foreground is bold.
  case ansi8 = "8"
  /// None; also what `NO_COLOR` asks for.
  case mono
}

/// A colour a terminal can be told.
public enum Ink: Hashable, Sendable {
  /// The terminal's own.
  case standard
  /// A palette entry.
  case index(UInt8)
  /// Red, green, blue.
  case rgb(RGB)
}

/// Red, green and blue, 0...255 each.
public struct RGB: Hashable, Sendable {
  /// Red.
  public var red: UInt8
  /// Green.
  public var green: UInt8
  /// Blue.
  public var blue: UInt8

  /// A colour.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour of an entry of the xterm palette, with xterm's default for the first sixteen.
  public init(index: UInt8) {
    let i = Int(index)
    if i < 16 {
      self = Self.ansi[i]
    } else if i < 232 {
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      self.init(levels[(i - 16) / 36], levels[(i - 16) / 6 % 6], levels[(i - 16) % 6])
    } else {
      let grey = UInt8(8 + (i - 232) * 10)
      self.init(grey, grey, grey)
    }
  }

  private static let ansi: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205),
    RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255),
    RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// Perceived brightness, 0...255 (Rec.
  ///
  /// 601).
  public var luminance: Int { (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000 }

  /// The nearest entry of the 6x6x6 cube and the greys; the first sixteen are left to the user's terminal.
  public var nearest256: UInt8 {
    var best = (index: UInt8(16), distance: Int.max)
    for index in UInt8(16)...255 {
      let d = distance(to: RGB(index: index))
      if d < best.distance { best = (index, d) }
    }
    return best.index
  }

  /// The ANSI colour of the same hue.
  ///
  /// Plain distance would turn every pastel white, so hue decides and brightness picks the half.
  public var nearest16: UInt8 {
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    let top = max(r, g, b)
    let spread = top - min(r, g, b)
    if top < 48 { return 0 }
    if spread < 34 || spread * 100 < top * 15 { return top < 75 ? 0 : top < 150 ? 8 : top < 230 ? 7 : 15 }
    // Hue in degrees: red 0, green 120, blue 240.
    let hue: Int =
      if top == r { (60 * (g - b) / spread + 360) % 360 } else if top == g { 60 * (b - r) / spread + 120 } else {
        60 * (r - g) / spread + 240
      }
    let base: UInt8 =
      switch hue {
      case 25..<75: 3
      case 75..<160: 2
      case 160..<200: 6
      case 200..<265: 4
      case 265..<335: 5
      default: 1
      }
    return top >= 160 ? base + 8 : base
  }

  private func distance(to other: RGB) -> Int {
    // "Redmean": close to perception, integers only. Source: https://www.compuphase.com/cmetric.htm
    let mean = (Int(red) + Int(other.red)) / 2
    let (r, g, b) = (Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue))
    return (512 + mean) * r * r / 256 + 4 * g * g + (767 - mean) * b * b / 256
  }

  /// A point between two colours, `part` of 255 of the way to `other`.
  func mixed(with other: RGB, part: Int) -> RGB {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) * (255 - part) + Int(b) * part + 127) / 255) }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}

extension Ink {
  /// The nearest colour a depth can show.
  public func converted(to depth: ColourDepth) -> Ink {
    switch (self, depth) {
    case (.standard, _), (_, .mono): .standard
    case (.rgb, .direct): self
    case (.index(let i), .direct): i < 8 ? self : .rgb(RGB(index: i))
    case (.rgb(let rgb), .palette256): .index(rgb.nearest256)
    case (.index, .palette256): self
    case (.rgb(let rgb), .ansi16), (.rgb(let rgb), .ansi8): .index(rgb.nearest16)
    case (.index(let i), .ansi16), (.index(let i), .ansi8): .index(i < 16 ? i : RGB(index: i).nearest16)
    }
  }

  /// Its RGB value; nil for the terminal's own.
  public var rgb: RGB? {
    switch self {
    case .standard: nil
    case .index(let index): RGB(index: index)
    case .rgb(let rgb): rgb
    }
  }
}
