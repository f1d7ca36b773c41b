import TermKit

extension AppState {
  /// Keys of the file picker: move, Enter opens a folder or previews a file, Space marks several, `i` imports what is marked.
  mutating func pressFiles(_ key: Key, _ picker: FilePicker) -> [Effect] {
    var picker = picker
    let page = max(1, size.height - 8)
    if picker.isTyping {
      switch picker.filter.take(key) {
      case .cancelled:
        picker.filter = TextField()
        picker.isTyping = false
      case .submitted: picker.isTyping = false
      default: break
      }
      picker.list.clamp(rows: picker.entries.count, page: page)
      overlay = .files(picker)
      return []
    }
    if key == .char("~") { return [.list("~", run: nextRun())] }
    let command = Keymap.command(for: key, on: [])
    if let command, picker.list.move(command, rows: picker.entries.count, page: page) {
      overlay = .files(picker)
      return []
    }
    switch command {
    case .back, .close:
      overlay = nil
      return []
    case .filter: picker.isTyping = true
    case .left: return [.list(FilePicker.parent(of: picker.folder.path), run: nextRun())]
    case .open, .right: return openEntry(picker)
    case .importFile: return importMarked(picker)
    default:
      if key == .char(" "), picker.entries.indices.contains(picker.list.selected) {
        let entry = picker.entries[picker.list.selected]
        if !entry.isFolder {
          let path = picker.path(of: entry)
          if picker.marked.remove(path) == nil { picker.marked.insert(path) }
          _ = picker.list.move(.down, rows: picker.entries.count, page: page)
        }
      } else if key == Key(.backspace) {
        return [.list(FilePicker.parent(of: picker.folder.path), run: nextRun())]
      }
    }
    overlay = .files(picker)
    return []
  }

  /// Shows a folder: what was marked stays marked, and on the way up the folder that was left is selected.
  mutating func showFolder(_ folder: Folder) {
    var picker = FilePicker(folder: folder)
    picker.list.selected = min(1, max(0, folder.entries.count - 1))
    if case .files(let before) = overlay {
      picker.marked = before.marked
      let left = EffectRunner.baseName(before.folder.path)
      if FilePicker.parent(of: before.folder.path) == folder.path, let place = folder.entries.firstIndex(where: { $0.name == left }) {
        picker.list.selected = place
      }
    }
    if folder.failure == nil { self.folder = folder.path }
    picker.list.clamp(rows: picker.entries.count, page: max(1, size.height - 8))
    overlay = .files(picker)
  }

  mutating func openEntry(_ picker: FilePicker) -> [Effect] {
    guard picker.entries.indices.contains(picker.list.selected) else { return [] }
    if !picker.marked.isEmpty { return importMarked(picker) }
    let entry = picker.entries[picker.list.selected]
    let path = picker.path(of: entry)
    return entry.isFolder ? [.list(path, run: nextRun())] : look(at: path)
  }

  private mutating func importMarked(_ picker: FilePicker) -> [Effect] {
    var paths = picker.marked.sorted()
    if paths.isEmpty, picker.entries.indices.contains(picker.list.selected) {
      let entry = picker.entries[picker.list.selected]
      if entry.isFolder { return [] }
      paths = [picker.path(of: entry)]
    }
    if paths.isEmpty { return [] }
    overlay = nil
    return [startImport(paths)]
  }
}
