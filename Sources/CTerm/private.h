// Between cterm.c and signals.c.
#ifndef CTERM_PRIVATE_H
#define CTERM_PRIVATE_H
#include "cterm.h"

void ct_signals_open(void);
void ct_signals_close(void);
int ct_signal_fd(void);
// Stops the process group with the default action and returns when it is continued.
void ct_stop_here(void);

// Saves the terminal settings to go back to, joins the reset strings, installs the crash handlers, holds stderr back.
void ct_crash_open(const char *const *reset, int n);
void ct_crash_close(void);
#endif
