import Amounts
import CLI
import Importers
import TUI
import TermKit

/// The parts of the README that are made from the program, between `<!-- name -->` and `<!-- end name -->`.
enum ReadmeTables {
  /// Marker -> what stands there.
  static var all: [(name: String, text: String)] { [("keys", keys), ("formats", formats), ("commands", commands)] }

  /// The text with every part as it must be.
  static func renewed(_ readme: String) throws(Failure) -> String {
    var text = readme
    for (name, table) in all {
      let (opening, closing) = ("<!-- \(name) -->\n", "<!-- end \(name) -->")
      guard let start = text.firstRange(of: opening), let end = text[start.upperBound...].firstRange(of: closing) else {
        throw Failure(message: "README.md: the markers <!-- \(name) --> and <!-- end \(name) --> are missing")
      }
      text.replaceSubrange(start.upperBound..<end.lowerBound, with: table)
    }
    return text
  }

  /// Every command with a key that works everywhere, two to a row.
  static var keys: String {
    var entries: [(keys: String, summary: String)] = []
    for command in TUI.Command.allCases {
      let names = Keymap.everywhere.filter { $0.command == command }.map { code($0.key.description) }
      if !names.isEmpty { entries.append((names.joined(separator: " "), cell(command.summary))) }
    }
    let half = (entries.count + 1) / 2
    var table = "| key | does | key | does |\n|---|---|---|---|\n"
    for index in 0..<half {
      let (left, right) = (entries[index], index + half < entries.count ? entries[index + half] : ("", ""))
      table += "| \(left.keys) | \(left.summary) | \(right.0) | \(right.1) |\n"
    }
    return table
  }

  /// Every format of the registry.
  static var formats: String {
    var table = "| export | file | format |\n|---|---|---|\n"
    for format in Registry.all {
      table += "| \(cell(format.title)) | \(format.extensions.joined(separator: ", ").uppercased()) | `\(format.id)` |\n"
    }
    return table
  }

  /// The list of commands, as `florin --help` has it.
  static var commands: String {
    var page: [UInt8] = []
    _ = CommandLineTool.run(
      Invocation(
        arguments: ["--help"], environment: [:], clock: { Instant(microseconds: 0) }, zoneFile: { _ in nil },
        output: { bytes in
          page += bytes
          return true
        }, errors: { _ in }))
    let lines = String(decoding: page, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let list = lines.drop { $0 != "commands:" }.dropFirst().prefix { !$0.isEmpty }
    return "```\n" + list.map { $0.dropFirst(2) + "\n" }.joined() + "```\n"
  }

  private static func code(_ text: String) -> String { text == "|" ? "`\\|`" : "`\(text)`" }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
