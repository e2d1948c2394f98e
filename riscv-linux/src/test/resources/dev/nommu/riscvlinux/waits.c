/* Calls that wait, interrupted by a signal: with SA_RESTART, without, and blocked. */
#include "guest.h"

struct action { void (*handler)(int); uword flags, mask; };
static volatile word caught;
static void on(int signal) { caught = signal; }
static word byte_of(int file) { u8 one = 0; word r = call(N_read, file, &one, 1, 0); return r < 0 ? r : one; }

int program(int argc, char **argv, char **envp)
{
	struct action plain = { on, 0, 0 }, restarted = { on, 0x10000000, 0 };
	word set = 1 << 9;
	call(N_rt_sigaction, 10, &plain, 0, 8); show("interrupted", byte_of(0)); show("caught", caught); caught = 0;
	call(N_rt_sigaction, 10, &restarted, 0, 8); show("restarted", byte_of(0)); show("caught", caught); caught = 0;
	call(N_rt_sigprocmask, 0, &set, 0, 8); show("blocked", byte_of(0)); show("caught", caught);
	call(N_rt_sigprocmask, 1, &set, 0, 8); show("caught", caught);
	return 0;
}
