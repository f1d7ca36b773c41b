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
    var refusal: Int32?
    let code = withoutActuallyEscaping({ (number: Int32) in refusal = number }) { note in
      CommandLineTool.run(System.invocation(arguments, onRefusal: note))
    }
    // Nobody listening any more is not a failure, a full disk is.
    if let refusal, refusal != EPIPE {
      exit(App.fail("cannot write the output: \(String(cString: strerror(refusal))): choose another place", code: ExitCode.failed.rawValue))
    }
    exit(code.rawValue)
  }
}
