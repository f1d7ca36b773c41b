import Amounts
import Engine
import Ledger
import Reports
import TermKit
import Workspace

/// The gains screen, and the choice of lots for what was sold.
extension AppState {
  /// Opens the gains; on the page of an asset those of the asset.
  mutating func openGains() -> [Effect] {
    if case .gains = screen { return [] }
    var filter = ""
    if case .asset(let page) = screen, let label = shared.snapshot?.book.label(of: page.asset) { filter = "asset=\"\(label)\"" }
    return drill(.gains(GainsScreen(filter: filter)))
  }

  /// A typed grouping: `gains year`, `gains open`.
  mutating func openGains(by text: String) -> [Effect] {
    if let why = unavailable(.gains) {
      show("gains: \(why)", .warning)
      return []
    }
    let grouping = GainsReport.Grouping(rawValue: text)
    guard grouping != nil || text == "open" else {
      let known = GainsReport.Grouping.allCases.map(\.rawValue) + ["open"]
      show("gains are listed by \(known.joined(separator: ", ")); not by \"\(text)\"", .error)
      return []
    }
    let effects = openGains()
    if case .gains(var gains) = screen {
      gains.list(by: grouping)
      screen = .gains(gains)
    }
    return effects
  }

  // MARK: A file

  /// A name for the file that the open list would be written to.
  var suggestedFile: String {
    guard case .gains(let gains) = screen else { return "gains.csv" }
    if gains.pane == .open { return "lots-\(shared.today).csv" }
    return gains.grouping == .disposal ? "gains-\(shared.today).csv" : "gains-by-\(gains.grouping.rawValue)-\(shared.today).csv"
  }

  /// Writes the open list to a file.
  mutating func exportGains(to path: String) -> [Effect] {
    if let why = unavailable(.exportCSV) {
      show("export: \(why)", .warning)
      return []
    }
    guard case .gains(let gains) = screen else { return [] }
    shared.isLoading = true
    let isFull = path.hasPrefix("/") || path.hasPrefix("~")
    return [.exportGains(isFull ? path : folder + "/" + path, gains.query)]
  }

  // MARK: Lots of a recorded sale

  /// Stores the picked lots in the sale; asks first where the method does not let a sale choose.
  mutating func saveLots() -> [Effect] {
    guard case .whatIf(let picker) = screen, let report = picker.report(shared), let recorded = report.recorded else { return [] }
    let picks = report.whatIf.picks(from: picker.picked)
    let rule = recorded.rule
    if rule.method == .specific {
      shared.isLoading = true
      return [.pick(recorded.event, picks)]
    }
    let isPlain = rule.method == .fifo && shared.snapshot?.book.settings.rules.isEmpty == true
    let message =
      "The method \(rule.method.rawValue) is in force on \(report.day). Lots that are picked count under the method specific only.\n\n"
      + (isPlain
        ? "The method becomes specific: sales without a choice go on as with fifo."
        : "The method becomes specific for that day, and is \(rule.method.rawValue) again from the next day on.")
      + "\nOne u takes both back."
    let dialog = Dialog("Save the lots and the method?", message, buttons: ["Save", "Leave it"])
    overlay = .confirm(dialog, yes: .pick(recorded.event, picks))
    return []
  }

  /// Lets the method choose the lots of the sale again.
  mutating func forgetLots() -> [Effect] {
    guard case .whatIf(let picker) = screen, let recorded = picker.report(shared)?.recorded else { return [] }
    shared.isLoading = true
    return [.pick(recorded.event, [])]
  }
}
