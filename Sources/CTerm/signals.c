// Signals as bytes in a pipe, and a terminal that is sane after any crash.
//
// ncurses' own handlers exit with status 1 on TERM and leave the alternate screen and the mouse on after HUP, so TERM, HUP,
// INT, TSTP, CONT and WINCH become bytes the main loop reads. A fault restores the terminal with nothing but write and
// tcsetattr, puts the previous handler back and returns: the fault happens again and Swift's backtracer sees the true frame.
// What a dying program says on stderr would land on the alternate screen and vanish; it is held in memory and printed after.
#define _GNU_SOURCE 1
#include "private.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

static int fds[2] = {-1, -1};
static const int caught[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH};
enum { CAUGHT = sizeof caught / sizeof *caught };
static struct sigaction before_caught[CAUGHT];
static struct termios saved;

static void on_signal(int s) {
  int e = errno;
  unsigned char b = (unsigned char)s;
  (void)!write(fds[1], &b, 1);
  errno = e;
}

void ct_signals_open(void) {
  tcgetattr(STDIN_FILENO, &saved);  // before newterm changes them
  if (fds[0] < 0 && pipe2(fds, O_NONBLOCK | O_CLOEXEC) != 0) return;
  struct sigaction a = {.sa_handler = on_signal};
  sigemptyset(&a.sa_mask);
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i], &a, &before_caught[i]);
}
void ct_signals_close(void) {
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i], &before_caught[i], NULL);
}
int ct_signal_fd(void) { return fds[0]; }

int ct_next_signal(void) {
  unsigned char b;
  return read(fds[0], &b, 1) == 1 ? b : 0;
}

void ct_stop_here(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

// Crashes.

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
enum { FATAL = sizeof fatal / sizeof *fatal, STACK = 64 * 1024 };
static struct sigaction before_fatal[NSIG];
static char reset_bytes[512];
static size_t reset_length;
static atomic_bool armed;
static int held = -1, real_stderr = -1;

static void replay_stderr(off_t most) {
  if (held < 0) return;
  int from = held;
  held = -1;
  if (real_stderr >= 0) dup2(real_stderr, STDERR_FILENO);
  off_t end = lseek(from, 0, SEEK_END), at = end > most ? end - most : 0;
  char b[4096];
  for (ssize_t k; at < end && (k = pread(from, b, sizeof b, at)) > 0; at += k) (void)!write(STDERR_FILENO, b, (size_t)k);
  close(from);
}

// A fault that happens again when its instruction runs again. A sent signal and x86's int3 do not.
static bool recurs(int s, const siginfo_t *info) {
  if (info == NULL || info->si_code <= 0) return false;
#if defined(__aarch64__)
  if (s == SIGTRAP) return true;
#endif
  return s == SIGSEGV || s == SIGBUS || s == SIGILL || s == SIGFPE;
}

static void on_crash(int s, siginfo_t *info, void *context) {
  (void)context;
  if (atomic_exchange(&armed, false)) {
    (void)!write(STDOUT_FILENO, reset_bytes, reset_length);
    tcsetattr(STDIN_FILENO, TCSANOW, &saved);
    replay_stderr(4096);
  }
  sigaction(s, &before_fatal[s], NULL);
  if (!recurs(s, info)) raise(s);
}

static pthread_key_t stack_key;
static pthread_once_t stack_once = PTHREAD_ONCE_INIT;

// At the end of its thread, which still uses the stack until it is told not to.
static void drop_stack(void *stack) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(stack);
}
static void make_stack_key(void) { pthread_key_create(&stack_key, drop_stack); }

void ct_install_thread_stack(void) {
  stack_t now;
  if (sigaltstack(NULL, &now) != 0 || !(now.ss_flags & SS_DISABLE)) return;
  pthread_once(&stack_once, make_stack_key);
  stack_t fresh = {.ss_sp = malloc(STACK), .ss_size = STACK};
  if (fresh.ss_sp == NULL) return;
  if (sigaltstack(&fresh, NULL) == 0) pthread_setspecific(stack_key, fresh.ss_sp); else free(fresh.ss_sp);
}

static void hold_stderr(void) {
  if (!isatty(STDERR_FILENO)) return;
  held = memfd_create("stderr", MFD_CLOEXEC);
  if (held < 0) return;
  if (real_stderr < 0) real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  dup2(held, STDERR_FILENO);
}

void ct_crash_open(const char *const *reset, int n) {
  reset_length = 0;
  for (int i = 0; i < n; i++) {
    if (reset[i] == NULL || reset[i] == (const char *)-1) continue;
    size_t l = strlen(reset[i]);
    if (reset_length + l > sizeof reset_bytes) continue;
    memcpy(reset_bytes + reset_length, reset[i], l);
    reset_length += l;
  }
  ct_install_thread_stack();
  struct sigaction a = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&a.sa_mask);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &a, &before_fatal[fatal[i]]);
  hold_stderr();
  atomic_store(&armed, true);
}

void ct_crash_close(void) {
  atomic_store(&armed, false);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before_fatal[fatal[i]], NULL);
  replay_stderr(64 * 1024);
}
