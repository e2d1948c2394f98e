/* Prints the data that the kernel put after the environment: the types of the auxiliary vector in order, and the letters of AT_HWCAP. */
#include "guest.h"

enum { AT_NULL = 0, AT_HWCAP = 16 };

int program(int argc, char **argv, char **envp)
{
	while (*envp) envp++;
	for (uword *entry = (uword *)(envp + 1); ; entry += 2) {
		show("type", entry[0]);
		for (int i = 0; entry[0] == AT_HWCAP && i < 26; i++)
			if (entry[1] >> i & 1) { char letter[] = { 'A' + i, '\n', 0 }; print(letter); }
		if (entry[0] == AT_NULL) return 0;
	}
}
