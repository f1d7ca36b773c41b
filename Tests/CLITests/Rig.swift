import Amounts
import Archive
import CLI
import Disk
import TestSupport

/// Runs the command line in this process with a fixed clock and no environment but what a test says.
struct Rig {
  let folder: String
  var environment: [String: String] = [:]

  init(_ name: String) {
    folder = temporaryFolder(name)
    environment = ["FLORIN_DB": folder + "/florin.db", "HOME": folder]
  }

  /// What a run said and how it ended.
  struct Answer {
    var output = ""
    var errors = ""
    var code = ExitCode.ok
  }

  /// Runs `florin` with words split at blanks; a word in single quotes stays together.
  func run(_ line: String, listens: Bool = true) -> Answer {
    final class Box: @unchecked Sendable {
      var output: [UInt8] = []
      var errors = ""
    }
    let box = Box()
    let invocation = Invocation(
      arguments: Rig.words(line), environment: environment, clock: { Instant(day: day("2024-05-15"), second: 43_200) },
      zoneFile: { name in name == "Europe/Amsterdam" ? try? readBytes("/usr/share/zoneinfo/Europe/Amsterdam") : nil },
      output: { piece in
        box.output += piece
        return listens
      }, errors: { box.errors += $0 })
    let code = CommandLineTool.run(invocation)
    return Answer(output: String(decoding: box.output, as: UTF8.self), errors: box.errors.replacing(folder, with: "TMP"), code: code)
  }

  /// Writes a file beside the database and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let path = folder + "/" + name
    try writeText(text, to: path)
    return path
  }

  /// Runs SQL in a database file with the mark of Florin, which is made when it is missing.
  func sql(_ text: String, in path: String) throws { try Database(path: path, mode: .readWrite).run(text) }

  /// The names of the files beside the database.
  var names: [String] { Disk.names(in: folder) ?? [] }

  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    for (place, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if place % 2 == 1 { words.append(String(part)) } else { words += part.split(separator: " ").map(String.init) }
    }
    return words
  }
}

extension String {
  fileprivate func replacing(_ text: String, with other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}
