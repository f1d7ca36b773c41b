import Engine
import Ledger
import TermKit
import Workspace

/// What lies above the screen and takes the keys.
enum Overlay: Hashable, Sendable {
  /// The command prompt.
  case prompt(Prompt)
  /// The filter line; typing filters at once.
  case filter(Prompt, before: String)
  /// The keys of the screen; the text is what was typed to search them.
  case help(TextField, scroll: Int)
  /// A choice among a few things.
  case menu(Menu, MenuPurpose)
  /// A question before something is done.
  case confirm(Dialog, yes: Confirmed)
  /// The file picker.
  case files(FilePicker)
  /// A form for something that is added or edited.
  case form(EditForm)
  /// Every change that was made.
  case history(HistoryPane)
  /// Which figure is to be explained.
  case figures(FigurePicker)
  /// Where a figure comes from.
  case explain(ExplainPane)
}

/// What a menu chooses.
enum MenuPurpose: Hashable, Sendable {
  case theme(before: String)
  case currency
  case portfolio
  case add
  case editAccount, deleteAccount
  /// The portfolio that an account is moved to.
  case move(account: String)
  case benchmark
}

/// What happens when a question is answered with yes.
enum Confirmed: Hashable, Sendable {
  /// Takes a batch back, or applies it again.
  case revert(BatchID, Bool)
  /// Makes a change of the facts.
  case apply(Edit)
  /// Writes off all that is held of an asset, in one account or all.
  case writeOff(String, account: String?)
  /// Stores which lots a recorded disposal takes.
  case pick(EventID, [LotPick])
}

/// Picks files to import.
struct FilePicker: Hashable, Sendable {
  /// The folder shown.
  var folder: Folder
  /// The selected entry.
  var list = ListState()
  /// Paths that are marked.
  var marked: Set<String> = []
  /// What was typed to narrow the list.
  var filter = TextField()
  /// Whether typing goes to the filter.
  var isTyping = false

  /// The entries that the filter lets through.
  var entries: [Folder.Entry] {
    let words = filter.text.lowercased().split(separator: " ")
    return folder.entries.filter { entry in words.allSatisfy { entry.name.lowercased().contains($0) } }
  }

  /// The path of an entry.
  func path(of entry: Folder.Entry) -> String {
    if entry.name == ".." { return FilePicker.parent(of: folder.path) }
    return folder.path == "/" ? "/" + entry.name : folder.path + "/" + entry.name
  }

  /// The folder above.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
