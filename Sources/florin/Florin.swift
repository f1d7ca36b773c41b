import CLI
import Glibc

/// The front door: without a command the app opens, `demo` opens it on the demo portfolio, everything else is the command line.
@main
struct Florin {
  static func main() {
    signal(SIGPIPE, SIG_IGN)  // a closed pipe is an answer of write(), not a death
    umask(0o077)
    let arguments = Array(CommandLine.arguments.dropFirst())
    // `demo` with its output in a file or pipe is a command like any other.
    if let options = AppOptions(arguments), !options.isDemo || isatty(STDOUT_FILENO) == 1 || options.values["script"] != nil {
      exit(App.run(options))
    }
    exit(CommandLineTool.run(System.invocation(arguments)).rawValue)
  }
}
