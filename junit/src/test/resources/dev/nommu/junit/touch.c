/* Writes a pixel of a frame buffer through a mapping, and exits with the number of its arguments. */
#include "guest.h"
#include "touch.h"

static const char *const device = DEVICE;

int main(int argc, char **argv, char **envp)
{
	int fd = open(device, O_RDWR, 0);
	long address = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (address < 0) {
		print("mmap: error %d\n", -address);
		return 100;
	}
	*(volatile unsigned int *)address = 0xff8040;
	print("%s of %s: %x at %x, 100%%\n", device, envp[0], *(unsigned int *)address, address);
	munmap((void *)address, 4096);
	write(2, "done\n", 5);
	for (int i = 1; i < argc; i++)
		print("%s\n", argv[i]);
	return argc - 1;
}
