/* Counts in a function, makes calls, and stores to an unmapped address: for a debugger to observe. */
#include "guest.h"

static word total = 40;
static const char *const title = "debugged";

static word add(word number)
{
	word before = total;

	total = before + number;
	return total;
}

int program(int argc, char **argv, char **envp)
{
	for (word i = 1; i < argc; i++)
		add(i);
	add(2);
	print(title);
	show(" total", total);
	if (argc > 2) *(volatile int *)16 = 1;
	return (int)total;
}
