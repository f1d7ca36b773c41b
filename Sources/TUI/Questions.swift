import Amounts
import Engine
public import Ledger
public import Reports
import Workspace

/// Something a screen shows that takes longer than a frame: it is worked out on a worker while the screen is open.
public enum Question: Hashable, Sendable {
  /// Realised gains or open lots, listed in one way.
  case gains(GainsQuery)
  /// The lots that an event took.
  case disposal(EventID)
  /// The lots that a recorded sale could have taken.
  case sale(EventID, AssetID)
  /// What was held had cost, over time.
  case basis(BasisQuery)

  /// One question of each kind is open at a time, and one answer of each is kept.
  enum Kind: Hashable, Sendable {
    case gains, disposal, sale, basis
  }

  var kind: Kind {
    switch self {
    case .gains: .gains
    case .disposal: .disposal
    case .sale: .sale
    case .basis: .basis
    }
  }
}

/// What was worked out.
public enum Answer: Sendable {
  case gains(GainsAnswer)
  /// Nil when the event disposed of nothing.
  case disposal(DisposalReport?)
  /// Nil when the event takes no lots that can be chosen.
  case sale(WhatIfReport?)
  case basis(BasisAnswer)

  /// Works an answer out.
  ///
  /// - Parameter table: the disposals that were worked out last, for a question about the same ones; takes those of this answer.
  init(_ question: Question, _ book: Book, _ booking: Booking, asOf day: Day, _ table: inout GainsAnswer.Made?) {
    switch question {
    case .gains(let query): self = .gains(GainsAnswer(query, book, booking, asOf: day, &table))
    case .disposal(let event): self = .disposal(DisposalReport(book, of: event, asOf: day))
    case .basis(let query): self = .basis(BasisAnswer(query, book))
    case .sale(let event, let asset): self = .sale(book.recordedSale(event, of: asset).map { WhatIfReport(book, $0) })
    }
  }
}

/// A question with its answer.
struct Answered: Sendable {
  var question: Question
  /// Nil when it could not be worked out.
  var answer: Answer?
  /// Whether the database has changed since.
  var isOld = false
}

extension Shared {
  /// The gains that are shown: the newest that were worked out, which may still be those of the question before.
  var gains: GainsAnswer? {
    if case .gains(let answer)? = answers[.gains]?.answer { answer } else { nil }
  }

  /// The lots an event took; nil until they are worked out.
  func disposal(_ event: EventID) -> DisposalReport? {
    guard let found = answers[.disposal], found.question == .disposal(event), case .disposal(let report)? = found.answer else { return nil }
    return report
  }

  /// The choices that a recorded sale has; nil until they are worked out.
  func choices(_ event: EventID, _ asset: AssetID) -> WhatIfReport? {
    guard let found = answers[.sale], found.question == .sale(event, asset), case .sale(let report)? = found.answer else { return nil }
    return report
  }

  /// Whether the answer to a question is there, whatever it is.
  func isAnswered(_ question: Question) -> Bool { answers[question.kind]?.question == question }
}

extension AppState {
  /// Asks what the screen wants to know and is not known yet: one question of a kind at a time, so that only the last of many counts.
  mutating func followQuestions() -> [Effect] {
    guard job == nil, shared.desk != nil else { return [] }
    let wanted = screen.screen.questions(shared)
    // What no open level shows any more makes room; a line of cost is small, and every visit of the first screen shows it.
    if !shared.answers.isEmpty {
      let shown = Set(wanted.map(\.kind) + (drilled + [roots[tab] ?? .root(tab)]).flatMap { $0.screen.questions(shared).map(\.kind) })
      for kind in Array(shared.answers.keys) where !shown.contains(kind) && kind != .basis { shared.answers[kind] = nil }
    }
    return wanted.compactMap { question in
      if asking[question.kind] != nil { return nil }
      if let found = shared.answers[question.kind], found.question == question, !found.isOld { return nil }
      let run = nextRun()
      asking[question.kind] = (question, run)
      return .ask(question, run: run)
    }
  }

  /// Takes an answer.
  mutating func takeAnswer(_ answer: Answer, to question: Question, run: Int) {
    guard shared.pending.remove(run) != nil, asking[question.kind]?.run == run else { return }
    asking[question.kind] = nil
    shared.answers[question.kind] = Answered(question: question, answer: answer)
    refreshScreens()
  }

  /// A question could not be answered: it would fail again, so what is there stays until something changes.
  mutating func giveUp(_ run: Int) {
    for (kind, asked) in asking where asked.run == run {
      asking[kind] = nil
      shared.answers[kind] = Answered(question: asked.question, answer: shared.answers[kind]?.answer)
    }
  }

  /// The database has changed: answers are of the past, and those under way will be.
  mutating func outdateAnswers() {
    asking = [:]
    for kind in shared.answers.keys { shared.answers[kind]?.isOld = true }
  }
}
