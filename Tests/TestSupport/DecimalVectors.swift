import Amounts

/// Checks lines written by Tests/AmountsTests/Vectors/generate.py against `Decimal`.
///
/// - Returns: how many lines there were, and those that are wrong with what came instead.
public func checkDecimalVectors(_ text: String) -> (count: Int, wrong: [String]) {
  var count = 0
  var wrong: [String] = []
  for line in text.split(separator: "\n") {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard cells.count >= 3, let expected = cells.last else {
      wrong.append("\(line): not a vector")
      continue
    }
    count += 1
    let result = answer(cells[0], Array(cells[1..<(cells.count - 1)]))
    if result != expected { wrong.append("\(line): \(result)") }
  }
  return (count, wrong)
}

/// The rounding mode a vector names.
private func rounding(_ name: String) -> Rounding? {
  Rounding.allCases.first { "\($0)" == name }
}

private func answer(_ operation: String, _ cells: [String]) -> String {
  if operation == "text" { return Decimal(cells[0])?.description ?? "nil" }
  let isBinary = ["add", "sub", "mul", "div", "cmp", "share"].contains(operation)
  guard let a = Decimal(cells[0]), let b = isBinary ? Decimal(cells[1]) : .zero else { return "unreadable operand" }
  let rest = Array(cells[(isBinary ? 2 : 1)...])
  do throws(DecimalError) {
    switch operation {
    case "add": return try a.adding(b).description
    case "sub": return try a.subtracting(b).description
    case "cmp": return a == b ? (a.hashValue == b.hashValue ? "0" : "equal, but hashes differ") : (a < b ? "-1" : "1")
    case "share":
      guard let whole = Decimal(rest[0]) else { return "unreadable operand" }
      return try a.share(b, of: whole).description
    case "pad":
      guard let places = Int(rest[0]) else { return "unreadable places" }
      return a.text(places: places)
    default:
      guard let places = Int(rest[0]), let mode = rounding(rest[1]) else { return "unreadable rounding" }
      switch operation {
      case "mul": return try a.multiplied(by: b, places: places, mode).description
      case "div": return try a.divided(by: b, places: places, mode).description
      case "round": return a.rounded(to: places, mode).description
      default: return "unknown operation"
      }
    }
  } catch {
    return error == .overflow ? "ovf" : "div0"
  }
}
