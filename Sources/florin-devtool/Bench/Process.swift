import Glibc

/// Other programs, run to their end.
enum Process {
  /// This program's own file.
  static var me: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A program in the same folder.
  static func beside(_ name: String) -> String {
    guard let slash = me.lastIndex(of: "/") else { return name }
    return me[...slash] + name
  }

  /// Runs a program found by its name or path.
  ///
  /// - Returns: its exit status, what it wrote to standard output, and how long it took.
  static func run(_ program: String, _ arguments: [String]) throws(Failure) -> (status: Int32, output: String, seconds: Double) {
    var pipe: [Int32] = [0, 0]
    guard Glibc.pipe(&pipe) == 0 else { throw Failure(message: "no pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    posix_spawn_file_actions_addclose(&actions, pipe[0])
    let start = secondsNow()
    let child = try spawn(program, arguments, &actions, nil)
    close(pipe[1])
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(pipe[0], &chunk, chunk.count)
      if count <= 0 { break }
      output += chunk[..<count]
    }
    close(pipe[0])
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return (status & 0x7F == 0 ? status >> 8 & 0xFF : -1, String(decoding: output, as: UTF8.self), secondsNow() - start)
  }

  /// Starts a program.
  static func spawn(
    _ program: String, _ arguments: [String], _ actions: UnsafePointer<posix_spawn_file_actions_t>,
    _ attributes: UnsafePointer<posix_spawnattr_t>?, environment: [String]? = nil
  ) throws(Failure) -> pid_t {
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) }
    variables.append(nil)
    defer { for pointer in words + variables { free(pointer) } }
    var child = pid_t()
    let result =
      environment == nil
      ? posix_spawnp(&child, program, actions, attributes, words, environ)
      : posix_spawnp(&child, program, actions, attributes, words, variables)
    guard result == 0 else { throw Failure(message: "cannot run \(program): \(String(cString: strerror(result)))") }
    return child
  }
}
