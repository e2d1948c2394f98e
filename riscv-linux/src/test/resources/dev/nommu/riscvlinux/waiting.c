/* The sender of a signal, the alternate stack, sigsuspend, sigtimedwait, timers, and calls that a signal interrupts. */
#include "guest.h"

enum { N_sigaltstack = 132, N_sigsuspend = 133, N_sigtimedwait = 137, N_setitimer = 103, N_getitimer = 102, N_pselect6 = 72, N_ppoll = 73, N_tgkill = 131 };
enum { SIGUSR1 = 10, SIGALRM = 14, SIGCHLD = 17, SA_SIGINFO = 4, SA_ONSTACK = 0x8000000, SA_RESTART = 0x10000000 };
struct action { void (*handler)(int, int *, word *); uword flags, mask; };
struct stack { u8 *sp; int flags; uword size; };
static volatile word caught, code, sender, status, on_stack;
static u8 other[8192];

static void on(int signal, int *info, word *context)
{
	u8 here; caught = signal; code = info[2]; sender = info[4]; status = info[6]; on_stack = &here > other && &here < other + sizeof other; (void)context;
}
static void handle(int signal, uword flags) { struct action a = { on, SA_SIGINFO | flags, 0 }; call(N_rt_sigaction, signal, &a, 0, 8); }
static void told(const char *what, word pid)
{
	print(what); print(": signal "); printed(caught); print(" code "); printed(code); print(sender == pid ? " from it" : sender ? " from another" : " from the kernel"); print("\n"); caught = code = sender = 0;
}
static void alarm(word micros) { word t[4] = { 0, 0, 0, micros }; call(N_setitimer, 0, t, 0, 0); }

int program(int argc, char **argv, char **envp)
{
	word pid = call(N_getpid, 0, 0, 0, 0), tid = call(N_gettid, 0, 0, 0, 0), set = 1 << (SIGUSR1 - 1), none = 0, left[2] = { 0, 0 }, info[16], itimer[4];
	handle(SIGUSR1, 0); handle(SIGALRM, 0); handle(SIGCHLD, 0);
	call(N_kill, pid, SIGUSR1, 0, 0); told("kill", pid);
	call(N_tgkill, pid, tid, SIGUSR1, 0); told("tgkill", pid);
	struct stack alternate = { other, 0, sizeof other }, now;
	call(N_sigaltstack, &alternate, 0, 0, 0); handle(SIGUSR1, SA_ONSTACK); call(N_kill, pid, SIGUSR1, 0, 0); show("on the other stack", on_stack);
	call(N_sigaltstack, 0, &now, 0, 0); show("its size", now.size); show("its flags", now.flags);
	alternate.size = 100; show("too small", call(N_sigaltstack, &alternate, 0, 0, 0));
	handle(SIGUSR1, 0); call(N_kill, pid, SIGUSR1, 0, 0); show("not on it", on_stack); caught = 0;
	call(N_rt_sigprocmask, 0, &set, 0, 8); call(N_kill, pid, SIGUSR1, 0, 0); show("blocked", caught);
	show("sigsuspend", call(N_sigsuspend, &none, 8, 0, 0)); told("in it", pid);
	call(N_rt_sigprocmask, 0, 0, info, 8); show("blocked again", info[0]);
	call(N_kill, pid, SIGUSR1, 0, 0); show("sigtimedwait", call(N_sigtimedwait, &set, info, 0, 8)); show("of", (int)info[2] == pid); show("handled", caught);
	word soon[2] = { 0, 1000000 }; show("nothing came", call(N_sigtimedwait, &set, 0, soon, 8));
	alarm(20000); show("pause", call(N_ppoll, 0, 0, 0, 0)); told("alarm", pid);
	word sleep[2] = { 1, 0 }; alarm(250000); show("nanosleep", call(N_nanosleep, sleep, left, 0, 0)); show("left", left[0] * 1000 + left[1] / 1000000);
	word rest[2] = { 1, 0 }; alarm(250000); show("ppoll", call(N_ppoll, 0, 0, rest, 0)); show("its rest", rest[0] * 1000 + rest[1] / 1000000);
	rest[0] = 1; rest[1] = 0; alarm(250000); show("pselect6", call6(N_pselect6, 0, 0, 0, 0, (word)rest, 0)); show("its rest", rest[0] * 1000 + rest[1] / 1000000);
	alarm(500000); call(N_getitimer, 0, itimer, 0, 0); show("to go", itimer[3]); alarm(0);
	call(N_kill, pid, SIGUSR1, 0, 0); caught = 0; show("ppoll lets it through", call6(N_ppoll, 0, 0, 0, (word)&none, 8, 0)); told("then", pid);
	word child = call(N_clone, 0x4111, 0, 0, 0); if (!child) call(N_exit_group, 9, 0, 0, 0);
	show("child", call(N_wait4, child, 0, 0, 0) == child); show("its status", status); told("its end", child);
	return 0;
}
