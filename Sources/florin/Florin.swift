import CLI
import Glibc

/// The front door: one command, or the app.
@main
struct Florin {
  static func main() {
    signal(SIGPIPE, SIG_IGN)  // a closed pipe is an answer of write(), not a death
    umask(0o077)
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(CommandLineTool.run(System.invocation(arguments)).rawValue)
  }
}
