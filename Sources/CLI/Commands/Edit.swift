import Amounts
import Engine
import Ledger
import Reports
import Workspace

extension Command {
  private static let subjects = EditSubject.allCases.map(\.rawValue).joined(separator: "|")

  /// What may follow: the subject, then the fields of all of them.
  private static let words: [String] = {
    var found = EditSubject.allCases.map(\.rawValue)
    for subject in EditSubject.allCases {
      for field in EditField.all(subject) where !found.contains(field.name + "=") { found.append(field.name + "=") }
    }
    return found
  }()

  private static func fields(_ subject: EditSubject) -> String {
    "\(subject.rawValue): " + EditField.all(subject).map(\.name).joined(separator: ", ")
  }

  /// Something new.
  static let add = Command(
    "add", "add an event, price, NAV, distribution, plan, asset or account", usage: "\(subjects) KEY=VALUE...",
    details: """
      Keys are the columns of Florin's own files. It is checked before it is saved, and florin undo takes it back.
        florin add event type=BUY timestamp=2024-03-01 account=Vault asset=BTC quantity=0.5 price=60000 currency=USD
        florin add nav asset=TOWR date=2024-03-31 price=1.10 currency=USD method=appraisal
        florin add price kind=fx asset=EUR date=today price=1.08 currency=USD
        florin add distribution asset=TOWR kind=rent record=2024-3-31 pay=2024-4-1 amount_per_token=0.0072 currency=USD
        florin add restriction asset=TOWR kind=lock until=2025-01-10 reason='Rule 144'
        florin add target dimension=class key=security target='60 %' band=0.05
      Days may be written 2024-3-5, 2024/3/5, today or yesterday; thousands as 1,234.50 or 1 234.50; shares as 0.6 or 60 %.
      An asset that is new is made when the event says its class (class=crypto); an account that is new is made by its name.

      """ + EditSubject.allCases.map(fields).joined(separator: "\n"),
    words: words
  ) { (context) throws(Failure) in
    var words = context.arguments.operands[...]
    let subject = try subject(words.popFirst())
    return try save(.save(.new(subject), try cells(words)), context)
  }

  /// Something else than before.
  static let edit = Command(
    "edit", "change an event, price, NAV, distribution, plan, asset or account",
    usage: "\(subjects) ID KEY=VALUE... | event ID --lots LOTS",
    details: """
      event ID: its number in florin events, or its source's own id where that is unique. asset SYMBOL, account NAME.
      distribution, restriction, target and policy ID: its number in florin plans; a target also DIMENSION/KEY.
      price and nav are named by their columns: asset=, date=, and where there are several currency= and kind=.
        florin edit event 17 quantity=2.5
        florin edit price asset=BTC date=2024-03-01 price=61000
        florin edit target class/security target=0.55
        florin edit account Vault account=Ledger kind=wallet
      Only what is named changes; KEY= empties it. What an import brought keeps its origin.
      --lots says which lots a sale takes: the events that made them, as florin whatif event ID lists them, each with how much of it
      (else as much as it has and is still needed); none lets the method choose again. It counts under the method specific: where another
      one holds, that becomes specific for the day of the sale, or for good in place of fifo when no other event names lots. A sale of a
      closed year is refused.
        florin edit event 17 --lots 3:0.5,8
        florin edit event 17 --lots none

      """ + EditSubject.allCases.map(fields).joined(separator: "\n"),
    options: [Option("lots", "LOTS", "the lots a recorded sale takes: LOT[:QUANTITY],... or none")],
    words: words
  ) { (context) throws(Failure) in
    var words = context.arguments.operands[...]
    let subject = try subject(words.popFirst())
    let (target, rest) = try target(subject, words)
    if let lots = context.arguments["lots"] {
      guard case .event(let key) = target else { throw .usage(.badValue("what", subject.rawValue, allowed: ["event"], nearest: nil)) }
      if let odd = rest.first { throw .usage(.tooManyOperands(odd)) }
      return try pick(lots, of: key, context)
    }
    let cells = try cells(rest.dropFirst(0))
    if cells.isEmpty { throw .usage(.missingOperand("KEY=VALUE")) }
    return try save(.save(target, cells), context)
  }

