/// All formats Florin reads, alphabetical by id. One line each.
public enum Registry {
  /// The formats.
  public static let all: [ExportFormat] = [
    .binanceAutoInvest,
    .binanceBeth,
    .binanceConvert,
    .binanceFlows,
    .binanceFutures,
    .binanceInterest,
    .binanceOrders,
    .binanceStatement,
    .binanceTradesV1,
    .binanceTradesV2,
    .bitstampTransactionsV1,
    .bitstampTransactionsV2,
    .coinbaseTransactionsV1,
    .coinbaseTransactionsV2,
    .coinbaseTransactionsV3,
    .coinbaseTransactionsV4,
    .coinbaseWallet,
    .coinbaseProAccount,
    .coinbaseProFills,
    .coinTracking,
    .florinAccounts,
    .florinAssets,
    .florinDistributions,
    .florinEvents,
    .florinPolicies,
    .florinPrices,
    .florinRestrictions,
    .florinTargets,
    .ghostfolioActivities,
    .koinlyTemplate,
    .koinlyTransactions,
    .krakenLedgersV1,
    .krakenLedgersV2,
    .krakenTrades,
    .performancePrices,
    .performancePriceTable,
    .performanceReports,
    .performanceSecurities,
    .performanceTransactions,
    .realtTokens,
  ]

  /// The format with this id.
  public static func format(_ id: String) -> ExportFormat? { all.first { $0.id == id } }
}
