/*
 * Says where it runs and what is mapped. Without writable data, addresses in tables and relocations: its text can be executed wherever it
 * lies. build-flat.sh makes a flat file of it.
 */
typedef unsigned long word;

static word call(word number, word a, word b, word c, word d)
{
	register word a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c, a3 __asm__("a3") = d;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3) : "memory");
	return a0;
}

__attribute__((noinline)) static void say(const char *text)
{
	word length = 0;

	while (text[length])
		length++;
	call(64, 1, (word)text, length, 0);
}

__attribute__((used, noreturn)) static void run(word pc)
{
	char text[512];
	long count;

	say("pc ");
	for (int shift = 60; shift >= 0; shift -= 4) {
		unsigned int digit = pc >> shift & 15;

		text[15 - shift / 4] = digit < 10 ? '0' + digit : 'a' + digit - 10;
	}
	call(64, 1, (word)text, 16, 0);
	say("\n");
	long maps = (long)call(56, -100, (word)"/proc/self/maps", 0, 0);
	while ((count = (long)call(63, maps, (word)text, sizeof(text), 0)) > 0)
		call(64, 1, (word)text, count, 0);
	call(94, maps < 0, 0, 0, 0);
	__builtin_unreachable();
}

__asm__(".section .begin, \"ax\"\n"
	".globl _start\n"
	"_start:\n"
	"	auipc	a0, 0\n"
	"	andi	sp, sp, -16\n"
	"	j	run\n");
