/// A law that a generated case broke, and how.
public struct LawBroken: Error, CustomStringConvertible {
  /// What was expected and what came instead.
  public let description: String
  /// A broken law.
  public init(_ description: String) { self.description = description }
}

/// Fails the running case unless `condition` holds.
public func law(_ condition: Bool, _ description: @autoclosure () -> String) throws(LawBroken) {
  if !condition { throw LawBroken(description()) }
}

/// Runs `body` for every value inside one test, so that 500 seeds are one line of the log, and names the value that failed.
public func withEvery<Values: Sequence>(_ label: String, in values: Values, _ body: (Values.Element) throws -> Void) throws {
  for value in values {
    do { try body(value) } catch { throw LawBroken("\(label) \(value): \(error)") }
  }
}

/// Runs `body` with a generator for each seed below `seeds`.
public func withSeeds(_ seeds: UInt64, _ body: (inout SplitMix64) throws -> Void) throws {
  try withEvery("seed", in: 0..<seeds) { seed in
    var random = SplitMix64(seed: seed)
    try body(&random)
  }
}
