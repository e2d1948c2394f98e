/* Changes instructions that another thread executes, and flushes its instruction cache. */
#include "guest.h"

enum { N_riscv_flush_icache = 259 };
static word stack[512] __attribute__((aligned(16)));
static unsigned int code[2];
static volatile word turn, result;

word thread(uword flags, void *stack, void (*run)(word), word with, volatile int *cleared);
__asm__(".globl thread\nthread:\n mv t0,a2\n mv t1,a3\n mv a3,t1\n mv a2,zero\n li a7,220\n ecall\n beqz a0,1f\n ret\n1: mv a0,tp\n jalr t0\n li a0,0\n li a7,93\n ecall\n");

static void execute(word unused)
{
	(void)unused;
	for (;;)
		if (turn == 1) { result = ((word (*)(void))code)(); turn = 2; }
}

int program(int argc, char **argv, char **envp)
{
	static volatile int cleared;

	thread(0x3d0f00, stack + 512, execute, 0, &cleared);
	for (int number = 1; number <= 3; number++) {
		code[0] = 0x513 | number << 20; /* li a0, number */
		code[1] = 0x8067; /* ret */
		show("flush", call(N_riscv_flush_icache, code, code + 2, 0, 0));
		turn = 1;
		while (turn == 1);
		show("executed", result);
	}
	show("local", call(N_riscv_flush_icache, 0, 0, 1, 0));
	show("other flags", call(N_riscv_flush_icache, 0, 0, 2, 0));
	return 0;
}
