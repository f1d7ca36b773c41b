public import Amounts
public import Ledger

/// What a person can add, change and delete one by one.
public enum EditSubject: String, CaseIterable, Hashable, Sendable {
  case event, price, nav, distribution, restriction, target, policy, asset, account

  /// The subject of a plan.
  public init(_ kind: PlanDraft.Kind) {
    switch kind {
    case .restriction: self = .restriction
    case .target: self = .target
    case .policy: self = .policy
    }
  }

  /// The name for people: `NAV`.
  public var title: String { self == .nav ? "NAV" : rawValue }

  /// `an event`, `a target`.
  public var withArticle: String { (["a", "e", "i", "o", "u"].contains(rawValue.prefix(1)) ? "an " : "a ") + title }
}

/// The thing an edit is about.
public enum EditTarget: Hashable, Sendable {
  /// Something new.
  case new(EditSubject)
  /// An event by its id, or by its source's own id where that is unique.
  case event(String)
  /// A quote: the asset as reports label it; the currency may be left out where the day has one quote only.
  case quote(asset: String, kind: QuoteDraft.Kind, day: Day, currency: String?)
  /// A declared distribution by its number.
  case distribution(String)
  /// A restriction, target or policy by its number; a target also by dimension and key, as `class/security`.
  case plan(PlanDraft.Kind, String)
  /// An asset as reports label it.
  case asset(String)
  /// An account by its name.
  case account(String)

  /// What kind of thing it is.
  public var subject: EditSubject {
    switch self {
    case .new(let subject): subject
    case .event: .event
    case .quote(_, let kind, _, _): kind == .nav ? .nav : .price
    case .distribution: .distribution
    case .plan(let kind, _): EditSubject(kind)
    case .asset: .asset
    case .account: .account
    }
  }
}

/// One change of the facts, as a person asks for it.
public enum Edit: Hashable, Sendable {
  /// Makes something new or changes what is there: column names of FORMATS 1 and their cells, where an empty cell means unknown.
  /// A column that is not named stays as it is.
  case save(EditTarget, [String: String])
  /// Takes something away.
  case delete(EditTarget)

  /// What it is about.
  public var target: EditTarget {
    switch self {
    case .save(let target, _), .delete(let target): target
    }
  }
}

/// Why something cannot be saved: which field, what stands in it, what is wrong, what to do.
public struct EditProblem: Error, Hashable, Sendable {
  /// The column, or what the edit is about.
  public let field: String
  /// The text in it.
  public let value: String
  /// What is wrong with it.
  public let reason: String
  /// What to do; empty when the reason says it.
  public let remedy: String

  /// A problem of a field.
  public init(_ field: String, _ value: String = "", _ reason: String, _ remedy: String = "") {
    self.field = field
    self.value = value
    self.reason = reason
    self.remedy = remedy
  }

  /// `quantity: "ten" is not a number: write digits and a point`.
  public var sentence: String {
    field + ": " + (value.isEmpty ? "" : "\"\(value)\" ") + reason + (remedy.isEmpty ? "" : ": \(remedy)")
  }
}

/// What an edit did.
public struct EditOutcome: Hashable, Sendable {
  /// The step of the history; without rows when nothing had to be changed.
  public let step: HistoryStep
  /// The event that was saved or deleted.
  public var event: EventID?
}
