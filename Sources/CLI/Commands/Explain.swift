import Engine
import Reports
import Workspace

extension Command {
  /// Where a figure comes from.
  static let explain = Command(
    "explain", "where a figure comes from: formula, inputs, sources", usage: "FIGURE [ASSET]",
    details: "Figures: \(Explanation.figures.joined(separator: ", ")). Without an asset: total value, total cost, total income."
  ) { (context) throws(Failure) in
    let words = context.arguments.operands
    guard let figure = words.first else { throw .usage(.missingOperand("FIGURE")) }
    let book = try context.book()
    let booking = book.booked(asOf: context.asOf)
    guard let found = Explanation(figure, of: words.count > 1 ? words[1] : nil, book, booking, asOf: context.asOf) else {
      let names = Explanation.figures
      if !names.contains(figure) && !(figure == "total") { throw .noSuchFigure(figure, known: names) }
      let labels = book.labels.values.sorted()
      throw .workspace(
        .unknownAsset(words.count > 1 ? words[1] : "", nearest: words.count > 1 ? Nearest.name(to: words[1], among: labels) : nil))
    }
    context.write(found.document)
    return .ok
  }
}
