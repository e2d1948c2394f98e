#!/bin/sh
# Builds the programs of the tests from their sources (riscv64-linux-gnu-gcc 12.2 of Debian 12).
set -e
cd "$(dirname "$0")"
for source in *.c; do
	riscv64-linux-gnu-gcc -O2 -march=rv64gc -mabi=lp64d -ffreestanding -fno-stack-protector -fno-builtin -fPIE -static-pie -nostdlib -nostartfiles \
		-Wall -Wl,-z,norelro -Wl,--hash-style=sysv -Wl,-z,stack-size=65536 -Wl,-no-dynamic-linker -Wl,--build-id=none -s -o "${source%.c}.elf" "$source"
done
