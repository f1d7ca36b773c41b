import Amounts
import Engine
import TestSupport
import Testing

/// How often an asset pays, told by the steps between its payments.
struct PaymentFrequencyTests {
  @Test(arguments: [
    (["2024-01-15", "2024-02-15"], PaymentFrequency.monthly),
    // 31, 29 and 31 days.
    (["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"], .monthly),
    (["2024-03-20", "2024-06-19", "2024-09-23", "2024-12-18"], .quarterly),
    (["2023-05-10", "2023-11-14", "2024-05-08"], .semiannual),
    (["2022-05-06", "2023-05-12", "2024-05-03"], .annual),
    // Two parts of one payment a week apart.
    (["2023-05-10", "2023-05-17", "2024-05-10"], .annual),
    // 31, then 182 days.
    (["2024-01-15", "2024-02-15", "2024-08-15"], .irregular),
    // 60 days are neither one month nor three.
    (["2024-01-15", "2024-03-15"], .irregular),
  ]) func stepsTell(_ days: [String], _ wanted: PaymentFrequency) {
    #expect(PaymentFrequency(days.map { day($0) }) == wanted)
  }

  @Test func onePaymentTellsNothing() {
    #expect(PaymentFrequency([]) == nil)
    #expect(PaymentFrequency([day("2024-05-10")]) == nil)
    #expect(PaymentFrequency([day("2024-05-10"), day("2024-05-14")]) == nil)
  }
}
