public import Amounts
public import Ledger
public import Reports
public import TermKit
public import Workspace

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
  /// Lines for the bottom of the screen, the first is showing.
  var toast: Toast?
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
  /// The folder the file picker opens in.
  var folder: String

  /// The state before anything is loaded.
  public init(size: Size, today: Day, theme: String, folder: String, isDemo: Bool = false) {
    self.size = size
    self.theme = theme
    self.folder = folder
    shared = Shared(today: today, isDemo: isDemo)
  }

  /// The screen that has the keys.
  var screen: ScreenState {
    get { drilled.last ?? roots[tab] ?? ScreenState.root(tab) }
    set {
      if drilled.isEmpty { roots[tab] = newValue } else { drilled[drilled.count - 1] = newValue }
    }
  }

  /// Whether nothing is running and nothing is awaited: what a key script waits for.
  public var isIdle: Bool { job == nil && !shared.isLoading && shared.pending.isEmpty }
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
  /// What became of the files imported last.
  var lastImport: [ImportSummary] = []
  /// Whether amounts are hidden.
  var isPrivate = false
  /// Whether this is the demo portfolio.
  var isDemo: Bool
  /// Rows a list can show, for paging.
  var page = 20
  /// The screen's size.
  var size = Size(width: 80, height: 24)
  /// The currency the user chose for totals; nil is the database's own.
  var base: String?

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
  /// What is being done.
  var title: String
  /// How far.
  var progress: ImportProgress?
  /// When it began, in milliseconds of the loop's clock.
  var started: Int
  /// The loop's clock now.
  var now: Int
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
