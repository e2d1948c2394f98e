#!/bin/sh
# Records how Debian's strace writes the calls of traced.c on x86-64: traced.strace, with ADDRESS and PID for what differs from run to run.
# Signals that are ignored are left out, as those of SIGCHLD here.
set -e
cd "$(dirname "$0")"
rm -rf /tmp/traced
gcc -O1 -ffreestanding -fno-stack-protector -fno-builtin -static -nostdlib -o /tmp/traced.x86 traced.c
strace -f -e 'signal=!SIGCHLD' /tmp/traced.x86 2> /tmp/traced.raw || [ $? -eq 3 ]
sed -E ':a; /strace: Process/{N; s/strace: Process.*\n//}
	s/^(getpid|wait4|<\.\.\. clone|\[pid.* clone)(.*= )[0-9]+$/\1\2PID/; s/^\[pid +[0-9]+\]/[pid PID]/; s/(kill\(|si_pid=)[0-9]+/\1PID/; s/0x[0-9a-f]{5,}/ADDRESS/g; s/, sa_restorer=ADDRESS//; s/SA_RESTORER\|//' \
	/tmp/traced.raw > traced.strace
rm -f /tmp/traced.raw /tmp/traced.x86
