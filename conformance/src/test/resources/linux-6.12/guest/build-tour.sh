#!/bin/sh
# Builds tour.elf from tour.c and musl: build-tour.sh DIRECTORY
# Needs what build-musl.sh needs; writes into the directory alone.
set -eu
source=$(cd "$(dirname "$0")" && pwd)
"$source/build-musl.sh" "$1"
cd "$1"

riscv64-linux-gnu-gcc -O2 -fPIE -nostdinc -isystem musl/include -isystem headers \
	-isystem "$(riscv64-linux-gnu-gcc -print-file-name=include)" -c -o tour.o "$source/tour.c"
riscv64-linux-gnu-gcc -static-pie -nostdlib -nostartfiles -s \
	-Wl,-z,norelro -Wl,-z,stack-size=131072 -Wl,-no-dynamic-linker -o tour.elf musl/lib/rcrt1.o musl/lib/crti.o tour.o \
	-Wl,--start-group musl/lib/libc.a "$(riscv64-linux-gnu-gcc -print-libgcc-file-name)" -Wl,--end-group musl/lib/crtn.o
