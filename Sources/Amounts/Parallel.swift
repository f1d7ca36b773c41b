import Glibc

/// Does independent jobs on several threads of their own and returns their results in order.
///
/// The cooperative pool is not used: it must never block, and it has as many threads as the machine has cores, which a long job
/// would take from everybody else. With one job or one core everything runs on the calling thread.
///
/// - Parameters:
///   - count: how many jobs.
///   - job: the job with a number in `0..<count`; the first jobs start first.
public func inParallel<Result: Sendable>(_ count: Int, _ job: @Sendable (Int) -> Result) -> [Result] {
  let workers = min(count, max(1, Crews.size ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  if workers <= 1 { return (0..<count).map(job) }
  return withoutActuallyEscaping(job) { job in
    let crew = Crew(count: count, job: job)
    var threads: [pthread_t] = []
    for _ in 1..<workers {
      var thread = pthread_t()
      let pointer = Unmanaged.passRetained(crew as AnyObject).toOpaque()
      let code = pthread_create(
        &thread, nil,
        { pointer in
          if let pointer, let crew = Unmanaged<AnyObject>.fromOpaque(pointer).takeRetainedValue() as? any Working { crew.work() }
          return nil
        }, pointer)
      if code == 0 { threads.append(thread) } else { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
    }
    crew.work()
    for thread in threads { pthread_join(thread, nil) }
    return crew.results.compactMap { $0 }
  }
}

/// How many threads work on one call.
public enum Crews {
  /// A number that replaces the machine's cores in what a closure calls; nil means the cores. Results must not depend on it.
  @TaskLocal public static var size: Int?
}

private protocol Working: AnyObject {
  func work()
}

/// The jobs of one call, handed out one by one.
private final class Crew<Result: Sendable>: Working, @unchecked Sendable {
  private let job: @Sendable (Int) -> Result
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var next = 0
  /// By job; all there once every worker has come back.
  private(set) var results: [Result?]

  init(count: Int, job: @escaping @Sendable (Int) -> Result) {
    self.job = job
    results = Array(repeating: nil, count: count)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func work() {
    while true {
      pthread_mutex_lock(mutex)
      let mine = next
      next += 1
      pthread_mutex_unlock(mutex)
      if mine >= results.count { return }
      let result = job(mine)
      pthread_mutex_lock(mutex)
      results[mine] = result
      pthread_mutex_unlock(mutex)
    }
  }
}
