/* Paths relative to an open directory, empty paths, statx, waitid and select; qemu-riscv64 prints the same with the results of the host's kernel. */
#include "guest.h"

enum { N_unlinkat = 35, N_symlinkat = 36, N_linkat = 37, N_fstatfs = 44, N_faccessat = 48, N_chdir = 49, N_fchdir = 50, N_fchmodat = 53, N_fchownat = 54, N_getcwd = 17,
	N_pselect6 = 72, N_readlinkat = 78, N_fstatat = 79, N_sync = 81, N_utimensat = 88, N_waitid = 95, N_syncfs = 267, N_renameat2 = 276,
	N_statx = 291, N_faccessat2 = 439, N_fchmodat2 = 452,
	O_PATH = 010000000, O_NOFOLLOW = 0400000, O_DIRECTORY = 0200000, NOFOLLOW = 0x100, REMOVEDIR = 0x200, FOLLOW = 0x400, EMPTY = 0x1000 };
struct stat { uword dev, ino; unsigned mode, links, uid, gid; uword rdev, pad; word size; int block, pad2; word blocks, atime, ansec, mtime, mnsec, ctime, cnsec; int unused[2]; };
struct statx { unsigned mask, block; uword attributes; unsigned links, uid, gid; unsigned short mode, pad; uword ino, size, blocks, known; struct { word sec; unsigned nsec; int pad; } atime, btime, ctime, mtime; unsigned rmajor, rminor, major, minor; uword rest[14]; };
struct info { int signo, errno, code, pad, pid, uid, status; uword rest[12]; };

word vfork_here(void);
__asm__(".globl vfork_here\nvfork_here:\n li a0,0x4111\n li a1,0\n li a2,0\n li a3,0\n li a4,0\n li a7,220\n ecall\n ret\n");
static struct stat st; static struct statx sx; static struct info info; static char text[256];
static int same(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return *a == *b; }
static void child(int status) { if (!vfork_here()) call(N_exit_group, status, 0, 0, 0); }

static void at(int d)
{
	int fd = call(N_openat, d, "file", 0101, 0644); call(N_write, fd, "12345", 5, 0);
	show("made in it", fd >= 0); show("mkdirat", call(N_mkdirat, d, "sub", 0755, 0)); show("symlinkat", call(N_symlinkat, "file", d, "link", 0));
	show("not below a file", call(N_openat, fd, "x", 0, 0)); show("no descriptor", call(N_openat, 99, "file", 0, 0)); show("absolute, no descriptor", call(N_openat, 99, "/", O_PATH, 0) >= 0);
	show("nothing", call(N_openat, 99, "", 0, 0)); show("nowhere", call(N_openat, 99, 0, 0, 0));
	show("linkat", call6(N_linkat, d, (word)"link", d, (word)"link2", 0, 0)); show("followed", call6(N_linkat, d, (word)"link", d, (word)"hard", FOLLOW, 0)); show("flag", call6(N_linkat, d, (word)"link", d, (word)"x", 1, 0));
	call(N_fstatat, d, "link2", &st, NOFOLLOW); show("a link", (st.mode & 0170000) == 0120000); call(N_fstatat, d, "hard", &st, 0); show("links", st.links);
	show("renameat2", call6(N_renameat2, d, (word)"hard", d, (word)"sub/moved", 0, 0)); show("readlinkat", call(N_readlinkat, d, "link", text, 256)); show("no bytes", call(N_readlinkat, d, "link", text, 0)); show("no link", call(N_readlinkat, d, "file", text, 256));
	show("itself no link", call(N_readlinkat, fd, "", text, 256));
	int link = call(N_openat, d, "link", O_PATH | O_NOFOLLOW, 0); show("itself a link", call(N_readlinkat, link, "", text, 256));
	show("fchmodat", call(N_fchmodat, d, "file", 0600, 0)); show("access", call(N_faccessat, d, "file", 4, 0)); show("access2", call(N_faccessat2, d, "none", 4, 0)); show("access to itself", call(N_faccessat2, fd, "", 2, EMPTY)); show("of a link", call(N_faccessat2, d, "link", 4, NOFOLLOW)); show("mode", call(N_faccessat2, d, "file", 8, 0)); show("flags", call(N_faccessat2, d, "file", 4, 1));
	show("fchownat of itself", call6(N_fchownat, fd, (word)"", 7, 8, EMPTY, 0)); show("not without the flag", call6(N_fchownat, fd, (word)"", 7, 8, 0, 0)); call(N_fstat, fd, &st, 0, 0); show("uid", st.uid); show("gid", st.gid);
	word times[4] = { 11, 12, 13, 14 };
	show("utimensat", call(N_utimensat, d, "file", times, 0)); show("of itself", call(N_utimensat, fd, "", times, EMPTY)); show("of a descriptor", call(N_utimensat, fd, 0, times, 0)); show("which has no flags", call(N_utimensat, fd, 0, times, EMPTY)); show("of nobody", call(N_utimensat, AT_FDCWD, 0, times, 0));
	times[1] = 1000000000; show("too many ns", call(N_utimensat, d, "file", times, 0));
	times[1] = times[3] = 0x3ffffffe; show("nothing to set", call(N_utimensat, 99, "none", times, 7));
	show("statx", call6(N_statx, d, (word)"file", 0, 0x7ff, (word)&sx, 0)); show("basic", (sx.mask & 0x7ff) == 0x7ff); show("mode", sx.mode); show("size", sx.size); show("uid", sx.uid); show("mtime", sx.mtime.sec * 100 + sx.mtime.nsec); show("atime", sx.atime.sec * 100 + sx.atime.nsec); show("same", sx.ino == st.ino);
	show("statx of itself", call6(N_statx, fd, (word)"", EMPTY, 0x7ff, (word)&sx, 0)); show("sync types", call6(N_statx, d, (word)"file", 0x6000, 0x7ff, (word)&sx, 0)); show("mask", call6(N_statx, d, (word)"file", 0, 0x80000000, (word)&sx, 0)); show("nowhere", call6(N_statx, d, (word)"file", 0, 0, 16, 0));
	show("null", call6(N_statx, AT_FDCWD, (word)"/dev/null", 0, 0x7ff, (word)&sx, 0)); show("major", sx.rmajor); show("minor", sx.rminor);
	uword room[16]; show("fstatfs", call(N_fstatfs, fd, room, 0, 0)); show("not open", call(N_fstatfs, 99, room, 0, 0));
	show("fchdir of a file", call(N_fchdir, fd, 0, 0, 0)); show("fchdir", call(N_fchdir, d, 0, 0, 0)); call(N_getcwd, text, 256, 0, 0); char *end = text; while (*end) end++; show("here", same(end - 3, "/at"));
	show("from here", call(N_openat, AT_FDCWD, "sub/moved", 0, 0) >= 0); show("itself", call(N_fstatat, AT_FDCWD, "", &st, EMPTY)); show("a directory", (st.mode & 0170000) == 0040000);
	show("unlinkat", call(N_unlinkat, d, "sub/moved", 0, 0)); show("a directory", call(N_unlinkat, d, "sub", 0, 0) == -21); show("rmdir", call(N_unlinkat, d, "sub", REMOVEDIR, 0)); show("flag", call(N_unlinkat, d, "file", 1, 0));
	call(N_unlinkat, d, "file", 0, 0); call(N_unlinkat, d, "link", 0, 0); call(N_unlinkat, d, "link2", 0, 0); call(N_chdir, "..", 0, 0, 0);
	call(N_unlinkat, AT_FDCWD, "at", REMOVEDIR, 0); show("in what is gone", call(N_openat, d, "new", 0101, 0644));
}

