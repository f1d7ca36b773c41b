// The screen: opening, painting, keys. Signals and crashes live in signals.c.
#define _GNU_SOURCE 1
#include "private.h"
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// <term.h> #defines names such as `columns` and `lines`; these four are all we need of it.
extern char *tigetstr(const char *);
extern int tigetflag(const char *);
extern int tigetnum(const char *);
extern int setupterm(const char *, int, int *);

// ncurses numbers the extended keys of a terminfo entry from KEY_MAX on, so ours start well above.
enum { OWN = KEY_MAX + 1000, OWN_MOUSE = OWN, OWN_PASTE_BEGIN, OWN_PASTE_END, OWN_CHORD = OWN + 16 };

static bool opened, mouse_wanted;

static const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

void ct_write(const char *bytes, size_t n) {
  fflush(stdout);
  while (n > 0) {
    ssize_t k = write(STDOUT_FILENO, bytes, n);
    if (k > 0) { bytes += k; n -= (size_t)k; }
    else if (k < 0 && errno == EAGAIN) { struct pollfd p = {STDOUT_FILENO, POLLOUT, 0}; poll(&p, 1, 100); }
    else if (k < 0 && errno != EINTR) return;
  }
}
static void say(const char *s) { ct_write(s, strlen(s)); }

static void modes_on(void) { if (mouse_wanted) say(mouse_on); say(paste_on); }
static void modes_off(void) { say(mouse_off); say(paste_off); }

void ct_set_mouse(bool on) { mouse_wanted = on; if (opened) say(on ? mouse_on : mouse_off); }

// Modified cursor keys send CSI 1;m X or CSI n;m ~ on every terminal in use, whatever its terminfo entry says.
static const struct { const char *head; char tail; int key; } chords[] = {
  {"1", 'A', CT_UP}, {"1", 'B', CT_DOWN}, {"1", 'D', CT_LEFT}, {"1", 'C', CT_RIGHT}, {"1", 'H', CT_HOME}, {"1", 'F', CT_END},
  {"5", '~', CT_PAGE_UP}, {"6", '~', CT_PAGE_DOWN}, {"2", '~', CT_INSERT}, {"3", '~', CT_DELETE},
};
enum { CHORDS = sizeof chords / sizeof *chords };

static void define_keys(void) {
  char s[16];
  for (int i = 0; i < CHORDS; i++)
    for (int m = 2; m <= 8; m++) {
      snprintf(s, sizeof s, "\033[%s;%d%c", chords[i].head, m, chords[i].tail);
      define_key(s, OWN_CHORD + i * 8 + m - 1);
    }
  define_key("\033[<", OWN_MOUSE);
  define_key("\033[200~", OWN_PASTE_BEGIN);
  define_key("\033[201~", OWN_PASTE_END);
}

static void choose_locale(void) {
  setlocale(LC_ALL, "");
  const char *set = nl_langinfo(CODESET);
  if (strcmp(set, "UTF-8") != 0 && setlocale(LC_ALL, "C.UTF-8") == NULL) setlocale(LC_CTYPE, "C.UTF-8");
}

int ct_open(const char *term, int escape_delay_ms, bool mouse) {
  if (opened) return CT_OK;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CT_NOT_A_TERMINAL;
  choose_locale();
  int found = 0;
  if (setupterm(term, STDOUT_FILENO, &found) == ERR) return found == 1 ? CT_TOO_SIMPLE : CT_UNKNOWN_TERM;
  char *cup = tigetstr("cup");
  if (cup == NULL || cup == (char *)-1) return CT_TOO_SIMPLE;

  ct_signals_open();  // before newterm, which replaces only default handlers
  set_escdelay(escape_delay_ms);
  SCREEN *screen = newterm(term, stdout, stdin);
  if (screen == NULL) { ct_signals_close(); return CT_FAILED; }
  set_term(screen);
  cbreak(); noecho(); nonl(); keypad(stdscr, TRUE); intrflush(stdscr, FALSE); meta(stdscr, TRUE);
  curs_set(0); leaveok(stdscr, TRUE); idlok(stdscr, FALSE); scrollok(stdscr, FALSE);
  if (has_colors()) { start_color(); use_default_colors(); }
  define_keys();

  // Ctrl-C, Ctrl-Z, Ctrl-S, Ctrl-V are keys here; Ctrl-\ stays a way out of a program that hangs.
  struct termios t;
  if (tcgetattr(STDIN_FILENO, &t) == 0) {
    t.c_cc[VINTR] = t.c_cc[VSUSP] = t.c_cc[VLNEXT] = _POSIX_VDISABLE;
    t.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
    tcsetattr(STDIN_FILENO, TCSANOW, &t);
    def_prog_mode();
  }
  const char *reset[] = {mouse_off, paste_off, tigetstr("sgr0"), tigetstr("op"), tigetstr("cnorm"), tigetstr("rmkx"), tigetstr("rmcup"), "\r\n"};
  ct_crash_open(reset, sizeof reset / sizeof *reset);
  opened = true;
  // Until endwin has been called once ncurses 6.4 flushes after every cursor move: 700 writes a frame instead of 2.
  endwin();
  wrefresh(stdscr);
  mouse_wanted = mouse;
  modes_on();
  return CT_OK;
}

