/* Draws the test card of testcard.py on a screen of 96x64 pixels in r5g6b5, whose lines are of 404 bytes. */
#include "guest.h"

enum { WIDTH = 96, HEIGHT = 64, LINE = 404, FULL = 0xffff };

static const unsigned char letter[8] = { 0xff, 0xc0, 0xc0, 0xfc, 0xc0, 0xc0, 0xc0, 0x00 };
static const unsigned char bar_bit[3] = { 2, 4, 1 };
static const unsigned short ink[3] = { 0xffff, 0x8000, 0 };
static const unsigned short paper[3] = { 0, 0, 0x4000 };

static unsigned int component(int x, int y, int which)
{
	if (y < 16)
		return (7 - x / 12) & bar_bit[which] ? FULL : 0;
	if (y < 48) {
		int row = (y - 16) / 8;

		return row == which || row == 3 ? (unsigned int)(x * FULL / (WIDTH - 1)) : 0;
	}
	if (x < 48)
		return (x + y) % 2 * FULL;
	return letter[(y - 48) / 2] << ((x - 48) / 2 % 8) & 0x80 ? ink[which] : paper[which];
}

static unsigned int scaled(unsigned int value, int bits)
{
	return ((value << bits) + 0x7fff - value) >> 16;
}

int main(int argc, char **argv, char **envp)
{
	int fd = open("/dev/fb0", O_RDWR, 0);
	long screen = mmap(NULL, HEIGHT * LINE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (screen < 0)
		return 1;
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			((volatile unsigned short *)(screen + y * LINE))[x] =
				scaled(component(x, y, 0), 5) << 11 | scaled(component(x, y, 1), 6) << 5 | scaled(component(x, y, 2), 5);
	return 0;
}
