#!/bin/sh
# Makes in-place.flat, a flat file of version 4 that is executed in place, from in-place.c (riscv64-linux-gnu-gcc 12.2 of Debian 12).
set -e
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Text begins behind the header, at 64; there is no data.
cat >"$scratch/flat.ld" <<'END'
ENTRY(_start)
SECTIONS {
	.text 0x40 : { *(.begin) *(.text*) *(.rodata*) *(.srodata*) . = ALIGN(32); }
	.data : { *(.data*) *(.sdata*) *(.bss*) *(.sbss*) *(.got*) }
	/DISCARD/ : { *(.comment) *(.note*) *(.eh_frame*) *(.riscv.attributes) }
	ASSERT(SIZEOF(.data) == 0, "it has writable data")
}
END
riscv64-linux-gnu-gcc -O2 -Wall -march=rv64gc -mabi=lp64d -mcmodel=medany -ffreestanding -fno-builtin -fno-stack-protector -fno-pie -no-pie -static -nostdlib \
	-Wl,--no-relax -Wl,--build-id=none -T "$scratch/flat.ld" -o "$scratch/elf" in-place.c
riscv64-linux-gnu-objcopy -O binary -j .text "$scratch/elf" "$scratch/text"
end=$((64 + $(wc -c <"$scratch/text")))

# Prints a number as four bytes, the highest first.
number() {
	printf '%b' "$(printf '\\0%03o\\0%03o\\0%03o\\0%03o' $(($1 >> 24 & 255)) $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}

# The header: magic, version, entry, where data begins and ends, where bss ends, stack, where relocations begin and how many there are,
# flags, date of the build and filler.
{
	printf 'bFLT'
	for field in 4 64 "$end" "$end" "$end" 4096 "$end" 0 0 0 0 0 0 0 0; do
		number "$field"
	done
	cat "$scratch/text"
} >in-place.flat

# What it was made of; a test compares.
sha256sum in-place.c >in-place.sha256