  /// Something gone.
  static let delete = Command(
    "delete", "take away an event, price, NAV, distribution, plan, unused asset or account",
    usage: "\(subjects) ID...",
    details: """
      Named as in florin edit. Importing its file again does not bring a deleted event back; florin undo does.
        florin delete event 17
        florin delete nav asset=TOWR date=2024-03-31
        florin delete restriction 3
      """,
    words: words
  ) { (context) throws(Failure) in
    var words = context.arguments.operands[...]
    let subject = try subject(words.popFirst())
    let (target, rest) = try target(subject, words)
    if let odd = rest.first { throw .usage(.tooManyOperands(odd)) }
    return try save(.delete(target), context)
  }

  /// Stores which lots a sale takes.
  private static func pick(_ text: String, of key: String, _ context: Context) throws(Failure) -> ExitCode {
    var picks: [LotPick] = []
    for word in text == "none" ? [] : text.split(separator: ",").map(String.init) {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, let lot = Int64(parts[0]) else { throw .usage(.badNumber("--lots", word)) }
      var pick = LotPick(event: EventID(lot))
      if parts.count == 2 {
        guard let units = Decimal(parts[1]), units.isPositive else { throw .usage(.badNumber("--lots", word)) }
        pick.quantity = units
      }
      picks.append(pick)
    }
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      let outcome = try workspace.pickLots(of: key, picks, now: context.now)
      context.say((outcome.step.isUnchanged ? "nothing to change: " : "done: ") + outcome.step.title.plain)
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  private static func save(_ edit: Edit, _ context: Context) throws(Failure) -> ExitCode {
    let workspace = try context.workspace()
    do throws(WorkspaceError) {
      let outcome = try workspace.apply(edit, now: context.now)
      let isUnchanged = outcome.step.isUnchanged
      context.say((isUnchanged ? "nothing to change: " : "done: ") + outcome.step.title.plain)
      if case .save(.new(.event), _) = edit, let event = outcome.event { context.say("event \(event.raw)") }
      return .ok
    } catch {
      throw .workspace(error)
    }
  }

  private static func subject(_ word: String?) throws(Failure) -> EditSubject {
    guard let word else { throw .usage(.missingOperand(subjects)) }
    if let subject = EditSubject(rawValue: word) { return subject }
    let known = EditSubject.allCases.map(\.rawValue)
    throw .usage(.badValue("what", word, allowed: known, nearest: Nearest.name(to: word, among: known)))
  }

  /// The words `KEY=VALUE`.
  private static func cells(_ words: ArraySlice<String>) throws(Failure) -> [String: String] {
    var found: [String: String] = [:]
    for word in words {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { throw .usage(.notAField(word)) }
      let key = word[..<equals].lowercased()
      if found.updateValue(String(word[word.index(after: equals)...]), forKey: key) != nil { throw .usage(.fieldTwice(key)) }
    }
    return found
  }

  /// What the words name, and those that are left.
  private static func target(_ subject: EditSubject, _ words: ArraySlice<String>) throws(Failure) -> (EditTarget, ArraySlice<String>) {
    if subject != .price && subject != .nav {
      guard let key = words.first else {
        throw .usage(.missingOperand(subject == .asset ? "SYMBOL" : subject == .account ? "NAME" : "ID"))
      }
      let target: EditTarget =
        switch subject {
        case .event: .event(key)
        case .distribution: .distribution(key)
        case .restriction: .plan(.restriction, key)
        case .target: .plan(.target, key)
        case .policy: .plan(.policy, key)
        case .asset: .asset(key)
        default: .account(key)
        }
      return (target, words.dropFirst())
    }
    let named = try cells(words)
    guard let asset = named["asset"] else { throw .usage(.missingOperand("asset=SYMBOL")) }
    guard let date = named["date"] else { throw .usage(.missingOperand("date=YYYY-MM-DD")) }
    guard let day = Day(date) else { throw .usage(.badDate("date=", date)) }
    var kind = QuoteDraft.Kind.nav
    if subject == .price {
      let word = named["kind"] ?? "close"
      switch word {
      case "close": kind = .close
      case "fx": kind = .fx
      default: throw .usage(.badValue("kind=", word, allowed: ["close", "fx"], nearest: nil))
      }
    }
    let keys = ["asset", "date", "currency", "kind"]
    let rest = words.filter { word in !keys.contains { word.lowercased().hasPrefix($0 + "=") } }
    return (.quote(asset: asset, kind: kind, day: day, currency: named["currency"]), rest[...])
  }
}
