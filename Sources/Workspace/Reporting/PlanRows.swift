public import Engine
import Importers
import Ledger
public import Reports

extension Workspace {
  /// Every distribution, restriction, target and policy of a book, in the order they were stored.
  public static func planRows(in book: Book) -> [PlanRow] {
    let names = Names(book)
    func row(_ id: Int64, _ what: EditSubject, _ asset: AssetID?, _ file: NativeFile, _ cells: [String: String]) -> PlanRow {
      PlanRow(
        id: id, what: what.rawValue, asset: asset.map { names.asset($0) },
        fields: file.columns.map { PlanRow.Field($0, cells[$0] ?? "") })
    }
    let declared = book.distributions.map { row($0.id, .distribution, $0.asset, .distributions, EditCells.of($0, in: book)) }
    let plans = [PlanDraft.Kind.restriction, .target, .policy].flatMap { kind in
      book.plans.filter { $0.kind == kind }.map { row($0.id, EditSubject(kind), $0.asset, NativeFile(kind), EditCells.of($0, in: book)) }
    }
    return declared + plans
  }
}
