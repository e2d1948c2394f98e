/* Calls whose lines strace writes. The same source is built for x86-64, where Debian's strace recorded traced.strace (record-strace.sh). */
#ifdef __riscv
#include "guest.h"
#define N(riscv, x86) riscv
#else
typedef long word;
typedef unsigned long uword;
static word call6(word n, word a, word b, word c, word d, word e, word f)
{
	word r;
	register word r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
	__asm__ volatile("syscall" : "=a"(r) : "0"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
	return r;
}
#define call(n, a, b, c, d) call6(n, (word)(a), (word)(b), (word)(c), (word)(d), 0, 0)
#define N(riscv, x86) x86
#define AT_FDCWD (-100)
int program(int argc, char **argv, char **envp);
void begin(void) { call(231, program(0, 0, 0), 0, 0, 0); }
__asm__(".globl _start\n_start:\n call begin\n");
__asm__("restore:\n mov $15, %eax\n syscall\n");
extern char restore[];
#endif

struct action {
	void (*handler)(int);
	uword flags;
#ifndef __riscv
	void *restorer;
#endif
	uword mask;
};
static void handler(int signal) { (void)signal; }

static word start(void) /* a child that ends at once: clone(CLONE_VM|CLONE_VFORK|SIGCHLD) */
{
	word r;
#ifdef __riscv
	r = call(220, 0x4111, 0, 0, 0);
	if (r == 0) call(94, 7, 0, 0, 0);
#else
	/* the return address must not lie where the child writes */
	__asm__ volatile("mov $56, %%eax\n mov $0x4111, %%edi\n xor %%esi, %%esi\n xor %%edx, %%edx\n xor %%r10, %%r10\n xor %%r8, %%r8\n syscall\n"
		"test %%eax, %%eax\n jnz 1f\n mov $7, %%edi\n mov $231, %%eax\n syscall\n1:" : "=a"(r) : : "rdi", "rsi", "rdx", "r10", "r8", "rcx", "r11", "memory");
#endif
	return r;
}

int program(int argc, char **argv, char **envp)
{
	char buffer[256]; uword set = 1 << 9, old; int pair[2], status;
	(void)argc; (void)argv; (void)envp;
	call(N(56, 257), AT_FDCWD, "/tmp/traced/none", 0, 0);
	call(N(34, 258), AT_FDCWD, "/tmp/traced", 0755, 0);
	call(N(49, 80), "/tmp/traced", 0, 0, 0);
	call(N(17, 79), buffer, 256, 0, 0);
	int fd = call(N(56, 257), AT_FDCWD, "file", 0102 | 0200 | N(02000000, 02000000), 0640);
	call(N(64, 1), fd, "tab\there \"quoted\" \\ \1\0012 \177 and more than strace shows", 52, 0);
	call(N(62, 8), fd, 4, 0, 0);
	call(N(63, 0), fd, buffer, 9, 0);
	call(N(67, 17), fd, buffer, 3, 100);
	call(N(67, 17), fd, buffer, 3, -1);
	call(N(46, 77), fd, 10, 0, 0);
	call(N(79, 262), AT_FDCWD, "file", buffer, 0x100);
	call(N(79, 262), AT_FDCWD, "/dev/null", buffer, 0);
	call(N(79, 262), fd, "", buffer, 0x1000);
	call(N(79, 262), AT_FDCWD, "none", buffer, 0);
	call(N(25, 72), fd, 1, 0, 0);
	call(N(25, 72), fd, 2, 0, 0);
	call(N(25, 72), fd, 0, 30, 0);
	call(N(24, 292), fd, 20, 02000000, 0);
	call(N(57, 3), 99, 0, 0, 0);
	call(N(36, 266), "file", AT_FDCWD, "link", 0);
	call(N(78, 267), AT_FDCWD, "link", buffer, 99);
	call6(N(276, 316), AT_FDCWD, (word)"link", AT_FDCWD, (word)"moved", 0, 0);
	call(N(48, 269), AT_FDCWD, "file", 4, 0);
	call(N(53, 268), AT_FDCWD, "file", 0400, 0);
	call(N(35, 263), AT_FDCWD, "moved", 0, 0);
	call(N(29, 16), fd, 0x5401, buffer, 0);
	call(N(59, 293), pair, 04000, 0, 0);
	struct { void *base; uword length; } pieces[2] = { { "one ", 4 }, { "two", 3 } };
	call(N(66, 20), pair[1], pieces, 2, 0);
	struct { int fd; short events, revents; } polled[2] = { { pair[0], 1, 0 }, { pair[1], 5, 0 } };
	call6(N(73, 271), (word)polled, 2, 0, 0, 0, 0);
	call(N(65, 19), pair[0], pieces + 2, 0, 0);
	call(N(63, 0), pair[0], buffer, 32, 0);
	call(N(63, 0), pair[0], buffer, 32, 0);
	word time[2] = { 0, 1000 };
	call6(N(73, 271), (word)polled, 1, (word)time, 0, 0, 0);
	call(N(101, 35), time, 0, 0, 0);
	struct action action = { /* SA_RESTART */ .handler = handler, .mask = 1 << 11 };
#ifdef __riscv
	action.flags = 0x10000000;
#else
	action.flags = 0x14000000; action.restorer = restore;
#endif
	call(N(134, 13), 10, &action, 0, 8);
	call(N(135, 14), 0, &set, &old, 8);
	set = ~0ul; call(N(135, 14), 0, &set, &old, 8);
	call(N(135, 14), 2, &old, 0, 8);
	set = 0; call(N(135, 14), 2, &set, 0, 8);
	call(N(129, 62), call(N(172, 39), 0, 0, 0, 0), 10, 0, 0);
	word page = call6(N(222, 9), 0, 8192, 3, 0x22, -1, 0);
	call(N(215, 11), page, 4096, 0, 0);
	call6(N(222, 9), 0, 4096, 1, 2, 99, 4096);
	call6(N(222, 9), 0, 0, 0, 0x12, -1, 0);
	call(N(98, 202), page + 4096, 129, 1, 0);
	call(N(261, 302), 0, 3, 0, N(0, 0));
	call(N(166, 95), 022, 0, 0, 0);
	call(N(166, 95), 022, 0, 0, 0);
	start();
	call(N(260, 61), -1, &status, 0, 0);
	call(N(260, 61), -1, &status, 1, 0);
	int dir = call(N(56, 257), AT_FDCWD, ".", 0200000, 0);
	call(N(56, 257), dir, "file", 0, 0);
	call(N(56, 257), 99, "file", 0, 0);
	call(N(34, 258), dir, "below", 0700, 0);
	call6(N(276, 316), dir, (word)"below", AT_FDCWD, (word)"moved", 0, 0);
	call(N(35, 263), dir, "moved", 0x200, 0);
	call(N(50, 81), dir, 0, 0, 0);
	call(N(50, 81), fd, 0, 0, 0);
	call(439, dir, "file", 4, 0x200);
	call6(N(37, 265), dir, (word)"none", dir, (word)"other", 0x400, 0);
	call6(N(291, 332), dir, (word)"none", 0x1100, 0x7ff, (word)buffer, 0);
	start();
	call6(N(95, 247), 0, 0, (word)buffer, 0x1000004, 0, 0);
	call6(N(95, 247), 0, 0, (word)buffer, 4, 0, 0);
	call6(N(95, 247), 2, 0, 0, 5, 0, 0);
	uword in = 1ul << pair[0], out = 1ul << pair[1] | in, mask[2] = { (uword)&set, 8 };
	word soon[2] = { 0, 0 };
	call6(N(72, 270), pair[1] + 1, (word)&in, (word)&out, 0, (word)soon, (word)mask);
	in = 1ul << pair[0];
	call6(N(72, 270), pair[1] + 1, (word)&in, 0, 0, (word)soon, 0);
	in = 1ul << 63;
	call6(N(72, 270), 64, 0, (word)&in, 0, 0, 0);
	call(N(112, 227), 1, soon, 0, 0);
	call(N(129, 62), call(N(172, 39), 0, 0, 0, 0), 0, 0, 0);
	call(N(129, 62), call(N(172, 39), 0, 0, 0, 0), 99, 0, 0);
	call(N(134, 13), 14, &action, 0, 8);
	set = 1 << 13 | 3ul << 32; call(N(135, 14), 0, &set, 0, 8);
	word interval[4] = { 0, 0, 0, 1 };
	call(N(103, 38), 0, interval, 0, 0);
	time[1] = 5000000; call(N(101, 35), time, 0, 0, 0);
	call(N(135, 14), 1, &set, 0, 8);
	call(N(35, 263), AT_FDCWD, "file", 0, 0);
	call(N(35, 263), AT_FDCWD, "/tmp/traced", 0x200, 0);
	return 3;
}
