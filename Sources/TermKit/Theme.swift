/// What colours and attributes the roles have.
///
/// Read from a text file by `Theme.parse`.
public struct Theme: Hashable, Sendable {
  /// Whether the page is dark or light.
  public enum Appearance: String, Hashable, Sendable {
    /// Light text on dark.
    case dark
    /// Dark text on light.
    case light
  }

  /// What one line of the file says.
  struct Entry: Hashable, Sendable {
    /// One colour, or the stops of a gradient; empty when the line gives attributes only.
    var foreground: [Ink] = []
    /// nil leaves the ground as it is.
    var background: Ink?
    var attributes: Attributes = []
  }

  /// The name in the file, or the file's own.
  public internal(set) var name: String
  /// Whether the page is dark or light.
  public internal(set) var appearance: Appearance = .dark
  /// Per role: the plain entry and those for one depth.
  ///
  /// A role without any falls back.
  var entries: [Role: [ColourDepth?: Entry]] = [:]

  /// A style as the terminal understands it.
  public struct Resolved: Hashable, Sendable {
    /// Colour of the glyph.
    public var foreground: Ink
    /// Colour of the cell.
    public var background: Ink
    /// Bold and so on; never `.fill`.
    public var attributes: Attributes
  }

  /// The entry for a role at a depth: its own for the depth, its plain one, then the fallback role's.
  func entry(_ role: Role, _ depth: ColourDepth) -> Entry? {
    if let own = entries[role] {
      if let exact = own[depth] { return exact }
      if depth == .ansi8, let near = own[.ansi16] { return near }
      if let plain = own[nil] { return plain }
    }
    guard let next = role.fallback else { return nil }
    return entry(next, depth)
  }

  /// The colours of a style at a depth.
  public func resolve(_ style: Style, depth: ColourDepth) -> Resolved {
    let page = entry(.background, depth)
    let own = entry(style.role, depth)
    let ground = style.ground == .background ? page : entry(style.ground, depth)
    let isOnPage = style.ground == .background
    var foreground = Self.colour(own?.foreground ?? [], at: style.position, depth)
    // Sixteen colours hold no pair of a coloured text on a coloured bar that can be read everywhere: there the bar's own ink counts.
    // The sign of a gain or loss is in the text.
    if depth == .ansi16 || depth == .ansi8, style.ground == .selection || style.ground == .selectionInactive,
      !style.attributes.contains(.fill)
    {
      foreground = Self.colour(ground?.foreground ?? [], at: 255, depth) ?? foreground
    }
    var background = (isOnPage ? own?.background ?? page?.background : ground?.background ?? page?.background) ?? .standard
    var attributes = style.attributes.union(own?.attributes ?? [])
    if !isOnPage { attributes.formUnion(ground?.attributes ?? []) }
    if foreground == nil { foreground = Self.colour(entry(.text, depth)?.foreground ?? page?.foreground ?? [], at: 255, depth) }
    if attributes.contains(.fill) {
      attributes.remove(.fill)
      if depth != .mono, let colour = foreground, let rgb = colour.rgb {
        background = colour
        foreground = rgb.luminance > 120 ? Ink.rgb(RGB(16, 16, 16)) : Ink.rgb(RGB(250, 250, 250))
      }
    }
    return Resolved(
      foreground: (foreground ?? .standard).converted(to: depth), background: background.converted(to: depth), attributes: attributes)
  }

  /// A point on a gradient: blended where there are colours enough, else the nearest stop.
  private static func colour(_ stops: [Ink], at position: UInt8, _ depth: ColourDepth) -> Ink? {
    guard stops.count > 1 else { return stops.first }
    let scaled = Int(position) * (stops.count - 1)
    let index = min(scaled / 255, stops.count - 2)
    let part = scaled - index * 255
    guard depth == .direct || depth == .palette256, let from = stops[index].rgb, let to = stops[index + 1].rgb else {
      return stops[part > 127 ? index + 1 : index]
    }
    return .rgb(from.mixed(with: to, part: part))
  }
}
