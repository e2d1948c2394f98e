/* Receives a signal that it handles while its stack pointer points to no memory. */
#include "guest.h"

struct action { void (*handler)(int); uword flags, mask; };
static void handler(int signal) { (void)signal; }

int program(int argc, char **argv, char **envp)
{
	struct action action = { .handler = handler };
	word pid = call(N_getpid, 0, 0, 0, 0);

	call(N_rt_sigaction, 10, &action, 0, 8);
	__asm__ volatile("mv a0, %0\n li a1, 10\n li a7, 129\n li sp, 16\n ecall\n ebreak" : : "r"(pid) : "memory");
	return 0;
}
