/* Queries accounting data of processes and of the machine, and makes calls that do not exist: to be traced. */
#include "guest.h"

enum { N_personality = 92, N_sched_getaffinity = 123, N_times = 153, N_getrusage = 165, N_sysinfo = 179, N_epoll_create1 = 20 };
static word room[18];

word vfork_here(void);
__asm__(".globl vfork_here\nvfork_here:\n li a0,0x4111\n li a1,0\n li a2,0\n li a3,0\n li a4,0\n li a7,220\n ecall\n ret\n");

int program(int argc, char **argv, char **envp)
{
	(void)argc; (void)argv; (void)envp;
	call(N_personality, 0xffffffff, 0, 0, 0); call(N_personality, 0, 0, 0, 0);
	call(N_personality, 0x480000, 0, 0, 0); call(N_personality, 0, 0, 0, 0);
	call(N_times, room, 0, 0, 0); call(N_times, 0, 0, 0, 0);
	call(N_getrusage, 0, room, 0, 0); call(N_getrusage, -1, room, 0, 0); call(N_getrusage, 1, room, 0, 0);
	call(N_getrusage, 9, room, 0, 0); call(N_getrusage, 0, 16, 0, 0);
	call(N_sysinfo, room, 0, 0, 0); call(N_sysinfo, 0, 0, 0, 0);
	call(N_sched_getaffinity, 0, 128, room, 0); call(N_sched_getaffinity, 0, 4, room, 0);
	word child = vfork_here();
	if (!child) call(N_exit_group, 3, 0, 0, 0);
	int status; call(N_wait4, -1, &status, 0, room); call(N_wait4, -1, &status, 0, room);
	call(N_epoll_create1, 0x80000, 0, 0, 0); call(9999, 1, 2, 3, 4);
	return 0;
}
