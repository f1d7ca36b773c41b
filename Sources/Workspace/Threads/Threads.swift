import Glibc

/// A lock around state that several threads use.
final class Locked<Value>: @unchecked Sendable {
  private var value: Value
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ value: Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}

/// A queue of a few items between two threads: the sender waits while it is full, the receiver while it is empty.
final class Channel<Item>: @unchecked Sendable {
  private var items: [Item] = []
  private let capacity: Int
  private var isClosed = false
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(capacity: Int) {
    self.capacity = capacity
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Hands an item over; false when the channel is closed and the item was dropped.
  func send(_ item: Item) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while items.count >= capacity && !isClosed { pthread_cond_wait(changed, mutex) }
    if isClosed { return false }
    items.append(item)
    pthread_cond_broadcast(changed)
    return true
  }

  /// The next item; nil when the channel is closed and empty.
  func receive() -> Item? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while items.isEmpty && !isClosed { pthread_cond_wait(changed, mutex) }
    if items.isEmpty { return nil }
    let item = items.removeFirst()
    pthread_cond_broadcast(changed)
    return item
  }

  /// No more items; what is in it can still be received.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}

/// A thread of our own, outside the cooperative pool, which must never block.
public final class WorkerThread: @unchecked Sendable {
  private var thread = pthread_t()
  private var isJoined = false

  /// Starts a thread.
  ///
  /// - Parameter onStart: runs first on the new thread, for an alternate signal stack.
  public init(onStart: (@Sendable () -> Void)? = nil, _ body: @escaping @Sendable () -> Void) {
    let job = Unmanaged.passRetained(
      Job {
        onStart?()
        body()
      })
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 4 << 20)
    pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, job.toOpaque())
    pthread_attr_destroy(&attributes)
  }

  /// Waits for the thread's end.
  public func join() {
    if isJoined { return }
    isJoined = true
    pthread_join(thread, nil)
  }

  deinit { if !isJoined { pthread_detach(thread) } }

  private final class Job {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
