import Amounts
import Ledger

/// What the fields of distributions, restrictions, targets and policies must say together.
extension EditCheck {
  /// - Parameter wrong: fields that have a problem already.
  func plan(_ subject: EditSubject, _ cells: [String: String], _ wrong: Set<String>) -> [EditProblem] {
    func has(_ name: String) -> Bool { !(cells[name] ?? "").isEmpty }
    var found: [EditProblem] = []
    func need(_ names: [String], _ remedy: String = "") {
      if !names.contains(where: { has($0) || wrong.contains($0) }) {
        found.append(EditProblem(names[0], "", "is empty, but needed", remedy))
      }
    }
    func order(_ first: String, _ second: String) {
      guard !wrong.contains(first), !wrong.contains(second), let a = cells[first].flatMap({ Day($0) }),
        let b = cells[second].flatMap({ Day($0) }),
        b < a
      else { return }
      found.append(EditProblem(second, "\(b)", "is before \(first) \(a)", "check the two days"))
    }
    switch subject {
    case .distribution:
      for name in ["asset", "kind", "amount_per_token", "currency"] { need([name]) }
      if cells["basis"]?.lowercased() == "daily" {
        for name in ["from", "to"] { need([name], "a daily accrual has a first and a last day") }
      } else {
        need(["record", "ex", "pay"], "or give ex or pay")
      }
      order("record", "pay")
      order("from", "to")
    case .restriction:
      for name in ["asset", "kind"] { need([name]) }
      order("from", "until")
      found += restriction(cells, wrong)
    case .target: for name in ["dimension", "key", "target"] { need([name]) }
    case .policy:
      for name in ["asset", "frequency"] { need([name]) }
      need(["amount_per_token", "share_of_income"], "or give share_of_income")
    default: break
    }
    return found
  }

  private func restriction(_ cells: [String: String], _ wrong: Set<String>) -> [EditProblem] {
    let kind = cells["kind"]?.lowercased() ?? ""
    var found: [EditProblem] = []
    if let lot = cells["lot"], !lot.isEmpty {
      if kind != "lock" || !(cells["quantity"] ?? "").isEmpty {
        found.append(EditProblem("lot", lot, "goes with a lock without a quantity only", "empty one of them"))
      }
    }
    let schedule = cells["schedule"]?.lowercased() ?? ""
    if schedule.isEmpty { return found }
    let words = ["linear", "monthly", "quarterly"]
    let isStepped = words.contains(schedule)
    let tranches = schedule.split(separator: ";", omittingEmptySubsequences: true).map { part in
      part.split(separator: ":").map { $0.filter { $0 != " " } }
    }
    let isListed = !tranches.isEmpty && tranches.allSatisfy { $0.count == 2 && Day($0[0]) != nil && Decimal($0[1])?.isPositive == true }
    if !isStepped && !isListed {
      found.append(
        EditProblem(
          "schedule", cells["schedule"] ?? "", "is no schedule", "write linear, monthly, quarterly or 2025-01-01:100;2026-01-01:50"))
    }
    if isStepped, kind == "vesting" {
      for name in ["from", "until"] where (cells[name] ?? "").isEmpty && !wrong.contains(name) {
        found.append(EditProblem(name, "", "is empty, but schedule needs it", "it runs from one day to another"))
      }
    }
    return found
  }
}
