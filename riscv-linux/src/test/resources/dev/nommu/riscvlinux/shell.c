/* A minimal shell: cat FILE, args, env, off (which switches the machine off). At the end of its input it exits with 3. */
#include "guest.h"

static char line[256], buffer[4096];

static int begins(const char *text, const char *with) { while (*with) if (*text++ != *with++) return 0; return 1; }

static void cat(const char *path)
{
	word file = call(N_openat, AT_FDCWD, path, 0, 0), count;
	if (file < 0) { print("cannot open "); print(path); print("\n"); return; }
	while ((count = call(N_read, file, buffer, sizeof buffer, 0)) > 0) call(N_write, 1, buffer, count, 0);
	call(N_close, file, 0, 0, 0);
}

int program(int argc, char **argv, char **envp)
{
	show("process", call(N_getpid, 0, 0, 0, 0));
	for (;;) {
		print("# ");
		word length = call(N_read, 0, line, sizeof line - 1, 0);
		if (length <= 0) return 3;
		if (line[length - 1] == '\n') length--;
		line[length] = 0;
		if (begins(line, "cat ")) cat(line + 4);
		else if (begins(line, "args")) for (int i = 0; i < argc; i++) { print(argv[i]); print("\n"); }
		else if (begins(line, "env")) for (int i = 0; envp[i]; i++) { print(envp[i]); print("\n"); }
		else if (begins(line, "off")) { print("down\n"); call(142, 0xfee1dead, 672274793, 0x4321fedc, 0); }
		else if (line[0]) print("what?\n");
	}
}
