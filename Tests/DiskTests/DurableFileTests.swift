import Disk
import Glibc
import TestSupport
import Testing

/// A file is whole or not there, and nobody else may read it.
struct DurableFileTests {
  @Test func aFileHasItsNameOnlyWhenItIsCommitted() throws {
    let path = temporaryFolder("durable") + "/a.txt"
    let file = try DurableFile(path)
    try file.write(Array("one ".utf8))
    try file.write(Array("two".utf8))
    #expect(!Disk.exists(path))
    try file.commit()
    #expect(try readText(path) == "one two")
    var info = stat()
    #expect(stat(path, &info) == 0 && info.st_mode & 0o777 == 0o600)
    #expect(Disk.names(in: Disk.folder(of: path)) == ["a.txt"])
  }

  @Test func aFileThatIsGivenUpLeavesNothing() throws {
    let folder = temporaryFolder("given-up")
    do {
      let file = try DurableFile(folder + "/a.txt")
      try file.write([1, 2, 3])
    }
    #expect(Disk.names(in: folder) == [])
  }

  @Test func aNewFileNeverTakesThePlaceOfAnother() throws {
    let path = temporaryFolder("taken") + "/a.txt"
    try writeText("first", to: path)
    #expect(throws: FileError(path: path, code: EEXIST)) { try DurableFile(path) }
    // One that appears while the new one is written is kept, too.
    let other = path + ".b"
    let file = try DurableFile(other)
    try file.write([1])
    try writeText("meanwhile", to: other)
    #expect(throws: FileError(path: other, code: EEXIST)) { try file.commit() }
    #expect(try readText(other) == "meanwhile")
    try DurableFile.write(Array("second".utf8), to: path, .replaces)
    #expect(try readText(path) == "second")
    #expect(Disk.names(in: Disk.folder(of: path)) == ["a.txt", "a.txt.b"])
  }

  @Test func whatCannotBeWrittenIsSaidOfTheNameThatWasAskedFor() {
    let path = temporaryFolder("none") + "/missing/a.txt"
    #expect(throws: FileError(path: path, code: ENOENT)) { try DurableFile(path) }
  }

  @Test func onlyPlainFilesAreRead() throws {
    let folder = temporaryFolder("read")
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    #expect(Disk.read(folder + "/pipe", limit: 10) == nil)
    #expect(Disk.read(folder, limit: 10) == nil)
    try writeText("0123456789", to: folder + "/ten")
    #expect(Disk.read(folder + "/ten", limit: 10)?.count == 10)
    #expect(Disk.read(folder + "/ten", limit: 9) == nil)
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let folder = temporaryFolder("deep")
    try Disk.makeFolder(folder + "/a/b//c")
    try Disk.makeFolder(folder + "/a/b/c")
    #expect(Disk.names(in: folder + "/a/b") == ["c"])
    try writeText("", to: folder + "/file")
    #expect(throws: FileError(path: folder + "/file/x", code: ENOTDIR)) { try Disk.makeFolder(folder + "/file/x") }
  }
}
