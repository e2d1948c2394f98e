/* Two threads and a process that write to the same memory without any lock: the result shows which ran when. */
#include "guest.h"

enum { CLONE_VM = 0x100, CLONE_SETTLS = 0x80000, SIGCHLD = 17, ROUNDS = 40000 };
static volatile uword mixed;
static volatile int done[2];
static word stacks[3][512] __attribute__((aligned(16)));

word thread(uword flags, void *stack, void (*run)(word), word with, volatile int *cleared);
__asm__(".globl thread\nthread:\n mv t0,a2\n mv t1,a3\n mv a3,t1\n mv a2,zero\n li a7,220\n ecall\n beqz a0,1f\n ret\n1: mv a0,tp\n jalr t0\n li a0,0\n li a7,93\n ecall\n");

static void race(word self)
{
	for (int i = 0; i < ROUNDS; i++) {
		mixed = mixed * 31 + self;
		if (i % 10000 == 0) { printed(self); print(" "); }
		if (i % 15000 == 0) { word soon[2] = { 0, 20000 * self }; call(N_nanosleep, soon, 0, 0, 0); }
	}
}

int program(int argc, char **argv, char **envp)
{
	word child = thread(CLONE_VM | CLONE_SETTLS | SIGCHLD, stacks[2] + 512, race, 3, 0);
	for (int i = 0; i < 2; i++) { done[i] = 1; thread(0x3d0f00, stacks[i] + 512, race, i + 1, &done[i]); }
	for (int i = 0; i < 2; i++) for (int v; (v = __atomic_load_n(&done[i], __ATOMIC_SEQ_CST)) != 0;) call(N_futex, &done[i], 0, v, 0);
	int status; call(N_wait4, child, &status, 0, 0);
	print("\n"); show("mixed", mixed >> 1);
	word t[2]; call(N_clock_gettime, 1, t, 0, 0); show("at", t[1]);
	return 0;
}
