import Amounts
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
  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > 1 << 22 { return nil }  // nothing of ours is that large
    }
  }

  /// The names in a folder, in no order; none when it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// Writes a small file of mode 0600, its folder of mode 0700 if need be.
  static func write(_ text: String, to path: String) {
    umask(0o077)
    var made = ""
    for part in path.split(separator: "/").dropLast() {
      made += "/" + part
      mkdir(made, 0o700)
    }
    guard let file = fopen(path, "wb") else { return }
    fputs(text, file)
    fclose(file)
  }
}
