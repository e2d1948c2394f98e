#!/bin/sh
# Builds the program that recorded the answers of the real kernel (riscv64-linux-gnu-gcc 12.2 of Debian 12).
set -e
cd "$(dirname "$0")"
riscv64-linux-gnu-gcc -Os -Wall -fPIE -static-pie -nostdlib -nostartfiles -ffreestanding -fno-jump-tables -fno-tree-loop-distribute-patterns \
	-fno-asynchronous-unwind-tables -mcmodel=medany -march=rv64imac -mabi=lp64 -Wl,-z,stack-size=32768 -Wl,-z,noexecstack -Wl,--no-relax -Wl,-z,norelro \
	-Wl,--build-id=none -Wl,-no-dynamic-linker -o interp.elf interp.c
