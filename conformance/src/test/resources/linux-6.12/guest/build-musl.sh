#!/bin/sh
# Builds musl for riscv64 from Debian 12's source package: build-musl.sh DIRECTORY; its parts are in DIRECTORY/musl, the kernel's headers in DIRECTORY/headers
# Needs gcc-riscv64-linux-gnu, linux-libc-dev-riscv64-cross and make, and the network; writes into the directory alone.
set -eu
source=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/headers"
cd "$1"
work=$(pwd)

"$source/debian-sources.sh" . musl=1.2.3-1
tar xf musl_1.2.3.orig.tar.gz
(cd musl-1.2.3 &&
	./configure --target=riscv64-linux-gnu --prefix="$work/musl" --disable-shared CFLAGS="-O2 -fPIE -march=rv64imafdc" &&
	make -j2 && make install) >build.log 2>&1 || { tail build.log >&2; exit 1; }
for each in linux asm-generic asm mtd; do ln -sfn "/usr/riscv64-linux-gnu/include/$each" "headers/$each"; done
riscv64-linux-gnu-gcc -c -o vfork.o "$source/vfork.S" # musl's own is a fork
