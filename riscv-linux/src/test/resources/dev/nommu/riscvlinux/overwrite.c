/* Tries to change its own file. */
#include "guest.h"

enum { O_WRONLY = 1, N_unlinkat = 35, N_fchmodat = 53 };

int program(int argc, char **argv, char **envp)
{
	(void)argc; (void)envp;
	show("write", call(N_openat, AT_FDCWD, argv[0], O_WRONLY, 0));
	show("mode", call(N_fchmodat, AT_FDCWD, argv[0], 0777, 0));
	show("remove", call(N_unlinkat, AT_FDCWD, argv[0], 0, 0));
	show("create", call(N_openat, AT_FDCWD, "/bin/new", O_WRONLY | 0100, 0644));
	return 0;
}
