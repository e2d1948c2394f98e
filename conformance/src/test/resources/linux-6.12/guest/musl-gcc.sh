#!/bin/sh
# Compiles, or makes a static-pie, with the musl of build-musl.sh, as a compiler driver: the place in MUSL_WORK
set -eu
compile() {
	exec riscv64-linux-gnu-gcc -fPIE -nostdinc -isystem "$MUSL_WORK/musl/include" -isystem "$MUSL_WORK/headers" \
		-isystem "$(riscv64-linux-gnu-gcc -print-file-name=include)" "$@"
}
case " $* " in
*" -c "* | *" -r "* | *" -nostdlib "* | *" -E "* | *" -S "* | *" -M "*) compile "$@" ;;
esac
for each; do
	shift
	case $each in
	-static | -pie | -static-pie | -lm | -lcrypt | -lresolv | -lrt) ;; # of musl's own, or said below
	*) set -- "$@" "$each" ;;
	esac
done
lib=$MUSL_WORK/musl/lib
compile -static-pie -nostdlib -nostartfiles -Wl,-z,norelro -Wl,-z,stack-size=131072 -Wl,-no-dynamic-linker \
	"$lib/rcrt1.o" "$lib/crti.o" "$@" "$MUSL_WORK/vfork.o" \
	-Wl,--start-group "$lib/libc.a" "$(riscv64-linux-gnu-gcc -print-libgcc-file-name)" -Wl,--end-group "$lib/crtn.o"
