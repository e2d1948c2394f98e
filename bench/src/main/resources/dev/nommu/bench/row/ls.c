/*
 * The work of ls -l: reads a directory, stats each entry, sorts them by name, and prints a line for
 * each. ls.elf next to it is linked with musl, as build-tour.sh in
 * conformance/src/test/resources/linux-6.12/guest links tour.elf: run that in a directory, and there
 *
 * riscv64-linux-gnu-gcc -O2 -fPIE -nostdinc -isystem musl/include -isystem headers \
 *     -isystem "$(riscv64-linux-gnu-gcc -print-file-name=include)" -c ls.c
 * riscv64-linux-gnu-gcc -static-pie -nostdlib -nostartfiles -s -Wl,-z,norelro \
 *     -Wl,-z,stack-size=131072 -Wl,-no-dynamic-linker -Wl,--build-id=none -o ls.elf \
 *     musl/lib/rcrt1.o musl/lib/crti.o ls.o -Wl,--start-group musl/lib/libc.a \
 *     "$(riscv64-linux-gnu-gcc -print-libgcc-file-name)" -Wl,--end-group musl/lib/crtn.o
 *
 * (Debian's 12.2.0, musl 1.2.3).
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct entry {
  char name[256];
  struct stat status;
};

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void print(const struct entry *each) {
  char mode[] = "?rwxrwxrwx", time[32];
  mode_t bits = each->status.st_mode;
  mode[0] = S_ISDIR(bits) ? 'd' : S_ISLNK(bits) ? 'l' : S_ISCHR(bits) ? 'c' : S_ISBLK(bits) ? 'b' : '-';
  for (int i = 0; i < 9; i++)
    if (!(bits & 0400 >> i)) mode[i + 1] = '-';
  strftime(time, sizeof time, "%b %e %H:%M", gmtime(&each->status.st_mtime));
  printf("%s %4lu %-8u %-8u %9ld %s %s\n", mode, (unsigned long)each->status.st_nlink, each->status.st_uid, each->status.st_gid,
         (long)each->status.st_size, time, each->name);
}

int main(int argc, char **argv) {
  const char *path = argc > 1 ? argv[1] : ".";
  DIR *directory = opendir(path);
  if (!directory) return perror(path), 1;
  struct entry *entries = 0;
  size_t count = 0, room = 0;
  for (struct dirent *each; (each = readdir(directory)) != 0;) {
    if (each->d_name[0] == '.') continue;
    if (count == room) entries = realloc(entries, (room = room ? 2 * room : 16) * sizeof *entries);
    if (!entries) return perror("ls"), 1;
    char name[512];
    snprintf(name, sizeof name, "%s/%s", path, each->d_name);
    strcpy(entries[count].name, each->d_name);
    if (lstat(name, &entries[count].status)) return perror(name), 1;
    count++;
  }
  closedir(directory);
  if (count) qsort(entries, count, sizeof *entries, by_name);
  for (size_t i = 0; i < count; i++) print(&entries[i]);
  return fflush(stdout) ? 1 : 0;
}
