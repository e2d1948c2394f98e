/* What a program can query of the machine; sessions; a lock whose owner ends; a first thread that ends before another one; the end of the machine. */
#include "guest.h"

enum { N_set_robust_list = 99, N_get_robust_list = 100, N_sched_getaffinity = 123, N_reboot = 142, N_times = 153, N_setpgid = 154, N_getpgid = 155, N_getsid = 156, N_setsid = 157,
	N_getrusage = 165, N_sysinfo = 179, N_prlimit64 = 261, N_getrandom = 278, SIGTERM = 15 };
static word stacks[2][512] __attribute__((aligned(16)));
static volatile int done = 1;
static struct { void *next; int lock; } mutex;
static struct { void *next; word offset; void *pending; } robust = { &mutex, 8, 0 };

word vfork_here(void);
__asm__(".globl vfork_here\nvfork_here:\n li a0,0x4111\n li a1,0\n li a2,0\n li a3,0\n li a4,0\n li a7,220\n ecall\n ret\n");
word thread(uword flags, void *stack, void (*run)(word), word with, volatile int *cleared);
__asm__(".globl thread\nthread:\n mv t0,a2\n mv t1,a3\n mv a3,t1\n mv a2,zero\n li a7,220\n ecall\n beqz a0,1f\n ret\n1: mv a0,tp\n jalr t0\n li a0,0\n li a7,93\n ecall\n");

static void lock(word unused) { mutex.lock = call(N_gettid, 0, 0, 0, 0); mutex.next = &robust; call(N_set_robust_list, &robust, 24, 0, 0); (void)unused; }
static void outlive(word first)
{
	word soon[2] = { 1, 0 }; call(N_nanosleep, soon, 0, 0, 0);
	show("the process is there", call(N_kill, first, 0, 0, 0)); show("its number", call(N_getpid, 0, 0, 0, 0) == first);
}

int program(int argc, char **argv, char **envp)
{
	word pid = call(N_getpid, 0, 0, 0, 0), random[2] = { 0, 0 }, info[14], mask = 0, usage[18], limit[2], head = 0, size = 0;
	if (argc > 1) {
		show("EINVAL", call(N_reboot, 1, 2, 3, 0));
		call(N_reboot, 0xfee1dead, 672274793, 0x4321fedc, 0); print("not reached\n"); return 1;
	}
	show("getrandom", call(N_getrandom, random, 12, 0, 0)); show("something", random[0] != 0); show("no more", random[1] >> 32); show("flags", call(N_getrandom, random, 8, 8, 0));
	show("sysinfo", call(N_sysinfo, info, 0, 0, 0)); show("memory", info[4] > info[5] && info[5] > 0); show("processes", (short)info[10]); show("unit", (int)info[13]);
	show("sched_getaffinity", call(N_sched_getaffinity, 0, 128, &mask, 0)); show("mask", mask); show("too small", call(N_sched_getaffinity, 0, 4, &mask, 0));
	show("times", call(N_times, 0, 0, 0, 0)); show("getrusage", call(N_getrusage, 0, usage, 0, 0)); show("of whom", call(N_getrusage, 7, usage, 0, 0));
	show("files", call(N_prlimit64, 0, 7, 0, limit) + limit[0]); show("the same", call(N_prlimit64, 0, 7, limit, 0)); limit[0]--; show("fewer", call(N_prlimit64, 0, 7, limit, 0)); show("no limit", call(N_prlimit64, 0, 16, 0, limit));
	show("setsid", call(N_setsid, 0, 0, 0, 0) == pid); show("group", call(N_getpgid, 0, 0, 0, 0) == pid); show("session", call(N_getsid, 0, 0, 0, 0) == pid); show("again", call(N_setpgid, 0, 0, 0, 0));
	int status = 0; word child = vfork_here();
	if (!child) { call(N_setpgid, 0, 0, 0, 0); call(N_kill, 0, SIGTERM, 0, 0); call(N_exit_group, 1, 0, 0, 0); }
	show("a group of its own", call(N_wait4, -child, &status, 0, 0) == child); show("killed by", status);
	thread(0x3d0f00, stacks[0] + 512, lock, 0, &done); for (int v; (v = __atomic_load_n(&done, __ATOMIC_SEQ_CST)) != 0;) call(N_futex, &done, 0, v, 0);
	show("owner died", mutex.lock == 0x40000000); show("size", call(N_set_robust_list, &robust, 12, 0, 0)); call(N_get_robust_list, 0, &head, &size, 0); show("no list", head); show("of", size);
	thread(0x3d0f00, stacks[1] + 512, outlive, pid, &done);
	print("the first thread ends\n"); call(N_exit, 6, 0, 0, 0);
	return 0;
}
