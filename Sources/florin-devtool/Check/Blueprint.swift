/// Which target may import which, as Package.swift says in its own words `room("Engine", ["Ledger", "Amounts"])`.
struct Blueprint {
  /// Target -> its direct dependencies.
  private(set) var corridors: [String: Set<String>] = [:]

  init(package text: String) {
    for (opening, isTest) in [
      ("room(\"", false), ("tests(\"", true), (".executableTarget(", false), (".target(", false), (".systemLibrary(", false),
      (".testTarget(", false),
    ] {
      for call in Blueprint.calls(opening, in: text) {
        let strings = Blueprint.strings(in: call)
        guard let name = opening.hasSuffix("\"") ? strings.first : Blueprint.strings(after: "name:", in: call).first else { continue }
        let named =
          opening.hasSuffix("\"")
          ? Blueprint.firstList(in: call) : Blueprint.firstList(in: Blueprint.tail(after: "dependencies:", in: call))
        let direct = Set(Blueprint.strings(in: named))
        // What `tests(...)` adds by itself.
        corridors[isTest ? name + "Tests" : name] = isTest ? direct.union([name, "TestSupport"]) : direct
      }
    }
  }

  /// The argument text of every call that starts with `opening`, up to its closing parenthesis.
  private static func calls(_ opening: String, in text: String) -> [Substring] {
    var found: [Substring] = []
    var rest = text[...]
    while let start = rest.firstRange(of: opening) {
      let bodyStart = opening.hasSuffix("\"") ? text.index(before: start.upperBound) : start.upperBound
      var depth = 1
      var end = bodyStart
      while end < text.endIndex && depth > 0 {
        if text[end] == "(" { depth += 1 }
        if text[end] == ")" { depth -= 1 }
        end = text.index(after: end)
      }
      found.append(text[bodyStart..<end])
      rest = text[start.upperBound...]
    }
    return found
  }

  private static func tail(after word: String, in text: Substring) -> Substring {
    guard let range = text.firstRange(of: word) else { return "" }
    return text[range.upperBound...]
  }

  private static func firstList(in text: Substring) -> Substring {
    guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return "" }
    // A list behind another label (`exclude:`) is not the dependencies.
    if text[..<open].contains("exclude:") || text[..<open].contains("resources:") || text[..<open].contains("path:") { return "" }
    return text[open...close]
  }

  private static func strings(after word: String, in text: Substring) -> [String] { strings(in: tail(after: word, in: text)) }

  private static func strings(in text: Substring) -> [String] {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
  }
}
