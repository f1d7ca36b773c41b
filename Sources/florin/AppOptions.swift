import Amounts
import Disk
import Glibc

/// What the command line says about the app: `florin [demo] [--db FILE] [--theme NAME] [--now INSTANT] [--timezone ZONE] ...`.
struct AppOptions {
  /// Whether the demo portfolio takes the database's place.
  var isDemo = false
  /// Option name -> value.
  var values: [String: String] = [:]

  /// Options that take a value.
  static let valued: Set<String> = ["db", "theme", "now", "timezone", "script", "size", "dump"]
  /// Options that do not.
  static let flags: Set<String> = ["no-mouse", "ascii"]

  /// Reads the arguments; nil when they ask for a command of the command line.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "demo" && !isDemo {
        isDemo = true
        continue
      }
      guard word.hasPrefix("--") else { return nil }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first else { return nil }
      if AppOptions.flags.contains(name) {
        values[name] = "yes"
      } else if AppOptions.valued.contains(name), let value = parts.count > 1 ? parts[1] : rest.popFirst() {
        values[name] = value
      } else {
        return nil
      }
    }
  }

  /// A variable of the environment, unless it is empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  /// An option, else a variable of the environment.
  func value(_ option: String, _ variable: String) -> String? { values[option] ?? AppOptions.environment(variable) }

  /// Where the database is: `--db`, `FLORIN_DB`, else the data folder of the user.
  var database: String {
    if let path = value("db", "FLORIN_DB") { return path }
    if let folder = AppOptions.environment("XDG_DATA_HOME"), folder.hasPrefix("/") { return folder + "/florin/florin.db" }
    return (AppOptions.environment("HOME") ?? ".") + "/.local/share/florin/florin.db"
  }

  /// The folder of settings and themes.
  var configFolder: String {
    if let folder = AppOptions.environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/florin" }
    return (AppOptions.environment("HOME") ?? ".") + "/.config/florin"
  }

  /// The clock: `--now`, `FLORIN_NOW`, else the system's.
  var now: Instant? { value("now", "FLORIN_NOW").flatMap { Instant($0) ?? Day($0).map { Instant(day: $0) } } }

  /// The reporting zone; nil when there is no such zone.
  var zone: Zone? {
    guard let name = value("timezone", "FLORIN_TIMEZONE"), name != "UTC" else { return .utc }
    return System.zoneFile(name).flatMap { Zone(name: name, tzif: $0) }
  }
}

/// The few things the app does with files of its own.
enum Files {
  /// A file of ours: nothing of ours is larger than 4 MB.
  static func read(_ path: String) -> [UInt8]? { Disk.read(path, limit: 1 << 22) }

  /// The names in a folder, sorted; none when it cannot be read.
  static func names(in folder: String) -> [String] { Disk.names(in: folder) ?? [] }

  /// Writes a small file of mode 0600, its folder of mode 0700 if need be. What was there stays where that cannot be done.
  static func write(_ text: String, to path: String) {
    try? { () throws(FileError) in
      try Disk.makeFolder(Disk.folder(of: path))
      try DurableFile.write(Array(text.utf8), to: path, .replaces)
    }()
  }
}
