/* Time that advances with instructions: loops that wait for the clock, the counter of the processor, and a timer that interrupts a loop. */
#include "guest.h"

enum { N_setitimer = 103, SIGALRM = 14, CLOCK_MONOTONIC = 1, TICK = 100, MILLISECOND = 1000000 };
struct action { void (*handler)(int); uword flags, mask; };
static volatile word caught, rounds;
static void on(int signal) { caught = signal; }
static word now(void) { word t[2]; call(N_clock_gettime, CLOCK_MONOTONIC, t, 0, 0); return t[0] * 1000000000 + t[1]; }
static word ticks(void) { word t; __asm__ volatile("rdtime %0" : "=r"(t)); return t; }

int program(int argc, char **argv, char **envp)
{
	struct action handle = { on, 0, 0 };
	word begin = now(), end = begin + 2 * MILLISECOND, last = begin, back = 0, apart = 0;
	for (word t; (t = now()) < end; last = t) back += t < last;
	print("clock_gettime came to its end\n"); show("went back", back);
	for (word until = ticks() + 2 * MILLISECOND / TICK; ticks() < until;) ;
	print("rdtime came to its end\n");
	for (int i = 0; i < 1000; i++) { word before = now() / TICK, counter = ticks(); apart += counter < before || counter > now() / TICK; }
	show("apart", apart);
	word sleep[2] = { 1, 0 }; begin = now(); call(N_nanosleep, sleep, 0, 0, 0); end = now() - begin - 1000 * MILLISECOND;
	show("slept long enough", end >= 0); show("and not much longer", end < 1000);
	call(N_rt_sigaction, SIGALRM, &handle, 0, 8);
	word timer[4] = { 0, 0, 0, 5000 }; begin = now(); call(N_setitimer, 0, timer, 0, 0);
	while (!caught) rounds++;
	end = now() - begin - 5 * MILLISECOND;
	show("interrupted by", caught); show("in time", end >= 0 && end < 1000); show("rounds", rounds);
	return 0;
}
