import Ledger
import Reports
import Workspace

extension Command {
  /// The inbox of movements without another side.
  static let transfers = Command(
    "transfers", "movements between own accounts: the sides that are not linked yet, with candidates", usage: "[--unmatched]",
    details: """
      A withdrawal and a deposit of one asset in two accounts may be one transfer when no more arrived than left, at most 5 % is missing,
      and the arrival lies within seven days. Same transaction hash: linked at import. Otherwise nothing is linked unless you say so:
        florin link WITHDRAWAL DEPOSIT, or florin link --certain for all that leave no doubt
      Linked, lots keep their date and cost, and what did not arrive is the network's fee, a disposal of those units.
      """,
    options: [Option("unmatched", nil, "without the transfers that are linked already")]
  ) { (context) throws(Failure) in
    let workspace = try context.workspace()
    let book = try context.book()
    let filter = try context.filter(TransferRow.columns)
    do throws(WorkspaceError) {
      let links = try workspace.linkedTransfers()
      context.write(
        TransfersReport(book, asOf: context.asOf, links: links, unmatchedOnly: context.arguments.has("unmatched"), filter: filter).document)
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  /// Two events that are one transfer.
  static let link = Command(
    "link", "make one transfer of a withdrawal and a deposit", usage: "[EVENT EVENT] [--certain]",
    details: """
      The numbers of florin transfers, in either order. `florin unlink` or `florin undo` takes it apart again. With --certain all pairs
      that leave no doubt are linked in one step: neither side has another candidate, and they share a transaction hash, or the amount
      (less the fee that is stated) within a day.
      """,
    options: [Option("certain", nil, "all pairs that leave no doubt")]
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    if context.arguments.has("certain") {
      let workspace = try context.workspace()
      do throws(WorkspaceError) {
        let linked = try workspace.linkCertain(asOf: context.asOf, now: context.now)
        context.say(linked.map { "done: " + $0.step.title.plain } ?? "nothing to link without a doubt: see florin transfers --unmatched")
        return .ok
      } catch {
        throw .workspace(error)
      }
    }
    guard words.count == 2 else { throw .usage(.missingOperand("EVENT")) }
    let (a, b) = (try event(words[0]), try event(words[1]))
    return try change(context) { (workspace) throws(WorkspaceError) in try workspace.link(a, b, now: context.now) }
  }

  /// A transfer that is two events after all.
  static let unlink = Command(
    "unlink", "take a linked transfer apart", usage: "EVENT", details: "The transfer's number, or that of either side."
  ) { (context) throws(Failure) in
    guard let word = context.arguments.operands.first else { throw .usage(.missingOperand("EVENT")) }
    let id = try event(word)
    return try change(context) { (workspace) throws(WorkspaceError) in try workspace.unlink(id, now: context.now) }
  }

  private static func event(_ word: String) throws(Failure) -> EventID {
    guard let id = Int64(word), id > 0 else { throw .usage(.badNumber("EVENT", word)) }
    return EventID(id)
  }

  private static func change(
    _ context: Context, _ work: (Workspace) throws(WorkspaceError) -> HistoryStep
  ) throws(Failure) -> ExitCode {
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      context.say("done: " + (try work(workspace)).title.plain)
      return .ok
    } catch {
      throw .workspace(error)
    }
  }
}