static void waits(void)
{
	show("no child", call6(N_waitid, 0, 0, (word)&info, 4, 0, 0)); show("for nothing", call6(N_waitid, 0, 0, (word)&info, 1, 0, 0)); show("option", call6(N_waitid, 0, 0, (word)&info, 4 | 16, 0, 0)); show("type", call6(N_waitid, 4, 1, (word)&info, 4, 0, 0)); show("number", call6(N_waitid, 1, 0, (word)&info, 4, 0, 0));
	child(7); show("wait4 takes no WEXITED", call(N_wait4, -1, 0, 4, 0));
	show("not of stops", call6(N_waitid, 0, 0, (word)&info, 1 | 2, 0, 0)); show("empty", info.signo == 0 && info.pid == 0);
	show("looks", call6(N_waitid, 0, 0, (word)&info, 4 | 0x1000000, 0, 0)); show("signal", info.signo); show("code", info.code); show("status", info.status); show("a number", info.pid > 1); int pid = info.pid;
	show("takes", call6(N_waitid, 1, pid, (word)&info, 4, 0, 0)); show("the same", info.pid == pid); show("gone", call6(N_waitid, 1, pid, (word)&info, 4, 0, 0));
	child(9); show("of its group", call6(N_waitid, 2, 0, 0, 4, 0, 0));
}

static void selects(void)
{
	int pair[2]; call(N_pipe2, pair, 0, 0, 0); uword r = 1ul << pair[0], in = r, w = 1ul << pair[1], out = w, bad = 1ul << 63; word none[2] = { 0, 0 }, wrong[2] = { 0, -1 }; int n = pair[1] + 1;
	show("writes", call6(N_pselect6, n, (word)&in, (word)&out, 0, (word)none, 0)); show("not to be read", in); show("to be written", out == w);
	call(N_write, pair[1], "x", 1, 0); in = r; out = w; show("both", call6(N_pselect6, n, (word)&in, (word)&out, 0, 0, 0)); show("to be read", in == r);
	call(N_close, pair[1], 0, 0, 0); in = r; show("end", call6(N_pselect6, n, (word)&in, 0, 0, 0, 0));
	show("not open", call6(N_pselect6, 64, (word)&bad, 0, 0, 0, 0)); show("stays", bad == 1ul << 63); show("less than none", call6(N_pselect6, -1, 0, 0, 0, 0, 0)); show("no time", call6(N_pselect6, 0, 0, 0, 0, (word)wrong, 0)); show("nowhere", call6(N_pselect6, n, 16, 0, 0, 0, 0));
	word soon[2] = { 0, 1000000 }; show("waits", call6(N_pselect6, 0, 0, 0, 0, (word)soon, 0)); show("nothing left", soon[1]);
}

int program(int argc, char **argv, char **envp)
{
	show("at", call(N_mkdirat, AT_FDCWD, "at", 0755, 0)); at(call(N_openat, AT_FDCWD, "at", O_DIRECTORY, 0)); waits(); selects();
	show("sync", call(N_sync, 0, 0, 0, 0)); show("syncfs", call(N_syncfs, 1, 0, 0, 0)); show("not open", call(N_syncfs, 99, 0, 0, 0)); return 0;
}
