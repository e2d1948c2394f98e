/*
 * For programs without a C library: system calls, texts, and what comes before main. A call returns what the
 * kernel does: a number below 0 is an errno. Include it in one file of a program.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#define AT_FDCWD (-100)
#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_CREAT 0100
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_ANONYMOUS 0x20

static inline long syscall6(long number, long a, long b, long c, long d, long e, long f)
{
	register long a7 __asm__("a7") = number;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
	return a0;
}

static inline long ioctl(int fd, unsigned long request, void *argument)
{
	return syscall6(29, fd, (long)request, (long)argument, 0, 0, 0);
}

static inline long open(const char *path, int flags, int mode)
{
	return syscall6(56, AT_FDCWD, (long)path, flags, mode, 0, 0);
}

static inline long close(int fd)
{
	return syscall6(57, fd, 0, 0, 0, 0, 0);
}

static inline long lseek(int fd, long offset, int whence)
{
	return syscall6(62, fd, offset, whence, 0, 0, 0);
}

static inline long read(int fd, void *into, size_t length)
{
	return syscall6(63, fd, (long)into, (long)length, 0, 0, 0);
}

static inline long write(int fd, const void *from, size_t length)
{
	return syscall6(64, fd, (long)from, (long)length, 0, 0, 0);
}

static inline long pread(int fd, void *into, size_t length, long offset)
{
	return syscall6(67, fd, (long)into, (long)length, offset, 0, 0);
}

static inline long pwrite(int fd, const void *from, size_t length, long offset)
{
	return syscall6(68, fd, (long)from, (long)length, offset, 0, 0);
}

static inline void exit(int status)
{
	syscall6(94, status, 0, 0, 0, 0, 0);
	__builtin_unreachable();
}

static inline long munmap(void *address, size_t length)
{
	return syscall6(215, (long)address, (long)length, 0, 0, 0, 0);
}

/* An address, or a number below 0 for an errno. */
static inline long mmap(void *hint, size_t length, int protection, int flags, int fd, long offset)
{
	return syscall6(222, (long)hint, (long)length, protection, flags, fd, offset);
}

void *memset(void *to, int value, size_t length)
{
	for (char *each = to; length--; each++)
		*each = (char)value;
	return to;
}

void *memcpy(void *to, const void *from, size_t length)
{
	char *into = to;

	for (const char *each = from; length--; each++)
		*into++ = *each;
	return to;
}

size_t strlen(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

static void print_number(unsigned long value, unsigned int base)
{
	char text[24];
	int at = sizeof(text);

	do
		text[--at] = "0123456789abcdef"[value % base];
	while (value /= base);
	write(1, text + at, sizeof(text) - at);
}

/* As printf, with %s, %d (a long), %x (an unsigned long) and %% alone; nothing is held back. */
__attribute__((unused)) static void print(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	for (const char *from = format, *at = format;; at++) {
		if (*at && *at != '%')
			continue;
		write(1, from, at - from);
		if (!*at)
			break;
		at++;
		from = at + 1;
		if (*at == 's') {
			const char *text = va_arg(values, const char *);

			write(1, text, strlen(text));
		} else if (*at == 'd') {
			long value = va_arg(values, long);

			if (value < 0)
				write(1, "-", 1);
			print_number(value < 0 ? -(unsigned long)value : (unsigned long)value, 10);
		} else if (*at == 'x') {
			print_number(va_arg(values, unsigned long), 16);
		} else {
			write(1, "%", 1);
		}
	}
	va_end(values);
}

int main(int argc, char **argv, char **envp);

/* Relocates the program by where it was loaded, and calls main. */
__attribute__((used)) static void guest_begin(long *stack, char *base, const unsigned long *dynamic)
{
	const unsigned long *rela = NULL;
	unsigned long size = 0;
	char **argv = (char **)(stack + 1);

	for (; dynamic[0]; dynamic += 2) {
		if (dynamic[0] == 7)
			rela = (const unsigned long *)(base + dynamic[1]);
		if (dynamic[0] == 8)
			size = dynamic[1];
	}
	for (const unsigned long *end = rela + size / 8; rela && rela < end; rela += 3)
		if ((rela[1] & 0xffffffff) == 3)
			*(unsigned long *)(base + rela[0]) = (unsigned long)base + rela[2];
	exit(main((int)stack[0], argv, argv + stack[0] + 1));
}

__asm__(".globl _start\n"
	"_start:\n"
	"	.option push\n"
	"	.option norelax\n"
	"	lla	gp, __global_pointer$\n"
	"	.option pop\n"
	"	mv	a0, sp\n"
	"	lla	a1, __ehdr_start\n"
	"	lla	a2, _DYNAMIC\n"
	"	andi	sp, sp, -16\n"
	"	call	guest_begin\n");

#endif
