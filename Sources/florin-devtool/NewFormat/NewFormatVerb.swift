import Glibc
import Importers

extension Verb {
  /// Starts a new format.
  static let newFormat = Verb(
    name: "new-format", usage: "ID SAMPLE [FOLDER]",
    summary: "writes what a new format needs: its file, its fixture and its line in the registry"
  ) { arguments throws(Failure) in
    guard arguments.count == 2 || arguments.count == 3 else { throw .usage("wanted are an id and a file of the exporter") }
    let name = try FormatName(arguments[0])
    let plan = try NewFormat(name, sample: arguments[1], root: arguments.count > 2 ? arguments[2] : ".")
    try plan.carryOut()
    print("wrote \(plan.source)\n      \(plan.fixture)/input.\(plan.kind), notes.md\n      a line in \(plan.registry)")
    print(
      """

      1. Fill in decode() in \(name.type).swift; \(plan.registry.split(separator: "/").dropLast().joined(separator: "/"))/ExportFormat.swift says how.
      2. Make input.\(plan.kind) a made-up file: no real names, amounts, addresses or ids.
      3. RECORD_GOLDENS=1 swift test --filter FixtureTests, read expected.txt, then swift run florin-devtool readme and swift test.
      """)
    return 0
  }
}

/// What is to be written for a new format. Nothing is written when anything is in the way.
struct NewFormat {
  let name: FormatName
  /// The Swift file.
  let source: String
  /// The folder of the fixture.
  let fixture: String
  /// The registry's file.
  let registry: String
  /// `csv` or `json`.
  let kind: String
  private let skeleton: FormatSkeleton
  private let registryText: String
  private let sampleLines: String

  init(_ name: FormatName, sample path: String, root: String) throws(Failure) {
    self.name = name
    source = "\(root)/Sources/Importers/Formats/\(name.type).swift"
    fixture = "\(root)/Tests/ImportersTests/Fixtures/\(name.id)"
    registry = "\(root)/Sources/Importers/Registry.swift"
    if Registry.format(name.id) != nil { throw Failure(message: "there is a format \(name.id) already: a changed export is a new version") }
    for taken in [source, fixture] where access(taken, F_OK) == 0 { throw Failure(message: "\(taken): is there already") }
    let columns = try NewFormat.columns(of: path)
    let text = try Files.text(path)
    let isJSON = text.first { !$0.isWhitespace }.map { $0 == "{" || $0 == "[" } ?? false
    kind = isJSON ? "json" : "csv"
    let arrays = columns.filter { $0.hasSuffix("[]") }.sorted { ($0.count, $0) < ($1.count, $1) }
    skeleton = FormatSkeleton(name: name, columns: columns, rows: isJSON ? arrays.first ?? "[]" : nil)
    registryText = try NewFormat.registered(name, in: try Files.text(registry))
    // A JSON text cut short is none; a table's first lines are the table of a shorter time.
    sampleLines =
      isJSON ? text : text.split(separator: "\n", omittingEmptySubsequences: false).prefix(20).joined(separator: "\n")
  }

  /// The names the sample has, which an importer that knows no format complains about.
  private static func columns(of path: String) throws(Failure) -> [String] {
    if let known = try? DecodeSession(.file(path)) { throw Failure(message: "\(path): is read already as \(known.format.id)") }
    do throws(ImportError) {
      _ = try DecodeSession(.file(path), formats: [])
    } catch .unknownFormat(let found, _, _, _) where found.contains(where: { !$0.isEmpty }) {
      return found
    } catch .cannotRead(_, let code) {
      throw Failure(message: "\(path): \(String(cString: strerror(code)))")
    } catch {
      throw Failure(message: "\(path): has neither a header nor JSON: \(error)")
    }
    throw Failure(message: "\(path): has no columns")
  }

  /// The registry with a line more, in the order of ids.
  private static func registered(_ name: FormatName, in text: String) throws(Failure) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let entries = lines.indices.filter { lines[$0].hasPrefix("    .") && lines[$0].hasSuffix(",") }
    guard entries.count == Registry.all.count, let last = entries.last else {
      throw Failure(message: "Registry.swift: its lines are not one per format: build the tool again")
    }
    let place = zip(Registry.all, entries).first { $0.0.id > name.id }?.1 ?? last + 1
    lines.insert("    .\(name.constant),", at: place)
    return lines.joined(separator: "\n")
  }

  func carryOut() throws(Failure) {
    guard mkdir(fixture, 0o755) == 0 else { throw Failure(message: "\(fixture): \(String(cString: strerror(errno)))") }
    try Files.write(skeleton.text, to: source)
    try Files.write(sampleLines, to: "\(fixture)/input.\(kind)")
    try Files.write("", to: "\(fixture)/expected\(kind == "json" ? "-json" : "").txt")
    try Files.write(skeleton.notes, to: "\(fixture)/notes.md")
    try Files.write(registryText, to: registry)
  }
}