void ct_close(void) {
  if (!opened) return;
  opened = false;
  modes_off();
  curs_set(1);
  endwin();
  ct_crash_close();
  ct_signals_close();
}

void ct_suspend(void) {
  if (!opened) return;
  modes_off();
  curs_set(1);
  endwin();
  ct_stop_here();
  ct_resume();
}

void ct_resume(void) {
  if (!opened) return;
  reset_prog_mode();
  ct_update_size();
  clearok(curscr, TRUE);
  wrefresh(stdscr);
  curs_set(0);
  modes_on();
}

int ct_rows(void) { return getmaxy(stdscr); }
int ct_columns(void) { return getmaxx(stdscr); }

bool ct_update_size(void) {
  struct winsize w;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_row == 0 || w.ws_col == 0) return false;
  if (w.ws_row == getmaxy(stdscr) && w.ws_col == getmaxx(stdscr)) return false;
  resize_term(w.ws_row, w.ws_col);
  clearok(curscr, TRUE);
  return true;
}

int ct_colors(void) { return has_colors() ? COLORS : 0; }
bool ct_direct(void) { return tigetflag("RGB") > 0 || tigetnum("RGB") > 0; }

int ct_pair(int foreground, int background) {
  if (foreground < 0 && background < 0) return 0;
  int p = alloc_pair(foreground, background);
  if (p < 0 && background >= 0) p = alloc_pair(foreground, -1);
  return p > UINT16_MAX ? -1 : p;
}
void ct_forget_pairs(void) { if (has_colors()) reset_color_pairs(); }

static attr_t attributes(int a) {
  return (a & CT_BOLD ? WA_BOLD : 0) | (a & CT_DIM ? WA_DIM : 0) | (a & CT_ITALIC ? WA_ITALIC : 0) |
         (a & CT_UNDERLINE ? WA_UNDERLINE : 0) | (a & CT_REVERSE ? WA_REVERSE : 0);
}

// A cell with nothing in it that looks like `s`.
static cchar_t empty(const ct_cell *s) {
  cchar_t c = {0};
  c.attr = attributes(s->attrs) | (attr_t)COLOR_PAIR(s->pair > 255 ? 255 : s->pair);
  c.ext_color = s->pair;
  return c;
}

void ct_put_row(int y, int x, const ct_cell *cells, int n) {
  enum { CHUNK = 512 };
  cchar_t buf[CHUNK], c = {0};
  const ct_cell *like = NULL;
  for (int i = 0; i < n;) {
    int k = 0, start = i;
    for (; i < n && k < CHUNK; i++) {
      const ct_cell *s = &cells[i];
      if (s->ch == 0) continue;
      if (like == NULL || s->pair != like->pair || s->attrs != like->attrs) c = empty(s);
      like = s;
      c.chars[0] = (wchar_t)s->ch;
      buf[k] = c;
      for (int m = 0; s->marks >> (21 * m) != 0 && m < 3; m++) buf[k].chars[m + 1] = (wchar_t)(s->marks >> (21 * m) & 0x1FFFFF);
      k++;
    }
    mvwadd_wchnstr(stdscr, y, x + start, buf, k);
  }
}

