/* What a program without a C library needs: calls, its own relocation, texts. */
typedef long word;
typedef unsigned long uword;
typedef unsigned char u8;

static inline word call6(word n, word a, word b, word c, word d, word e, word f)
{
	register word a7 __asm__("a7") = n, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
	register word a3 __asm__("a3") = d, a4 __asm__("a4") = e, a5 __asm__("a5") = f;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
	return a0;
}
#define call(n, a, b, c, d) call6(n, (word)(a), (word)(b), (word)(c), (word)(d), 0, 0)

enum { AT_FDCWD = -100, N_dup3 = 24, N_ioctl = 29, N_mkdirat = 34, N_ftruncate = 46, N_openat = 56, N_close = 57, N_pipe2 = 59, N_lseek = 62,
	N_read = 63, N_write = 64, N_pread = 67, N_fstat = 80, N_exit = 93, N_exit_group = 94, N_futex = 98, N_nanosleep = 101, N_clock_gettime = 113,
	N_kill = 129, N_rt_sigaction = 134, N_rt_sigprocmask = 135, N_rt_sigpending = 136, N_getpid = 172, N_gettid = 178, N_munmap = 215, N_clone = 220,
	N_execve = 221, N_mmap = 222, N_mprotect = 226, N_wait4 = 260 };

static uword length(const char *s) { uword n = 0; while (s[n]) n++; return n; }
static void print(const char *s) { call(N_write, 1, s, length(s), 0); }
__attribute__((unused)) static void printed(word v)
{
	char t[24]; int n = 24; uword u = v < 0 ? -(uword)v : (uword)v;
	do t[--n] = '0' + u % 10; while (u /= 10);
	if (v < 0) t[--n] = '-';
	call(N_write, 1, t + n, 24 - n, 0);
}
__attribute__((unused)) static void show(const char *what, word v) { print(what); print(" = "); printed(v); print("\n"); }
void *memset(void *d, int c, uword n) { u8 *p = d; while (n--) *p++ = c; return d; }
void *memcpy(void *d, const void *s, uword n) { u8 *p = d; const u8 *q = s; while (n--) *p++ = *q++; return d; }

int program(int argc, char **argv, char **envp);
__attribute__((used)) void begin(uword *sp, uword base, uword *dyn)
{
	uword rela = 0, bytes = 0;
	for (; dyn[0]; dyn += 2) { if (dyn[0] == 7) rela = dyn[1]; if (dyn[0] == 8) bytes = dyn[1]; }
	for (uword *r = (uword *)(base + rela); rela && r < (uword *)(base + rela + bytes); r += 3)
		if ((r[1] & 0xffffffff) == 3) *(uword *)(base + r[0]) = base + r[2];
	char **argv = (char **)(sp + 1);
	call(N_exit_group, program(sp[0], argv, argv + sp[0] + 1), 0, 0, 0);
}
__asm__(".globl _start\n_start:\n.option push\n.option norelax\n lla gp,__global_pointer$\n.option pop\n mv a0,sp\n lla a1,__ehdr_start\n lla a2,_DYNAMIC\n andi sp,sp,-16\n call begin\n");
