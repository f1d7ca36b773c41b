import TestSupport

extension Verb {
  /// Proves the decimals against vectors made by Tests/AmountsTests/Vectors/generate.py.
  static let vectors = Verb(name: "vectors", usage: "FILE", summary: "checks decimal vectors of Tests/AmountsTests/Vectors/generate.py") {
    arguments throws(Failure) in
    guard arguments.count == 1 else { throw .usage("one file is wanted") }
    let (count, wrong) = checkDecimalVectors(try Files.text(arguments[0]))
    for line in wrong.prefix(20) { complain(line) }
    print("\(count) vectors, \(wrong.count) wrong")
    return wrong.isEmpty && count > 0 ? 0 : 1
  }
}
