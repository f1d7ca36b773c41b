import Synchronization

/// Messages from worker threads to the terminal loop, in the order they were sent.
public final class Mailbox<Message: Sendable>: Sendable {
  /// Rung with every message.
  public let wake: Wake
  private let messages = Mutex<[Message]>([])

  /// An empty mailbox that rings `wake`.
  public init(wake: Wake = Wake()) { self.wake = wake }

  /// Posts a message and wakes the loop.
  ///
  /// Safe on any thread.
  public func send(_ message: Message) {
    let isFirst = messages.withLock { queue in
      queue.append(message)
      return queue.count == 1
    }
    if isFirst { wake.ring() }
  }

  /// Takes everything that has arrived, oldest first.
  public func drain() -> [Message] {
    messages.withLock { queue in
      let taken = queue
      queue = []
      return taken
    }
  }
}
