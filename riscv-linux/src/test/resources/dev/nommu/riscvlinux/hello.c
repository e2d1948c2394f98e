/* Prints its identity. */
#include "guest.h"

int program(int argc, char **argv, char **envp)
{
	print("hello from "); print(argv[0]); print("\n");
	for (int i = 1; i < argc; i++) { print("argument "); print(argv[i]); print("\n"); }
	for (; *envp; envp++) { print("environment "); print(*envp); print("\n"); }
	return 42;
}
