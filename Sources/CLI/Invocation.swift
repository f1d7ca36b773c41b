public import Amounts

/// One run of the command line: everything it may know about the world, and where its words go.
public struct Invocation {
  /// The arguments after the program's name.
  public var arguments: [String]
  /// The environment.
  public var environment: [String: String]
  /// The clock, unless `--now` or `FLORIN_NOW` replaces it.
  public var clock: () -> Instant
  /// The bytes of a zone's TZif file; nil when there is no such zone.
  public var zoneFile: (String) -> [UInt8]?
  /// Takes bytes for standard output; false once nobody reads.
  public var output: ([UInt8]) -> Bool
  /// Takes text for standard error.
  public var errors: (String) -> Void
  /// Whether standard error is a terminal, where progress may be shown.
  public var showsProgress: Bool

  /// A run.
  public init(
    arguments: [String], environment: [String: String], clock: @escaping () -> Instant, zoneFile: @escaping (String) -> [UInt8]?,
    showsProgress: Bool = false, output: @escaping ([UInt8]) -> Bool, errors: @escaping (String) -> Void
  ) {
    self.arguments = arguments
    self.environment = environment
    self.clock = clock
    self.zoneFile = zoneFile
    self.showsProgress = showsProgress
    self.output = output
    self.errors = errors
  }
}

/// How a run ended, as the process tells its parent.
public enum ExitCode: Int32, Sendable {
  /// Everything asked for was done.
  case ok = 0
  /// It failed; nothing was changed.
  case failed = 1
  /// The command line was not understood.
  case usage = 2
  /// It was done, with problems that were named.
  case doneWithProblems = 3
}
