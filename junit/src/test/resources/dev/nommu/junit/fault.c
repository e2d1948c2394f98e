/* Stores where nothing is. */
#include "guest.h"

int main(int argc, char **argv, char **envp)
{
	print("soon\n");
	*(volatile int *)16 = 1;
	return 0;
}
