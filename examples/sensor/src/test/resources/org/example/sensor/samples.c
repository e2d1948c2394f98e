/* Maps the registers of a sensor and loads samples, as programs on a board do. */
#include "guest.h"

enum { ID, SAMPLE, RESET };

int main(int argc, char **argv, char **envp)
{
	int fd = open(argv[1], O_RDWR, 0);
	long address = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	volatile uint32_t *sensor = (volatile uint32_t *)address;

	if (address < 0) {
		print("%s: error %d\n", argv[1], -address);
		return 1;
	}
	print("id %x\n", (unsigned long)sensor[ID]);
	for (int i = 0; i < 2; i++)
		print("sample %d\n", (long)sensor[SAMPLE]);
	sensor[RESET] = 0;
	print("sample %d after reset\n", (long)sensor[SAMPLE]);
	return 0;
}
