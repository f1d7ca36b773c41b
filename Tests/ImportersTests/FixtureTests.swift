import Glibc
import Importers
import Testing

/// Every format has a folder `Fixtures/<id>/` with `input.csv` or `input.json`, `expected.txt` and `notes.md`.
/// `RECORD_GOLDENS=1` writes `expected.txt` and still fails, so that a recording is never mistaken for a test.
@Suite struct FixtureTests {
  @Test func everyFormatHasAFixtureAndEveryFixtureAFormat() throws {
    #expect(try Fixtures.ids() == Registry.all.map(\.id))
  }

  @Test func theRegistryIsAlphabetical() {
    let ids = Registry.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: Fixtures.all)
  func decodesAsExpected(_ fixture: Fixture) throws {
    let actual = try Rendering.text(of: .file(fixture.input), ImportOptions())
    #expect(actual.hasPrefix("format \(fixture.id)\n"))
    try Fixtures.compare(actual, with: fixture.expected)
  }
}

/// One input of a format.
struct Fixture: Sendable, CustomTestStringConvertible {
  var id: String
  var input: String
  var expected: String
  var testDescription: String { String(input.split(separator: "/").suffix(2).joined(separator: "/")) }
}

enum Fixtures {
  static let all: [Fixture] = (try? inputs()) ?? []

  static let folder = #filePath.prefix(through: #filePath.lastIndex(of: "/") ?? #filePath.startIndex) + "Fixtures"

  static func list(_ path: String) throws -> [String] {
    guard let handle = opendir(path) else { throw FixtureError.missing(path) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func ids() throws -> [String] { try list(String(folder)) }

  /// `input.csv`, `input.json`, and further ones such as `input-2019.csv` with `expected-2019.txt`.
  static func inputs() throws -> [Fixture] {
    var found: [Fixture] = []
    for id in try ids() {
      for name in try list("\(folder)/\(id)") where name.hasPrefix("input") {
        let stem = name.prefix { $0 != "." }.dropFirst("input".count)
        let kind = name.hasSuffix(".json") && stem.isEmpty ? "-json" : ""
        found.append(Fixture(id: id, input: "\(folder)/\(id)/\(name)", expected: "\(folder)/\(id)/expected\(stem)\(kind).txt"))
      }
    }
    return found
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let taken = fread(&chunk, 1, chunk.count, file), taken > 0 { bytes.append(contentsOf: chunk[..<taken]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func compare(_ actual: String, with path: String) throws {
    if getenv("RECORD_GOLDENS") != nil {
      guard let file = fopen(path, "w") else { throw FixtureError.missing(path) }
      fputs(actual, file)
      fclose(file)
      Issue.record("recorded \(path)")
      return
    }
    let expected = read(path) ?? ""
    if actual == expected { return }
    let (a, e) = (
      actual.split(separator: "\n", omittingEmptySubsequences: false), expected.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let at = zip(a, e).enumerated().first { $1.0 != $1.1 }?.offset ?? min(a.count, e.count)
    Issue.record("\(path):\(at + 1): expected \(at < e.count ? e[at] : "nothing"), got \(at < a.count ? a[at] : "nothing")")
  }
}

enum FixtureError: Error { case missing(String) }
