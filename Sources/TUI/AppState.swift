public import Amounts
import Ledger
import Reports
public import TermKit
import Workspace

/// Everything the app knows: what the database says, and where the user is.
public struct AppState: Sendable {
  /// The screen's size.
  public var size: Size
  /// What screens show.
  var shared: Shared
  /// The open screen of each tab, and on top of it what was drilled into.
  var tab: ScreenName = .overview
  var roots: [ScreenName: ScreenState] = [:]
  var drilled: [ScreenState] = []
  /// What lies above the screen and takes the keys.
  var overlay: Overlay?
  /// The work in progress that is shown.
  var job: Job?
  /// A sentence at the bottom of the screen.
  var toast: Toast?
  /// When the clock first saw the toast, in milliseconds.
  var toastSince: Int?
  /// When the database was last asked whether somebody else has changed it, in milliseconds.
  var polledAt = 0
  /// The theme's name.
  public var theme: String
  /// What was drawn where, to understand clicks.
  var regions: [HitRegion<Hit>] = []
  /// Whether the mouse is reported.
  var isMouseOn = true
  /// Command prompt entries, oldest first.
  var history: [String] = []
  /// Counts work that answers later; an answer to an earlier run is dropped.
  var run = 0
  /// The newest filtering of events that is awaited.
  var filterRun: Int?
  /// The look for an event's source that is awaited; there is one at a time.
  var recordRun: Int?
  /// How the portfolio did is being worked out; one question at a time.
  var performanceRun: Int?
  /// What is being worked out for the open screen, by kind: one question of each at a time.
  var asking: [Question.Kind: (question: Question, run: Int)] = [:]
  /// The explanation that is awaited, and whether it takes the place of the one that is shown.
  var explaining: Explaining?
  /// Whether there is a database of the user's own to go back to from the demo.
  var hasOwnDatabase: Bool
  /// The names of the themes to choose from.
  let themes: [String]
  /// The folder the file picker opens in.
  var folder: String

  /// The state before anything is loaded.
  ///
  /// - Parameters:
  ///   - themes: what the theme picker offers.
  ///   - isDemo: whether the app was started on the demo, so that there is nothing to go back to.
  ///   - remembered: what was kept for this start by `.remember`.
  public init(
    size: Size, today: Day, theme: String, folder: String, themes: [String] = ThemeCatalog.embedded.map(\.name), isDemo: Bool = false,
    remembered: [String: String] = [:]
  ) {
    self.size = size
    self.theme = theme
    self.folder = folder
    self.themes = themes
    hasOwnDatabase = !isDemo
    shared = Shared(today: today, isDemo: isDemo)
    shared.benchmarkLabel = remembered[Remembered.benchmark]
    shared.wantsCost = remembered[Remembered.costLine].map { $0 != "off" }
    resize(size)
  }

  /// Takes the size of the screen.
  mutating func resize(_ size: Size) {
    self.size = size
    shared.size = size
    shared.page = AppState.pageRows(size)
  }

  /// The screen that has the keys.
  var screen: ScreenState {
    get { drilled.last ?? roots[tab] ?? ScreenState.root(tab) }
    set {
      if drilled.isEmpty { roots[tab] = newValue } else { drilled[drilled.count - 1] = newValue }
    }
  }

  /// How long the loop may sleep without a tick, in milliseconds: a toast must go in time.
  public var patience: Int { toast == nil ? AppState.pollMilliseconds : 500 }

  /// Whether nothing is running and nothing is awaited: what a key script waits for.
  public var isIdle: Bool { job == nil && !shared.isLoading && shared.pending.isEmpty }
}

/// The names of what the app keeps for the next start, beside the theme.
enum Remembered {
  static let benchmark = "benchmark"
  static let costLine = "cost-line"
}

/// What all screens may read.
struct Shared: Sendable {
  /// The last day that counts.
  var today: Day
  /// The database as it was last read; nil before the first answer.
  var snapshot: Snapshot?
  /// The reports that need more than the first screen does.
  var desk: Desk?
  /// Whether an answer is awaited.
  var isLoading = true
  /// Answers awaited from workers, by run.
  var pending: Set<Int> = []
  /// The asset pages that were asked for.
  var assets: [AssetID: AssetReport] = [:]
  /// The preview of a file that was asked for.
  var preview: Preview?
  /// The events a filter lets through; nil when there is no filter.
  var filteredEvents: EventsReport?
  /// What the selected event was made from.
  var record: EventRecord?
  /// How the portfolio did, as it was last worked out.
  var performance: PerformanceAnswer?
  /// What was worked out for the open screens, the last answer of each kind.
  var answers: [Question.Kind: Answered] = [:]
  /// What became of the files imported last.
  var lastImport: [ImportSummary] = []
  /// What the performance is compared with, by its label, as it was chosen last; it need not be in this database.
  var benchmarkLabel: String?
  /// The asset that is.
  var benchmark: AssetID?
  /// Whether charts show what was paid, as it was chosen last; nil leaves it to each chart.
  var wantsCost: Bool?
  /// The portfolios that are looked at; nil is all.
  var view: [String]?
  /// Whether amounts are hidden.
  var isPrivate = false
  /// Whether this is the demo portfolio.
  var isDemo: Bool
  /// Rows a list can show, for paging.
  var page = 20
  /// The screen's size.
  var size = Size(width: 80, height: 24)

  init(today: Day, isDemo: Bool) {
    self.today = today
    self.isDemo = isDemo
  }

  /// The code of the currency of totals.
  var currency: String { snapshot?.overview.currency ?? "" }
}

/// The reports behind the other screens, made once for each snapshot on a worker.
public struct Desk: Sendable {
  /// Holdings, one row an asset and account.
  var holdingsByAccount: HoldingsReport
  /// Every payment.
  var income: IncomeReport
  /// Income by month and asset.
  var months: IncomeGrid
  /// Income by quarter and asset.
  var quarters: IncomeGrid
  /// Income by year and asset.
  var years: IncomeGrid
  /// NAV against market.
  var nav: NavReport
  /// Shares, by dimension.
  var allocations: [AllocationReport]
  /// All events, newest first.
  var events: EventsReport
}

/// Work that shows how far it is.
struct Job: Hashable, Sendable {
  /// Which run it is; messages of another are dropped.
  var run: Int
  /// What is being done to the file: `Importing`.
  var verb: String
  /// The files, in the order they are read.
  var files: [String]
  /// The file that is being read.
  var file: String
  /// How far.
  var progress: ImportProgress?
  /// When this file was begun, in milliseconds of the loop's clock.
  var started = 0
  /// The loop's clock now.
  var now = 0
  /// Whether the user has asked for an end.
  var isStopping = false
}

/// What a click on the screen means.
enum Hit: Hashable, Sendable {
  case tab(Int)
  case row(Int)
  case header(Int)
  case scroll(Int)
  case command(Command)
  case choice(Int)
  case pane(Int)
}
