import Reports

/// An option a command takes.
struct Option: Sendable {
  /// The name without dashes.
  let name: String
  /// What its value is called in help; nil for a switch.
  let placeholder: String?
  /// One line of help.
  let help: String
  /// The values it takes; empty means any.
  let allowed: [String]

  init(_ name: String, _ placeholder: String? = nil, _ help: String, allowed: [String] = []) {
    self.name = name
    self.placeholder = placeholder
    self.help = help
    self.allowed = allowed
  }
}

/// What a command line says, read against the options a command takes.
struct Arguments: Sendable {
  /// Values of options by name; switches have an empty value.
  private(set) var values: [String: String] = [:]
  /// What is not an option, in order.
  private(set) var operands: [String] = []

  /// The value of an option.
  subscript(name: String) -> String? { values[name] }

  /// Whether a switch is on.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// Reads words: `--name value`, `--name=value`, switches, `--` before operands that look like options.
  init(_ words: ArraySlice<String>, _ options: [Option]) throws(UsageError) {
    var rest = words
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      guard word.hasPrefix("-"), word.count > 1 else {
        operands.append(word)
        continue
      }
      let long = word == "-h" ? "--help" : word
      let parts = long.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts.first ?? ""
      guard long.hasPrefix("--"), let option = options.first(where: { $0.name == name }) else {
        throw .unknownOption(word, nearest: Nearest.name(to: name, among: options.map(\.name)).map { "--" + $0 })
      }
      var value = parts.count > 1 ? parts[1] : nil
      if let placeholder = option.placeholder {
        value = value ?? rest.popFirst()
        guard let value else { throw .missingValue("--" + name, placeholder) }
        if !option.allowed.isEmpty && !option.allowed.contains(value) {
          throw .badValue("--" + name, value, allowed: option.allowed, nearest: Nearest.name(to: value, among: option.allowed))
        }
        values[name] = value
      } else if let value {
        throw .needsNoValue("--" + name, value)
      } else {
        values[name] = ""
      }
    }
  }
}

/// Why a command line was not understood.
enum UsageError: Error, Hashable, Sendable {
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, nearest: String?)
  case missingValue(String, String)
  case needsNoValue(String, String)
  case badValue(String, String, allowed: [String], nearest: String?)
  case badDate(String, String)
  case badInstant(String, String)
  case badZone(String)
  case badNumber(String, String)
  case badBatch(String)
  case emptySpan(String, String)
  case unknownFormat(String, nearest: String?)
  case missingOperand(String)
  case notAField(String)
  case fieldTwice(String)
  case tooManyOperands(String)
  case unknownField(String, known: [String], nearest: String?)
}
