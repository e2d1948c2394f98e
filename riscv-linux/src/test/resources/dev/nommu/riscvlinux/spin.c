/* Loops forever. */
#include "guest.h"

int program(int argc, char **argv, char **envp)
{
	for (;;) __asm__ volatile("" ::: "memory");
}
