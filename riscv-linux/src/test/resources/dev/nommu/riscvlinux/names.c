/* Names that are not UTF-8 (rule FILE-17); qemu-riscv64 prints the same with the results of the host's kernel. Works in the directory of its first argument. */
#include "guest.h"

enum { N_getcwd = 17, N_unlinkat = 35, N_symlinkat = 36, N_renameat2 = 276, N_chdir = 49, N_getdents64 = 61, N_readlinkat = 78, O_DIRECTORY = 0200000, REMOVEDIR = 0x200 };
static char text[4096];
static void hex(const char *s, word n)
{
	char t[3] = { 0 };
	for (word i = 0; i < n; i++) { t[0] = "0123456789abcdef"[(u8)s[i] >> 4]; t[1] = "0123456789abcdef"[s[i] & 15]; print(t); }
	print("\n");
}
static void list(const char *what)
{
	int d = call(N_openat, AT_FDCWD, ".", O_DIRECTORY, 0);
	word n = call(N_getdents64, d, text, sizeof text, 0);
	print(what); print("\n");
	for (word at = 0; at < n; at += *(unsigned short *)(text + at + 16))
		if (text[at + 19] != '.') hex(text + at + 19, length(text + at + 19));
	call(N_close, d, 0, 0, 0);
}

int program(int argc, char **argv, char **envp)
{
	hex(argv[2], length(argv[2]));
	show("chdir", call(N_chdir, argv[1], 0, 0, 0));
	show("mkdir", call(N_mkdirat, AT_FDCWD, "d\xff\xc3\xa9\xc3", 0755, 0)); show("in it", call(N_chdir, "d\xff\xc3\xa9\xc3", 0, 0, 0));
	call(N_getcwd, text, sizeof text, 0, 0); hex(text + length(text) - 5, 5);
	call(N_close, call(N_openat, AT_FDCWD, "caf\xe9", 0101, 0644), 0, 0, 0); list("one");
	show("as UTF-8", call(N_openat, AT_FDCWD, "caf\xc3\xa9", 0, 0));
	show("rename", call6(N_renameat2, AT_FDCWD, (word)"caf\xe9", AT_FDCWD, (word)"\xed\xb2\xa9", 0, 0)); list("renamed");
	show("symlink", call(N_symlinkat, "to\x80/\xfe", AT_FDCWD, "l", 0)); word n = call(N_readlinkat, AT_FDCWD, "l", text, sizeof text); hex(text, n);
	show("unlink", call(N_unlinkat, AT_FDCWD, "\xed\xb2\xa9", 0, 0)); call(N_unlinkat, AT_FDCWD, "l", 0, 0); list("none");
	call(N_chdir, "..", 0, 0, 0); show("rmdir", call(N_unlinkat, AT_FDCWD, "d\xff\xc3\xa9\xc3", REMOVEDIR, 0));
	return 0;
}
