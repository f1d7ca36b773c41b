internal import CTerm
internal import Glibc
public import TermKit

/// Why a terminal cannot be taken over.
///
/// Nothing has been changed then.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// There is no description of the terminal named by `TERM`.
  case unknownTerminal(String)
  /// The terminal cannot move its cursor.
  case tooSimple(String)
  /// ncurses refused without saying why.
  case refused(String)
}

/// The screen and keyboard.
///
/// Belongs to the thread that opened it; there is one per process.
public final class Terminal {
  /// What the caller decides about the terminal.
  public struct Options: Sendable {
    /// Report the mouse.
    public var mouse = true
    /// No colours, whatever the terminal can do (`NO_COLOR`).
    public var isMono = false
    /// How long an escape may be the start of a key sequence.
    public var escapeDelayMilliseconds: Int32 = 25
    /// What `COLORTERM` says; `truecolor` or `24bit` asks for RGB where terminfo knows how.
    public var colorTerm = ""
    /// What `TERM` says.
    public var term = ""

    /// The defaults.
    public init() {}
  }

  /// How many colours there are.
  public let depth: ColourDepth
  /// The glyphs this kind of terminal can be trusted with.
  public let suggestedGlyphs: GlyphSet
  private var pairs: PairCache
  private var decoder = KeyDecoder()
  private var shown: [Cell] = []
  private var shownSize = Size(width: 0, height: 0)
  private var theme: Theme?

  /// Takes over the terminal until `close`.
  public init(_ options: Options) throws(TerminalError) {
    var status = CT_FAILED
    if !options.isMono, let direct = Self.directEntry(options) {
      status = Int(ct_open(direct, options.escapeDelayMilliseconds, options.mouse))
    }
    if status != CT_OK, status != CT_NOT_A_TERMINAL {
      status = Int(ct_open(nil, options.escapeDelayMilliseconds, options.mouse))
    }
    switch status {
    case CT_OK: break
    case CT_NOT_A_TERMINAL: throw .notATerminal
    case CT_UNKNOWN_TERM: throw .unknownTerminal(options.term)
    case CT_TOO_SIMPLE: throw .tooSimple(options.term)
    default: throw .refused(options.term)
    }
    depth = options.isMono ? .mono : Self.detectDepth()
    let isConsole = options.term == "linux" || options.term.hasPrefix("vt")
    suggestedGlyphs = isConsole ? .console : .full
    pairs = PairCache(depth: depth)
  }

  deinit { ct_close() }

  /// Gives the terminal back.
  ///
  /// What was written to stderr meanwhile is printed now. Harmless when closed already.
  public func close() { ct_close() }

  /// Columns and rows now.
  public var size: Size { Size(width: Int(ct_columns()), height: Int(ct_rows())) }

  /// Stops the process (Ctrl-Z) with a sane terminal and returns when it is continued.
  ///
  /// Paint again afterwards.
  public func suspend() {
    ct_suspend()
    forgetScreen()
  }

  /// Switches mouse reports on or off.
  public func setMouse(_ isOn: Bool) { ct_set_mouse(isOn) }

  /// The next paint draws every cell, for a screen that something else has written on.
  public func forgetScreen() {
    shown = []
    ct_repaint_all()
  }

