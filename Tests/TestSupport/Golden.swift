import Glibc

/// Compares `text` with the recorded file `Goldens/<name>.txt` beside the test's own source file.
///
/// With `RECORD_GOLDENS=1` the file is written, and the run fails all the same: a recording is looked at, never a pass.
public func expectGolden(_ text: String, _ name: String, file: String = #filePath) throws {
  let path = folder(of: file) + "/Goldens/" + name + ".txt"
  if getenv("RECORD_GOLDENS") != nil {
    mkdir(folder(of: path), 0o755)
    try writeText(text, to: path)
    throw LawBroken("recorded \(path): look at it, then run again without RECORD_GOLDENS")
  }
  let recorded: String
  do { recorded = try readText(path) } catch { throw LawBroken("no golden \(path): record it with RECORD_GOLDENS=1") }
  if recorded == text { return }
  let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  var lines = ["\(path) differs (- recorded, + now):"]
  for index in 0..<max(old.count, new.count) {
    let (a, b) = (index < old.count ? old[index] : nil, index < new.count ? new[index] : nil)
    if a == b { continue }
    if let a { lines.append("\(index + 1) - \(a)") }
    if let b { lines.append("\(index + 1) + \(b)") }
    if lines.count > 40 { break }
  }
  throw LawBroken(lines.joined(separator: "\n"))
}
