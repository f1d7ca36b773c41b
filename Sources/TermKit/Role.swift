/// What a piece of the screen is.
///
/// Views name roles; only a theme knows colours.
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// The page itself.
  case background
  /// Ordinary text.
  case text
  /// Secondary text: units, labels, placeholders.
  case muted
  /// Headings and panel titles.
  case title
  /// Column headings.
  case header
  /// The selected row of the pane that has the keys.
  case selection
  /// The selected row of a pane that has not.
  case selectionInactive
  /// A marked row.
  case mark
  /// Panel frames.
  case border
  /// The frame of the pane that has the keys.
  case borderFocused = "border.focused"
  /// An amount that went up. The sign or an arrow says so too.
  case gain
  /// An amount that went down. The sign or an arrow says so too.
  case loss
  /// Something to look at.
  case warning
  /// Something that is wrong.
  case error
  /// Neutral news.
  case info
  /// The one thing to notice.
  case accent
  /// A key name in the footer or in help.
  case key
  /// What a key does.
  case keyHint
  /// A reference that Enter follows.
  case link
  /// First series of a chart.
  case chart
  /// Second series.
  case chartSecond = "chart.second"
  /// Third series.
  case chartThird = "chart.third"
  /// Axis labels.
  case chartAxis = "chart.axis"
  /// Grid lines.
  case chartGrid = "chart.grid"
  /// A bar of no particular class, and progress.
  case bar
  /// The empty part of a bar.
  case barTrack = "bar.track"
  /// Security tokens.
  case classSecurity = "class.security"
  /// Utility tokens.
  case classUtility = "class.utility"
  /// Crypto.
  case classCrypto = "class.crypto"
  /// Stablecoins.
  case classStablecoin = "class.stablecoin"
  /// Cash.
  case classCash = "class.cash"
  /// Stocks.
  case classStock = "class.stock"
  /// Funds.
  case classFund = "class.fund"
  /// Collectibles.
  case classCollectible = "class.collectible"
  /// Everything else.
  case classOther = "class.other"
  /// Heat maps: position 0 is the worst loss, 128 neutral, 255 the best gain.
  case heat
  /// A price or NAV older than its cadence.
  case stale
  /// A figure that is an estimate.
  case estimate
  /// A distribution declared and not yet paid.
  case declared
  /// A distribution or NAV that should have come.
  case overdue
  /// A text field.
  case input
  /// The cursor in a text field.
  case cursor
  /// The part of a text that a search matched.
  case match
  /// A small count or word on a coloured ground.
  case badge
  /// The same, for something wrong.
  case badgeAlert = "badge.alert"
  /// The bottom line.
  case footer
  /// A tab that is not open.
  case tab
  /// The open tab.
  case tabActive = "tab.active"
  /// Totals.
  case total
  /// The inside of dialogs, menus and popups.
  case dialog
  /// The track of a scroll bar.
  case scrollbar
  /// The thumb of a scroll bar.
  case scrollbarThumb = "scrollbar.thumb"

  /// Where a theme without this role looks next; nil for the two roles that have a built-in value.
  public var fallback: Role? {
    switch self {
    case .background, .text: nil
    case .borderFocused, .mark, .key: .accent
    case .selectionInactive: .selection
    case .border, .header, .keyHint, .footer, .tab, .chartAxis, .stale, .estimate, .scrollbarThumb: .muted
    case .chartGrid, .barTrack, .scrollbar: .border
    case .chart, .link, .declared, .accent: .info
    case .chartSecond, .overdue: .warning
    case .chartThird: .accent
    case .bar: .chart
    case .classSecurity, .classUtility, .classCrypto, .classStablecoin, .classCash, .classStock, .classFund, .classCollectible,
      .classOther:
      .bar
    case .match, .cursor: .selection
    case .badgeAlert: .error
    case .tabActive, .total, .badge: .title
    case .muted, .title, .selection, .gain, .loss, .warning, .error, .info, .heat, .input, .dialog: .text
    }
  }
}
