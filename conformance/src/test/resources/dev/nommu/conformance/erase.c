/* Erases a block of flash chips that are mapped, and polls a word of another block meanwhile. */
#include "guest.h"

#define ERASE 0x6e01
#define BLOCK 0x40000
#define READY 0x00800080

__attribute__((noinline)) static unsigned int poll_status(volatile unsigned int *chips)
{
	unsigned int status;

	do
		status = chips[BLOCK / 4];
	while ((status & READY) != READY);
	return status;
}

int main(int argc, char **argv, char **envp)
{
	int fd = open("/dev/unpinned", O_RDWR, 0);
	long address = mmap(NULL, 2 * BLOCK, PROT_READ, MAP_SHARED, fd, 0);
	volatile unsigned int *chips = (volatile unsigned int *)address;

	print("data %x\n", (unsigned long)chips[BLOCK / 4]);
	ioctl(fd, ERASE, 0);
	print("status %x\n", (unsigned long)poll_status(chips));
	return 0;
}
