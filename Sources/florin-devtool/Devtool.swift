import Glibc

/// `florin-devtool`: what we run while working on Florin. Not a product.
///
/// A verb is one value in a file (or folder) of its own, and one line in `Verb.all`.
@main
struct Devtool {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let name = arguments.first, let verb = Verb.all.first(where: { $0.name == name }) else {
      complain(Verb.overview)
      exit(2)
    }
    do throws(Failure) {
      exit(try verb.run(Array(arguments.dropFirst())))
    } catch {
      complain("florin-devtool \(verb.name): \(error.message)")
      if error.isUsage { complain("usage: florin-devtool \(verb.name) \(verb.usage)") }
      exit(error.isUsage ? 2 : 1)
    }
  }
}

/// One thing the tool can do.
struct Verb: Sendable {
  /// What is typed.
  let name: String
  /// Its arguments, as shown in the usage line.
  let usage: String
  /// What it is for, in a few words.
  let summary: String
  /// Does it, and returns the exit code.
  let run: @Sendable (_ arguments: [String]) throws(Failure) -> Int32

  /// Every verb, in the order of the overview.
  static let all: [Verb] = [.check, .vectors, .exports, .bench, .books, .oracles, .readme, .newFormat]

  /// One line per verb.
  static var overview: String {
    (["usage: florin-devtool VERB ...", ""] + all.map { "  \($0.name) \($0.usage)\n      \($0.summary)" }).joined(separator: "\n")
  }
}

/// Why a verb could not do its work.
struct Failure: Error {
  /// What went wrong, where, and the value.
  let message: String
  /// Whether the arguments were the reason.
  var isUsage = false

  /// The arguments make no sense.
  static func usage(_ message: String) -> Failure { Failure(message: message, isUsage: true) }
}

/// Writes a line to standard error.
func complain(_ text: String) {
  var line = text + "\n"
  _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
