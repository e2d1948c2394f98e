#!/bin/sh
# Builds BusyBox with its no-MMU shell from Debian 12's source package (GPL: nothing of it is kept): build-shell.sh DIRECTORY
# DIRECTORY/root is then a root with /bin/busybox and its links, and with /init, which runs /shell.sh.
# Needs what build-musl.sh needs, gcc and bzip2; writes into the directory alone.
set -eu
source=$(cd "$(dirname "$0")" && pwd)
"$source/build-musl.sh" "$1"
cd "$1"
MUSL_WORK=$(pwd)
export MUSL_WORK
"$source/debian-sources.sh" . busybox
tar xf busybox_1.35.0.orig.tar.bz2
mkdir -p root/bin root/dev root/proc

(
	cd busybox-1.35.0
	make allnoconfig
	while read -r option; do
		sed -i "/^# $option is not set/d;/^$option=/d" .config
		echo "$option=y" >>.config
	done <"$source/busybox.options"
	yes '' | make oldconfig
	make -j2 CC="$source/musl-gcc.sh" HOSTCC=gcc busybox_unstripped busybox.links
) >busybox.log 2>&1 || { tail busybox.log >&2; exit 1; }
riscv64-linux-gnu-strip -o root/bin/busybox busybox-1.35.0/busybox_unstripped
# init is left out: a root without it comes up in the shell
sed 's|.*/||;/^init$/d' busybox-1.35.0/busybox.links | while read -r applet; do ln -sf busybox "root/bin/$applet"; done

"$source/musl-gcc.sh" -O2 -c -o shell-init.o "$source/shell-init.c"
"$source/musl-gcc.sh" -s -o root/init shell-init.o
cp "$source/shell.sh" root/shell.sh
