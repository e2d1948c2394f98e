/* Handlers: of signals from other processes, of faults, and with blocked signals. */
#include "guest.h"

struct action { void (*handler)(int, word *, word *); uword flags, mask; };
static volatile word caught, code, at;
static void *back[8];

static void on(int signal, word *info, word *context) { caught = signal; code = ((int *)info)[2]; at = info[2]; (void)context; }
static void leave(int signal, word *info, word *context) { on(signal, info, context); __builtin_longjmp(back, 1); }
static void skip(int signal, word *info, word *context) { on(signal, info, context); context[22] += 4; /* behind the instruction */ }
static void handle(int signal, void (*handler)(int, word *, word *), uword flags)
{
	struct action a = { handler, flags, 0 };
	if (call(N_rt_sigaction, signal, &a, 0, 8)) print("rt_sigaction failed\n");
}
/* Addresses without memory, which the compiler must not reason about. */
__attribute__((noinline)) static void store_to(uword address) { __asm__ volatile("sd zero, (%0)" :: "r"(address) : "memory"); }
__attribute__((noinline)) static void load_from(uword address) { __asm__ volatile("ld zero, (%0)" :: "r"(address) : "memory"); }
__attribute__((noinline)) static void trap(uword unused) { __asm__ volatile("ebreak"); (void)unused; }
__attribute__((noinline)) static void tried(void (*what)(uword), uword address) { if (!__builtin_setjmp(back)) what(address); }
static void told(const char *what) { print(what); print(": signal "); printed(caught); print(" code "); printed(code); print("\n"); caught = code = 0; }

int program(int argc, char **argv, char **envp)
{
	word pid = call(N_getpid, 0, 0, 0, 0), set = 1 << 9, before, pending = 0;
	double kept = 1.5; __asm__ volatile("" : "+f"(kept));
	handle(10, on, 4);
	show("kill", call(N_kill, pid, 10, 0, 0)); told("behind the call");
	__asm__ volatile("" : "+f"(kept)); show("a float register is kept", kept == 1.5);
	show("block", call(N_rt_sigprocmask, 0, &set, &before, 8)); call(N_kill, pid, 10, 0, 0); told("blocked");
	call(N_rt_sigpending, &pending, 8, 0, 0); show("pending", pending);
	show("unblock", call(N_rt_sigprocmask, 2, &before, 0, 8)); told("let through");
	handle(11, leave, 4 | 0x40000000);
	tried(store_to, 16);
	show("address", at); told("store to nowhere");
	tried(load_from, 24);
	show("address", at); told("load from nowhere");
	handle(4, skip, 4); __asm__ volatile(".4byte 0xffffffff"); told("illegal instruction, skipped");
	handle(5, leave, 4 | 0x40000000); tried(trap, 0); told("ebreak");
	int pair[2]; u8 byte; call(N_pipe2, pair, 0, 0, 0); show("EFAULT", call(N_read, pair[0], 8, 1, 0)); (void)byte;
	handle(10, (void *)1, 0); show("ignored", call(N_kill, pid, 10, 0, 0)); told("nothing");
	print("now dies\n"); struct action none = { 0, 0, 0 }; call(N_rt_sigaction, 11, &none, 0, 8);
	store_to(32);
	return 0;
}
