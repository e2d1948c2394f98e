#include "guest.h"

int main(int argc, char **argv, char **envp)
{
	int fd = open(argv[argc - 1], O_RDWR, 0);
	long address = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (address < 0) {
		print("mmap: error %d\n", -address);
		return 1;
	}
	*(volatile unsigned int *)address = 0xff8040;
	print("%x at %x\n", *(volatile unsigned int *)address, address);
	return 0;
}
