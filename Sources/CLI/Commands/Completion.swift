import Reports

extension Command {
  /// Completion scripts.
  static let completion = Command(
    "completion", "a completion script for a shell", usage: "bash|zsh|fish",
    details:
      "bash: source <(florin completion bash). zsh: florin completion zsh > a folder of $fpath/_florin. fish: florin completion fish | source."
  ) { (context) throws(Failure) in
    guard let shell = context.arguments.operands.first else { throw .usage(.missingOperand("bash, zsh or fish")) }
    switch shell {
    case "bash": context.say(CompletionScript.bash)
    case "zsh": context.say(CompletionScript.zsh)
    case "fish": context.say(CompletionScript.fish)
    default:
      let shells = ["bash", "zsh", "fish"]
      throw .usage(.badValue("completion", shell, allowed: shells, nearest: Nearest.name(to: shell, among: shells)))
    }
    return .ok
  }

  /// The manual page.
  static let man = Command("man", "the manual page, for man -l -") { (context) throws(Failure) in
    context.say(ManualPage.text)
    return .ok
  }
}

/// Completion scripts, made from the same table as parsing and help.
enum CompletionScript {
  private static var names: String { Command.all.map(\.name).joined(separator: " ") }

  private static func options(_ command: Command) -> [Option] { command.options + Command.common }

  /// Words that complete after an option of a command.
  private static func cases(_ line: (Command, Option) -> String) -> String {
    Command.all.flatMap { command in options(command).filter { !$0.allowed.isEmpty }.map { line(command, $0) } }.joined(separator: "\n")
  }

  static var bash: String {
    let flags = Command.all.map { "    \($0.name)) words=\"\(options($0).map { "--" + $0.name }.joined(separator: " "))\";;" }
    let operands = Command.all.filter { !$0.words.isEmpty }.map { command in
      "    \(command.name)) COMPREPLY=($(compgen -W \"\(command.words.joined(separator: " "))\" -- \"$word\"));;"
    }
    return """
      _florin() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command="" words="" w
        for w in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do case $w in -*) ;; *) command=$w; break;; esac; done
        if [ -z "$command" ]; then COMPREPLY=($(compgen -W "\(names) --help --version --db" -- "$word")); return; fi
        case "$command $before" in
      \(cases { command, option in "    \"\(command.name) --\(option.name)\") COMPREPLY=($(compgen -W \"\(option.allowed.joined(separator: " "))\" -- \"$word\")); return;;" })
        esac
        case $command in
      \(flags.joined(separator: "\n"))
        esac
        # Figures are asked of the portfolio itself; readline has cut the word at an @.
        if [ "$command" = explain ]; then case $word in -*) ;; *)
          local line=${COMP_LINE:0:COMP_POINT} IFS=$'\\n'; line=${line##* }
          COMPREPLY=($(florin explain --complete "$line" 2>/dev/null)); COMPREPLY=("${COMPREPLY[@]#"${line%"$word"}"}")
          compopt -o nospace 2>/dev/null; return;; esac; fi
        case $word in -*) COMPREPLY=($(compgen -W "$words" -- "$word")); return;; esac
        case $command in
      \(operands.joined(separator: "\n"))
        *) COMPREPLY=($(compgen -f -- "$word"));;
        esac
      }
      complete -o filenames -F _florin florin
      """
  }

  static var zsh: String {
    let arms = Command.all.map { command in
      let lines = options(command).map { option -> String in
        let help = option.help.filter { $0 != "'" && $0 != "[" && $0 != "]" && $0 != ":" }
        let value =
          option.placeholder.map { ":\($0):" + (option.allowed.isEmpty ? "_files" : "(\(option.allowed.joined(separator: " ")))") } ?? ""
        return "'--\(option.name)[\(help)]\(value)'"
      }
      // Figures are asked of the portfolio itself.
      let figures = "'*:figure:{compadd -S \"\" -- ${(f)\"$(florin explain --complete \"$PREFIX\" 2>/dev/null)\"}}'"
      let words = command.words.isEmpty ? "'*:file:_files'" : "'*:word:(\(command.words.joined(separator: " ")))'"
      return "    \(command.name)) _arguments \(lines.joined(separator: " ")) \(command.name == "explain" ? figures : words);;"
    }
    let names = Command.all.map { "'\($0.name):\($0.summary.filter { $0 != "'" && $0 != ":" })'" }
    return """
      #compdef florin
      local -a commands=(\(names.joined(separator: " ")))
      if (( CURRENT == 2 )); then _describe command commands; return; fi
      local command=$words[2]
      shift words
      (( CURRENT-- ))
      case $command in
      \(arms.joined(separator: "\n"))
      esac
      """
  }

  static var fish: String {
    func quoted(_ text: String) -> String { "'" + text.filter { $0 != "'" && $0 != "\\" } + "'" }
    var lines = Command.all.map { "complete -c florin -n __fish_use_subcommand -f -a \($0.name) -d \(quoted($0.summary))" }
    for command in Command.all {
      if !command.words.isEmpty {
        lines.append(
          "complete -c florin -n \(quoted("__fish_seen_subcommand_from " + command.name)) -f -a \(quoted(command.words.joined(separator: " ")))"
        )
      }
      for option in options(command) {
        var line =
          "complete -c florin -n \(quoted("__fish_seen_subcommand_from " + command.name)) -l \(option.name) -d \(quoted(option.help))"
        if option.placeholder != nil { line += " -r" }
        if !option.allowed.isEmpty { line += " -f -a \(quoted(option.allowed.joined(separator: " ")))" }
        lines.append(line)
      }
    }
    lines.append(
      "complete -c florin -n '__fish_seen_subcommand_from explain' -f -a '(florin explain --complete (commandline -ct) 2>/dev/null)'")
    return lines.joined(separator: "\n")
  }
}

/// The manual page, made from the same table as help.
enum ManualPage {
  static var text: String {
    var text = """
      .TH FLORIN 1
      .SH NAME
      florin \\- a portfolio tracker for security tokens, utility tokens and crypto
      .SH SYNOPSIS
      .B florin
      [COMMAND] [options]
      .SH DESCRIPTION
      Without a command, florin opens its full-screen app. Every screen has a command that prints the same figures.
      .SH COMMANDS

      """
    for command in Command.all {
      text += ".TP\n.B \(escaped(command.name)) \(escaped(command.usage))\n\(escaped(command.summary)).\n"
      if !command.details.isEmpty {
        // As it stands, so that tables of names stay tables; a point at the start of a line would be an order to troff.
        let lines = command.details.split(separator: "\n", omittingEmptySubsequences: false).map { "\\&" + escaped(String($0)) }
        text += ".nf\n" + lines.joined(separator: "\n") + "\n.fi\n"
      }
      for option in command.options { text += ".br\n\\-\\-\(escaped(option.name)): \(escaped(option.help))\n" }
    }
    text += ".SH OPTIONS\n"
    for option in Command.common {
      text += ".TP\n.B \\-\\-\(escaped(option.name))\(option.placeholder.map { " " + escaped($0) } ?? "")\n\(escaped(option.help))\n"
    }
    return text + ".SH EXIT STATUS\n0 done, 1 failed and nothing changed, 2 not understood, 3 done with problems."
  }

  /// Text that troff takes literally.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\e")
      .split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")
  }
}
