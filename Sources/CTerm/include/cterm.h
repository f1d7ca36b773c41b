// The one door to ncurses. Swift sees plain functions and plain data here, never <curses.h>: its macros, globals and
// variadics do not import into Swift 6, and a global such as `stdscr` is a concurrency error.
//
// Everything but ct_install_thread_stack belongs to the thread that called ct_open.
#ifndef CTERM_H
#define CTERM_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One screen cell. `marks` holds up to three combining scalars of 21 bits each, lowest first.
// `ch` 0 is the right half of a wide glyph and is skipped.
typedef struct {
  uint32_t ch;
  uint16_t pair;
  uint16_t attrs;
  uint64_t marks;
} ct_cell;

enum { CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16 };

enum { CT_OK = 0, CT_NOT_A_TERMINAL = 1, CT_UNKNOWN_TERM = 2, CT_TOO_SIMPLE = 3, CT_FAILED = 4 };

enum {
  CT_NONE = 0,         // nothing pending
  CT_CHAR = 1,         // code: Unicode scalar
  CT_KEY = 2,          // code: CT_UP..., modifiers
  CT_RESIZE = 3,
  CT_MOUSE = 4,        // code: SGR button number, x and y from 0, released
  CT_PASTE_BEGIN = 5,
  CT_PASTE_END = 6,
  CT_OTHER = 7,        // a key nobody named; dropped
};

enum {
  CT_UP = 1, CT_DOWN, CT_LEFT, CT_RIGHT, CT_HOME, CT_END, CT_PAGE_UP, CT_PAGE_DOWN,
  CT_INSERT, CT_DELETE, CT_BACKSPACE, CT_ENTER, CT_BACK_TAB, CT_F0 = 100,
};

enum { CT_SHIFT = 1, CT_ALT = 2, CT_CONTROL = 4 };

typedef struct {
  int32_t kind;
  int32_t code;
  int32_t modifiers;
  int32_t x, y;
  bool released;
} ct_event;

// Takes over the terminal: alternate screen, cbreak, mouse, bracketed paste, signal and crash handlers, stderr held back.
// `term` names another terminfo entry than TERM, or is NULL. Returns CT_OK or why not; then nothing has changed.
int ct_open(const char *term, int escape_delay_ms, bool mouse);
// Gives the terminal back and prints what was written to stderr meanwhile. Safe to call twice.
void ct_close(void);
// Stops the process group until it is continued; the terminal is sane in between.
void ct_suspend(void);
// Takes the terminal back after a stop nobody announced (SIGSTOP, then SIGCONT).
void ct_resume(void);
void ct_set_mouse(bool on);

int ct_rows(void);
int ct_columns(void);
// Asks the kernel for the size; true when it changed, and then everything must be painted again.
bool ct_update_size(void);

int ct_colors(void);
// True when a colour number is an RGB value.
bool ct_direct(void);
// A pair for two colour numbers (-1 is the terminal's own), or -1 when the terminal has none left.
int ct_pair(int foreground, int background);
void ct_forget_pairs(void);

void ct_put_row(int y, int x, const ct_cell *cells, int n);
// Shows the hardware cursor, or hides it when y < 0.
void ct_cursor(int y, int x);
// The next ct_flush paints every cell, whatever the terminal is thought to show.
void ct_repaint_all(void);
void ct_flush(void);

// The next input without waiting.
ct_event ct_next_event(void);

enum { CT_INPUT = 1, CT_SIGNAL = 2, CT_WAKE = 4, CT_GONE = 8 };
// Sleeps until input, a signal or a byte on `wake_fd` (-1: none). -1 ms is for ever; 0 as result is a timeout.
int ct_wait(int wake_fd, int timeout_ms);
// The next caught signal (TERM HUP INT TSTP CONT WINCH), or 0.
int ct_next_signal(void);

// Writes bytes past ncurses, for sequences without a terminfo entry (clipboard).
void ct_write(const char *bytes, size_t n);

// Gives the calling worker thread an alternate signal stack, so that a stack overflow there restores the terminal too.
void ct_install_thread_stack(void);
// The libc width the screen will use; the table in TermKit must agree.
int ct_wcwidth(uint32_t scalar);
#endif
