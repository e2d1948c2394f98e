/* Processor time: of the process, of the thread, of a child that was waited for. */
#include "guest.h"

enum { N_times = 153, N_getrusage = 165, MONOTONIC = 1, PROCESS = 2, THREAD = 3, SELF = 0, CHILDREN = -1, MILLISECOND = 1000000 };

word vfork_here(void);
__asm__(".globl vfork_here\nvfork_here:\n li a0,0x4111\n li a1,0\n li a2,0\n li a3,0\n li a4,0\n li a7,220\n ecall\n ret\n");

static word now(word clock) { word t[2]; call(N_clock_gettime, clock, t, 0, 0); return t[0] * 1000000000 + t[1]; }
static word used(word *usage) { return usage[0] * 1000000000 + usage[1] * 1000; }
static word near(word a, word b) { return a - b < 2000 && b - a < 2000; }
static void compute(word nanos) { for (word end = now(PROCESS) + nanos; now(PROCESS) < end;) ; }

int program(int argc, char **argv, char **envp)
{
	word clock = now(MONOTONIC), process = now(PROCESS), thread = now(THREAD), usage[18], ticks[4];
	(void)argc; (void)argv; (void)envp;
	compute(25 * MILLISECOND);
	show("as the clock", near(now(PROCESS) - process, now(MONOTONIC) - clock));
	show("its only thread", near(now(THREAD) - thread, now(PROCESS) - process));
	word sleep[2] = { 1, 0 }; process = now(PROCESS); call(N_nanosleep, sleep, 0, 0, 0);
	show("asleep", now(PROCESS) - process < 1000);
	call(N_getrusage, SELF, usage, 0, 0); show("self", near(used(usage), now(PROCESS)));
	call(N_getrusage, CHILDREN, usage, 0, 0); show("no children", used(usage));
	word child = vfork_here();
	if (!child) { compute(33 * MILLISECOND); call(N_exit_group, 0, 0, 0, 0); }
	show("not its own", now(PROCESS) - process < MILLISECOND);
	show("waited for", call(N_wait4, child, 0, 0, usage) == child);
	show("milliseconds of the child", used(usage) / MILLISECOND);
	word told = used(usage); call(N_getrusage, CHILDREN, usage, 0, 0); show("children", used(usage) == told);
	call(N_times, ticks, 0, 0, 0);
	show("user", ticks[0]); show("system", ticks[1]); show("children's", ticks[2]); show("children's system", ticks[3]);
	return 0;
}
