#!/bin/sh
# Builds the programs of the tests from their sources (riscv64-linux-gnu-gcc 12.2 of Debian 12).
set -e
cd "$(dirname "$0")"

# Compiles $1.c with the flags that follow.
build() {
	name=$1
	shift
	riscv64-linux-gnu-gcc -march=rv64gc -mabi=lp64d -ffreestanding -fno-stack-protector -fno-builtin -fPIE -static-pie -nostdlib -nostartfiles \
		-Wall -Wl,-z,norelro -Wl,--hash-style=sysv -Wl,-z,stack-size=65536 -Wl,-no-dynamic-linker -Wl,--build-id=none "$@" -o "$name.elf" "$name.c"
}

for source in *.c; do
	case $source in
	debugged.c) build debugged -O0 -g "-ffile-prefix-map=$PWD=." ;;
	*) build "${source%.c}" -O2 -s ;;
	esac
done
