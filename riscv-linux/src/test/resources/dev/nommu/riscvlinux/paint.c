/* Paints a frame buffer through a mapping. */
#include "guest.h"

int program(int argc, char **argv, char **envp)
{
	word fb = call(N_openat, AT_FDCWD, "/dev/fb0", 2, 0);
	unsigned *pixels = (unsigned *)call6(N_mmap, 0, 64 * 64 * 4, 3, 1, fb, 0);
	if ((word)pixels < 0) { show("mmap", (word)pixels); return 1; }
	for (int y = 0; y < 64; y++) for (int x = 0; x < 64; x++) pixels[y * 64 + x] = 0xff000000u | x << 18 | y << 10;
	show("mapped at", (word)pixels);
	return 0;
}
