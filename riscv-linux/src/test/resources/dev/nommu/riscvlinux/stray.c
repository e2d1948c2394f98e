/* Stores to memory that it has freed. */
#include "guest.h"

int program(int argc, char **argv, char **envp)
{
	word memory = call6(N_mmap, 0, 4096, 3, 0x22, -1, 0);
	*(volatile word *)memory = 1;
	call(N_munmap, memory, 4096, 0, 0);
	*(volatile word *)(memory + 8) = 2;
	return 0;
}
