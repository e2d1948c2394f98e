/* vfork, execve, wait; threads with a futex and thread pointers. */
#include "guest.h"

static volatile int shared, gone = 1, started;
static word stacks[4][512] __attribute__((aligned(16)));
static volatile int done[4];
static char *self, *nothing[1];

word vfork_here(void);
__asm__(".globl vfork_here\nvfork_here:\n li a0,0x4111\n li a1,0\n li a2,0\n li a3,0\n li a4,0\n li a7,220\n ecall\n ret\n");
word thread(uword flags, void *stack, void (*run)(word), word with, volatile int *cleared);
__asm__(".globl thread\nthread:\n mv t0,a2\n mv t1,a3\n mv a3,t1\n mv a2,zero\n li a7,220\n ecall\n beqz a0,1f\n ret\n1: mv a0,tp\n jalr t0\n li a0,0\n li a7,93\n ecall\n");

static void count(word tp) { for (int i = 0; i < 20000; i++) __atomic_add_fetch(&shared, 1, __ATOMIC_SEQ_CST); __atomic_add_fetch(&started, tp, __ATOMIC_SEQ_CST); }

int program(int argc, char **argv, char **envp)
{
	self = argv[0];
	if (argc > 1) { print("child says "); print(argv[1]); print("\n"); return 7; }
	int status = 0; word child = vfork_here();
	if (!child) { shared = 77; call(N_exit_group, 5, 0, 0, 0); }
	show("waited for it", call(N_wait4, child, &status, 0, 0) == child); show("status", status >> 8); show("shared memory", shared);
	char *arguments[] = { self, "hello", 0 };
	child = vfork_here();
	if (!child) { call(N_execve, self, arguments, nothing, 0); call(N_exit_group, 99, 0, 0, 0); }
	call(N_wait4, child, &status, 0, 0); show("status", status >> 8);
	child = vfork_here();
	if (!child) { word e = call(N_execve, "/nothing", arguments, nothing, 0); call(N_exit_group, -e, 0, 0, 0); }
	call(N_wait4, child, &status, 0, 0); show("execve of nothing", status >> 8);
	show("no child", call(N_wait4, -1, &status, 0, 0));
	show("fork", call(N_clone, 17, 0, 0, 0));
	shared = 0;
	for (int i = 0; i < 4; i++) { done[i] = 1; if (thread(0x3d0f00, stacks[i] + 512, count, i + 1, &done[i]) <= 0) print("no thread\n"); }
	for (int i = 0; i < 4; i++) for (int v; (v = __atomic_load_n(&done[i], __ATOMIC_SEQ_CST)) != 0;) call(N_futex, &done[i], 0, v, 0);
	show("counted", shared); show("thread pointers", started); (void)gone;
	return 0;
}
