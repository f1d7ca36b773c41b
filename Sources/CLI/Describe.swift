import Glibc
import Importers
import Reports
import Workspace

/// Errors in words: what, where, the value, what to do.
enum Describe {
  static func failure(_ failure: Failure) -> String {
    switch failure {
    case .usage(let error): usage(error)
    case .workspace(let error): error.sentence
    case .cannotMakeFolder(let path, let code): "cannot make a folder: \(path): \(system(code)): name a database with --db FILE"
    case .noSuchFigure(let error): error.sentence
    }
  }

  static func usage(_ error: UsageError) -> String {
    switch error {
    case .unknownCommand(let name, let nearest): "unknown command: \(name): \(meant(nearest, else: "see florin --help"))"
    case .unknownOption(let name, let nearest): "unknown option: \(name): \(meant(nearest, else: "see --help"))"
    case .missingValue(let name, let placeholder): "an option without its value: \(name): say \(name) \(placeholder)"
    case .needsNoValue(let name, let value): "a switch takes no value: \(name)=\(value): say \(name)"
    case .badValue(let name, let value, let allowed, let nearest):
      "a value the option does not take: \(name) \(value): \(nearest.map { "did you mean \($0)? " } ?? "")one of \(allowed.joined(separator: ", "))"
    case .badDate(let name, let value): "not a date: \(name) \(value): write YYYY-MM-DD"
    case .badInstant(let name, let value): "not an instant: \(name) \(value): write 2024-03-01T12:00:00Z"
    case .badZone(let name): "unknown time zone: --timezone \(name): write a name such as Europe/Amsterdam"
    case .badNumber(let name, let value): "not a number: \(name) \(value): write digits such as \(name == "N" ? "3" : "0.035")"
    case .emptySpan(let from, let to): "nothing between the two: \(from) is after \(to): turn the dates round"
    case .unknownFormat(let name, let nearest): "no such format: --as \(name): \(meant(nearest, else: "see florin formats"))"
    case .badBatch(let value): "not the number of a batch: --batch \(value): see florin imports"
    case .missingOperand(let what): "something is missing: \(what): see --help"
    case .notAField(let word): "not a field: \(word): write KEY=VALUE"
    case .fieldTwice(let key): "a field is there twice: \(key)=: say it once"
    case .tooManyOperands(let word): "one word too many: \(word): see --help"
    case .unknownField(let field, let known, let nearest):
      "a field the report does not have: --filter \(field): \(nearest.map { "did you mean \($0)? " } ?? "")one of \(known.joined(separator: ", "))"
    }
  }

  private static func meant(_ nearest: String?, else fallback: String) -> String {
    nearest.map { "did you mean \($0)?" } ?? fallback
  }

  static func system(_ code: Int32) -> String { String(cString: strerror(code)) }
}
