import TestSupport
import Testing

@Test func everyVectorOfPythonsDecimalHolds() throws {
  let (count, wrong) = checkDecimalVectors(try readText(folder(of: #filePath) + "/Vectors/decimals.txt"))
  #expect(count == 5000)
  #expect(wrong.prefix(5) == [], "\(wrong.count) of \(count) are wrong")
}