void ct_cursor(int y, int x) {
  if (y < 0) { leaveok(stdscr, TRUE); curs_set(0); return; }
  leaveok(stdscr, FALSE);
  wmove(stdscr, y, x);
  curs_set(1);
}
void ct_repaint_all(void) { clearok(curscr, TRUE); }
void ct_flush(void) { wnoutrefresh(stdscr); doupdate(); }

// The rest of a mouse report: b;x;y then M or m. Digits that never end are given up after 25 ms.
static ct_event mouse_event(void) {
  ct_event e = {.kind = CT_OTHER};
  int v[3] = {0}, i = 0;
  wint_t c;
  wtimeout(stdscr, 25);
  while (wget_wch(stdscr, &c) == OK) {
    if (c >= '0' && c <= '9') { if (v[i] < 100000) v[i] = v[i] * 10 + (int)(c - '0'); }
    else if (c == ';' && i < 2) i++;
    else {
      if (c == 'M' || c == 'm') e = (ct_event){CT_MOUSE, v[0], 0, v[1] - 1, v[2] - 1, c == 'm'};
      break;
    }
  }
  return e;
}

static ct_event key(int code) { return (ct_event){.kind = CT_KEY, .code = code}; }

static ct_event named(int w) {
  if (w >= OWN_CHORD && w < OWN_CHORD + CHORDS * 8) {
    ct_event e = key(chords[(w - OWN_CHORD) / 8].key);
    e.modifiers = (w - OWN_CHORD) % 8;  // the wire format is 1 + shift 1 + alt 2 + control 4, as ours
    return e;
  }
  if (w >= KEY_F0 && w <= KEY_F(63)) return key(CT_F0 + w - KEY_F0);
  switch (w) {
  case OWN_MOUSE: return mouse_event();
  case OWN_PASTE_BEGIN: return (ct_event){.kind = CT_PASTE_BEGIN};
  case OWN_PASTE_END: return (ct_event){.kind = CT_PASTE_END};
  case KEY_RESIZE: return (ct_event){.kind = CT_RESIZE};
  case KEY_UP: return key(CT_UP);
  case KEY_DOWN: return key(CT_DOWN);
  case KEY_LEFT: return key(CT_LEFT);
  case KEY_RIGHT: return key(CT_RIGHT);
  case KEY_HOME: case KEY_FIND: case KEY_A1: return key(CT_HOME);
  case KEY_END: case KEY_SELECT: case KEY_C1: return key(CT_END);
  case KEY_PPAGE: case KEY_A3: return key(CT_PAGE_UP);
  case KEY_NPAGE: case KEY_C3: return key(CT_PAGE_DOWN);
  case KEY_IC: return key(CT_INSERT);
  case KEY_DC: return key(CT_DELETE);
  case KEY_BACKSPACE: return key(CT_BACKSPACE);
  case KEY_ENTER: return key(CT_ENTER);
  case KEY_BTAB: return key(CT_BACK_TAB);
  default: return (ct_event){.kind = CT_OTHER};
  }
}

ct_event ct_next_event(void) {
  wint_t w = 0;
  wtimeout(stdscr, 0);
  int r = wget_wch(stdscr, &w);
  if (r == ERR) return (ct_event){.kind = CT_NONE};
  if (r == KEY_CODE_YES) return named((int)w);
  return (ct_event){.kind = CT_CHAR, .code = (int32_t)w};
}

int ct_wait(int wake_fd, int timeout_ms) {
  struct pollfd p[3] = {{STDIN_FILENO, POLLIN, 0}, {ct_signal_fd(), POLLIN, 0}, {wake_fd, POLLIN, 0}};
  int n = poll(p, wake_fd < 0 ? 2 : 3, timeout_ms);
  if (n < 0) return errno == EINTR ? CT_SIGNAL : CT_GONE;
  int r = 0;
  if (p[0].revents & POLLIN) r |= CT_INPUT;
  else if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) r |= CT_GONE;
  if (p[1].revents & POLLIN) r |= CT_SIGNAL;
  if (wake_fd >= 0 && p[2].revents & POLLIN) r |= CT_WAKE;
  return r;
}

int ct_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
