#!/bin/sh
# Builds tour.elf from tour.c and from Debian 12's source package of musl (1.2.3-1): build-tour.sh DIRECTORY
# Needs gcc-riscv64-linux-gnu, linux-libc-dev-riscv64-cross and make, and the network; writes into the directory alone.
set -eu
source=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/lists/partial" "$1/sources" "$1/headers"
cd "$1"
work=$(pwd)

echo 'deb-src http://deb.debian.org/debian bookworm main' >sources/debian.list
apt="-oDir::Etc::sourcelist=/dev/null -oDir::Etc::sourceparts=$work/sources -oDir::State::Lists=$work/lists"
# shellcheck disable=SC2086 # several options
apt-get -q $apt update && apt-get -q $apt source --download-only musl=1.2.3-1
tar xf musl_1.2.3.orig.tar.gz
(cd musl-1.2.3 &&
	./configure --target=riscv64-linux-gnu --prefix="$work/musl" --disable-shared CFLAGS="-O2 -fPIE -march=rv64imafdc" &&
	make -j2 && make install) >build.log 2>&1
for each in linux asm-generic asm mtd; do ln -sfn "/usr/riscv64-linux-gnu/include/$each" "headers/$each"; done

riscv64-linux-gnu-gcc -O2 -fPIE -nostdinc -isystem musl/include -isystem headers \
	-isystem "$(riscv64-linux-gnu-gcc -print-file-name=include)" -c -o tour.o "$source/tour.c"
riscv64-linux-gnu-gcc -static-pie -nostdlib -nostartfiles -s \
	-Wl,-z,norelro -Wl,-z,stack-size=131072 -Wl,-no-dynamic-linker -o tour.elf musl/lib/rcrt1.o musl/lib/crti.o tour.o \
	-Wl,--start-group musl/lib/libc.a "$(riscv64-linux-gnu-gcc -print-libgcc-file-name)" -Wl,--end-group musl/lib/crtn.o
