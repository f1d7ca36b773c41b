import Reports
import Workspace

/// The command line of Florin.
public enum CommandLineTool {
  /// The version of the program.
  public static let version = "1.0.0"

  /// Whether the arguments open the app instead of doing one thing: there is no command among them.
  public static func opensApp(_ arguments: [String]) -> Bool {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--help" || word == "-h" || word == "--version" { return false }
      if !word.hasPrefix("-") { return false }
      if ["--db", "--theme", "--now", "--timezone", "--as-of", "--currency"].contains(word) { rest = rest.dropFirst() }
    }
    return true
  }

  /// Where `florin demo` keeps its portfolio when no database is named.
  public static func demoPath(_ environment: [String: String]) -> String { Context.dataFolder(environment) + "/demo.db" }

  /// The database the arguments and the environment name; the default's folder may not exist yet.
  public static func databasePath(_ arguments: [String], _ environment: [String: String]) -> String {
    for (place, word) in arguments.enumerated() {
      if word == "--db", place + 1 < arguments.count { return arguments[place + 1] }
      if word.hasPrefix("--db=") { return String(word.dropFirst(5)) }
    }
    if let path = environment["FLORIN_DB"], !path.isEmpty { return path }
    return Context.dataFolder(environment) + "/florin.db"
  }

  /// Runs one command.
  public static func run(_ invocation: Invocation) -> ExitCode {
    do throws(Failure) {
      return try dispatch(invocation)
    } catch {
      // Names of files and words of arguments are hostile too.
      invocation.errors("florin: " + Describe.failure(error).plain + "\n")
      if case .usage = error { return .usage }
      return .failed
    }
  }

  private static func dispatch(_ invocation: Invocation) throws(Failure) -> ExitCode {
    let words = invocation.arguments
    guard let place = commandPlace(words) else {
      let known = Command.common.map(\.name) + ["version"]
      if let odd = words.first(where: { word in
        word.hasPrefix("-") && word != "-h" && !known.contains { word.dropFirst(2).prefix { $0 != "=" } == $0 }
      }) {
        throw .usage(.unknownOption(odd, nearest: Nearest.name(to: String(odd.drop { $0 == "-" }), among: known).map { "--" + $0 }))
      }
      if words.contains("--version") {
        _ = invocation.output(Array("florin \(version)\n".utf8))
      } else {
        _ = invocation.output(Array(Command.overallHelp.utf8))
      }
      return words.contains("--version") || words.contains("--help") || words.contains("-h") ? .ok : .usage
    }
    let name = words[place]
    if name == "help" {
      let topic = words.dropFirst(place + 1).first
      guard let topic else {
        _ = invocation.output(Array(Command.overallHelp.utf8))
        return .ok
      }
      _ = invocation.output(Array(try command(topic).help.utf8))
      return .ok
    }
    let command = try command(name)
    let rest = words[..<place] + words[(place + 1)...]
    let arguments: Arguments
    let context: Context
    do throws(UsageError) {
      arguments = try Arguments(rest, command.options + Command.common)
      if arguments.has("help") {
        _ = invocation.output(Array(command.help.utf8))
        return .ok
      }
      if let most = command.operands, arguments.operands.count > most { throw .tooManyOperands(arguments.operands[most]) }
      context = try Context(arguments, invocation)
    } catch {
      throw .usage(error)
    }
    return try command.run(try context.inPortfolioZone(invocation))
  }

  private static func command(_ name: String) throws(Failure) -> Command {
    if let command = Command.all.first(where: { $0.name == name }) { return command }
    throw .usage(.unknownCommand(name, nearest: Nearest.name(to: name, among: Command.all.map(\.name))))
  }

  /// Where the command stands: the first word that is neither an option nor an option's value.
  private static func commandPlace(_ words: [String]) -> Int? {
    var index = 0
    while index < words.count {
      let word = words[index]
      if !word.hasPrefix("-") { return index }
      let name = String(word.drop { $0 == "-" })
      let takesValue = Command.common.contains { $0.name == name && $0.placeholder != nil }
      index += takesValue ? 2 : 1
    }
    return nil
  }
}