  /// Offers text to the terminal's clipboard (OSC 52).
  ///
  /// Terminals may ignore it; nothing says so.
  public func copy(_ text: String) {
    let bytes = Array(text.utf8.prefix(100_000))
    let sequence = Array("\u{1B}]52;c;".utf8) + base64(bytes) + [7]
    sequence.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { ct_write($0.baseAddress, $0.count) }
    }
  }

  // MARK: Input

  // Ctrl-C and Ctrl-Z arrive as keys, and the caller ends or calls `suspend`. TSTP and CONT from outside are dealt with here;
  // TERM, HUP, INT and a terminal that is gone arrive as `.terminate`.

  /// Sleeps until something happens, then takes everything that is pending, so that a held key costs one paint.
  ///
  /// - Parameter timeoutMilliseconds: nil sleeps for ever.
  /// - Returns: inputs in order; empty after a timeout or when only `wake` rang.
  public func wait(wake: Wake? = nil, timeoutMilliseconds: Int? = nil) -> [Input] {
    var inputs: [Input] = []
    let limit = decoder.isPasting ? 500 : timeoutMilliseconds.map { Int32(clamping: $0) } ?? -1
    let reason = ct_wait(wake?.reading ?? -1, limit)
    if reason == 0, decoder.isPasting { return decoder.endPaste() }
    if Int(reason) & CT_WAKE != 0 { wake?.drain() }
    takeSignals(&inputs)
    if reason < 0 || Int(reason) & CT_GONE != 0 {
      inputs.append(.terminate(signal: SIGHUP))
      return inputs
    }
    while true {
      let event = ct_next_event()
      if event.kind == CT_NONE { break }
      inputs += decoder.take(event, now: Self.milliseconds())
    }
    inputs += decoder.settle()
    return inputs
  }

  private func takeSignals(_ inputs: inout [Input]) {
    var isResized = false
    while true {
      switch ct_next_signal() {
      case 0:
        if isResized { inputs.append(.resize(size)) }
        return
      case SIGWINCH:
        if ct_update_size() { isResized = true }
        shown = []
      case SIGTSTP:
        suspend()
        isResized = true
      case SIGCONT:
        ct_resume()
        forgetScreen()
        isResized = true
      case let signal: inputs.append(.terminate(signal: signal))
      }
    }
  }

  // MARK: Painting

  /// Shows a canvas: rows that differ from what is on the screen go to ncurses, which sends the cells that differ.
  ///
  /// A canvas of another size than the screen is cut or leaves the rest blank.
  public func paint(_ canvas: Canvas, theme: Theme) {
    if theme != self.theme {
      self.theme = theme
      pairs = PairCache(depth: depth)
      ct_forget_pairs()
      shown = []
    }
    let room = size
    let width = min(room.width, canvas.size.width)
    let isFresh = shown.count != canvas.cells.count || shownSize != room
    canvas.cells.withUnsafeBufferPointer { new in
      shown.withUnsafeBufferPointer { old in
        guard width > 0, let fresh = new.baseAddress else { return }
        let bytes = width * MemoryLayout<Cell>.stride
        for y in 0..<min(room.height, canvas.size.height) {
          let line = fresh + y * canvas.size.width
          if !isFresh, let before = old.baseAddress, memcmp(line, before + y * canvas.size.width, bytes) == 0 { continue }
          put(line, width: width, y: y, theme)
        }
      }
    }
    shown = canvas.cells
    shownSize = room
    if let cursor = canvas.cursor { ct_cursor(Int32(cursor.y), Int32(cursor.x)) } else { ct_cursor(-1, 0) }
    ct_flush()
  }

  private func put(_ line: UnsafePointer<Cell>, width: Int, y: Int, _ theme: Theme) {
    withUnsafeTemporaryAllocation(of: ct_cell.self, capacity: width) { row in
      var style: Style?
      var look = PairCache.Look(pair: 0, attributes: 0, ground: nil)
      var shown = look
      for x in 0..<width {
        let cell = line[x]
        if cell.style != style {
          style = cell.style
          look = pairs.look(cell.style, theme)
        }
        // A wide glyph cut by the edge of the screen.
        let isCut = x == width - 1 && CellWidth.isWide(cell)
        let scalar = isCut ? 0x20 : cell.scalar
        // An empty cell shows nothing but its ground, so it goes on as the cell before it: half of all changes of colour, and with
        // them half of the bytes, would be for gaps.
        if scalar != 0x20 || look.ground == nil || look.ground != shown.ground { shown = look }
        row.initializeElement(at: x, to: ct_cell(ch: scalar, pair: shown.pair, attrs: shown.attributes, marks: cell.marks))
      }
      ct_put_row(Int32(y), 0, row.baseAddress, Int32(width))
    }
  }

  // MARK: What the terminal is

  /// The direct-colour sibling of a 256-colour terminfo entry, when the terminal says it shows RGB.
  private static func directEntry(_ options: Options) -> String? {
    guard options.colorTerm == "truecolor" || options.colorTerm == "24bit" else { return nil }
    switch options.term {
    case "xterm-256color": return "xterm-direct"
    case "tmux-256color", "screen-256color": return "tmux-direct"
    default: return nil
    }
  }

  private static func detectDepth() -> ColourDepth {
    if ct_direct() { return .direct }
    switch ct_colors() {
    case 256...: return .palette256
    case 16...: return .ansi16
    case 8...: return .ansi8
    default: return .mono
    }
  }

  private static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// Prepares a worker thread so that even a stack overflow on it leaves a sane terminal.
///
/// Call once at its start.
public func installCrashStackForThisThread() { ct_install_thread_stack() }

func base64(_ bytes: [UInt8]) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var out: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
    for place in 0..<4 { out.append(place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "=")) }
  }
  return out
}
