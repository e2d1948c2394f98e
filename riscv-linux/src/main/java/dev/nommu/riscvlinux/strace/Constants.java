package dev.nommu.riscvlinux.strace;

import dev.nommu.kernel.signal.Signal;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of the constants of asm-generic and riscv64. */
final class Constants {
  static final Names OPEN =
      Names.of(
          "O_",
          """
          CREAT=0100 EXCL=0200 NOCTTY=0400 TRUNC=01000 APPEND=02000 NONBLOCK=04000 SYNC=04010000
          DSYNC=010000 ASYNC=020000 DIRECT=040000 LARGEFILE=0100000 NOFOLLOW=0400000
          NOATIME=01000000 CLOEXEC=02000000 PATH=010000000 TMPFILE=020200000 DIRECTORY=0200000
          """);

  static final Names OPEN_MODE = Names.of("O_", "RDONLY=0 WRONLY=1 RDWR=2 ACCMODE=3");
  static final Names PROT =
      Names.of("PROT_", "NONE=0 READ=1 WRITE=2 EXEC=4 GROWSDOWN=0x1000000 GROWSUP=0x2000000");
  static final Names MAP_TYPE = Names.of("MAP_", "FILE=0 SHARED=1 PRIVATE=2 SHARED_VALIDATE=3");
  static final Names MAP =
      Names.of(
          "MAP_",
          """
          FIXED=0x10 ANONYMOUS=0x20 GROWSDOWN=0x100 DENYWRITE=0x800 EXECUTABLE=0x1000 LOCKED=0x2000
          NORESERVE=0x4000 POPULATE=0x8000 NONBLOCK=0x10000 STACK=0x20000 HUGETLB=0x40000
          SYNC=0x80000 FIXED_NOREPLACE=0x100000 UNINITIALIZED=0x4000000
          """);
  static final Names MREMAP = Names.of("MREMAP_", "MAYMOVE=1 FIXED=2 DONTUNMAP=4");
  static final Names MSYNC = Names.of("MS_", "ASYNC=1 INVALIDATE=2 SYNC=4");
  static final Names MADVISE =
      Names.of(
          "MADV_",
          """
          NORMAL=0 RANDOM=1 SEQUENTIAL=2 WILLNEED=3 DONTNEED=4 FREE=8 REMOVE=9 DONTFORK=10
          DOFORK=11 MERGEABLE=12 UNMERGEABLE=13 HUGEPAGE=14 NOHUGEPAGE=15 DONTDUMP=16 DODUMP=17
          """);
  static final Names MCL = Names.of("MCL_", "CURRENT=1 FUTURE=2 ONFAULT=4");
  static final Names MFD = Names.of("MFD_", "CLOEXEC=1 ALLOW_SEALING=2 HUGETLB=4");
  static final Names SEEK = Names.of("SEEK_", "SET=0 CUR=1 END=2 DATA=3 HOLE=4");
  static final Names ACCESS = Names.of("", "F_OK=0 R_OK=4 W_OK=2 X_OK=1");
  static final Names AT =
      Names.of(
          "AT_",
          "SYMLINK_NOFOLLOW=0x100 SYMLINK_FOLLOW=0x400 NO_AUTOMOUNT=0x800 EMPTY_PATH=0x1000");
  static final Names STATX =
      Names.of(
          "STATX_",
          "BASIC_STATS=0x7ff TYPE=1 MODE=2 NLINK=4 UID=8 GID=0x10 ATIME=0x20 MTIME=0x40 CTIME=0x80"
              + " INO=0x100 SIZE=0x200 BLOCKS=0x400 BTIME=0x800");
  static final Names FLUSH_ICACHE = Names.of("SYS_RISCV_FLUSH_ICACHE_", "LOCAL=1");
  static final Names RANDOM = Names.of("GRND_", "NONBLOCK=1 RANDOM=2 INSECURE=4");
  private static final Names AT_STATX =
      Names.of("AT_STATX_", "SYNC_AS_STAT=0 FORCE_SYNC=0x2000 DONT_SYNC=0x4000");
  static final Names AT_ACCESS =
      Names.of("AT_", "SYMLINK_NOFOLLOW=0x100 EACCESS=0x200 EMPTY_PATH=0x1000");
  static final Names AT_REMOVE = Names.of("AT_", "REMOVEDIR=0x200");
  static final Names MOUNT =
      Names.of(
          "MS_",
          """
          RDONLY=1 NOSUID=2 NODEV=4 NOEXEC=8 SYNCHRONOUS=16 REMOUNT=32 MANDLOCK=64 DIRSYNC=128
          NOATIME=1024 NODIRATIME=2048 BIND=4096 MOVE=8192 REC=16384 SILENT=32768
          PRIVATE=0x40000 SLAVE=0x80000 SHARED=0x100000 RELATIME=0x200000 STRICTATIME=0x1000000
          """);
  static final Names UMOUNT =
      Names.of("", "MNT_FORCE=1 MNT_DETACH=2 MNT_EXPIRE=4 UMOUNT_NOFOLLOW=8");
  static final Names RENAME = Names.of("RENAME_", "NOREPLACE=1 EXCHANGE=2 WHITEOUT=4");
  static final Names FALLOCATE =
      Names.of("FALLOC_FL_", "KEEP_SIZE=1 PUNCH_HOLE=2 COLLAPSE_RANGE=8 ZERO_RANGE=16");
  static final Names FLOCK = Names.of("LOCK_", "SH=1 EX=2 NB=4 UN=8");
  static final Names FCNTL =
      Names.of(
          "F_",
          "DUPFD=0 GETFD=1 SETFD=2 GETFL=3 SETFL=4 GETLK=5 SETLK=6 SETLKW=7 SETOWN=8 GETOWN=9"
              + " DUPFD_CLOEXEC=1030 SETPIPE_SZ=1031 GETPIPE_SZ=1032 ADD_SEALS=1033"
              + " GET_SEALS=1034");
  static final Names IOCTL =
      Names.of(
          "",
          """
          TCGETS=0x5401 TCSETS=0x5402 TCSETSW=0x5403 TCSETSF=0x5404 TIOCSCTTY=0x540e
          TIOCGPGRP=0x540f TIOCSPGRP=0x5410 TIOCGWINSZ=0x5413 TIOCSWINSZ=0x5414 FIONREAD=0x541b
          TIOCGSID=0x5429 TIOCNOTTY=0x5422 FBIOGET_VSCREENINFO=0x4600 FBIOPUT_VSCREENINFO=0x4601
          FBIOGET_FSCREENINFO=0x4602 FBIOPAN_DISPLAY=0x4606 FBIOBLANK=0x4611 BLKROGET=0x125e
          BLKRRPART=0x125f BLKGETSIZE=0x1260 BLKFLSBUF=0x1261 BLKSSZGET=0x1268
          BLKGETSIZE64=0x80081272 MEMGETINFO=0x80204d01 MEMERASE=0x40084d02 MEMLOCK=0x40084d05
          MEMUNLOCK=0x40084d06 MEMGETREGIONCOUNT=0x80044d07 MEMGETREGIONINFO=0xc0104d08
          MEMGETBADBLOCK=0x40084d0b ECCGETSTATS=0x80104d12
          """);
  static final Names POLL =
      Names.of(
          "POLL",
          "IN=1 PRI=2 OUT=4 ERR=8 HUP=0x10 NVAL=0x20 RDNORM=0x40 RDBAND=0x80 WRNORM=0x100"
              + " WRBAND=0x200 MSG=0x400 RDHUP=0x2000");
  static final Names CLOCK =
      Names.of(
          "CLOCK_",
          "REALTIME=0 MONOTONIC=1 PROCESS_CPUTIME_ID=2 THREAD_CPUTIME_ID=3 MONOTONIC_RAW=4"
              + " REALTIME_COARSE=5 MONOTONIC_COARSE=6 BOOTTIME=7 REALTIME_ALARM=8"
              + " BOOTTIME_ALARM=9 TAI=11");
  static final Names TIMER = Names.of("TIMER_", "ABSTIME=1");
  static final Names ITIMER = Names.of("ITIMER_", "REAL=0 VIRTUAL=1 PROF=2");
  static final Names CLONE =
      Names.of(
          "CLONE_",
          """
          VM=0x100 FS=0x200 FILES=0x400 SIGHAND=0x800 PIDFD=0x1000 PTRACE=0x2000 VFORK=0x4000
          PARENT=0x8000 THREAD=0x10000 NEWNS=0x20000 SYSVSEM=0x40000 SETTLS=0x80000
          PARENT_SETTID=0x100000 CHILD_CLEARTID=0x200000 DETACHED=0x400000 UNTRACED=0x800000
          CHILD_SETTID=0x1000000
          """);
  static final Names WAIT_TYPE = Names.of("P_", "ALL=0 PID=1 PGID=2 PIDFD=3");
  static final Names WAIT =
      Names.of("W", "NOHANG=1 STOPPED=2 EXITED=4 CONTINUED=8 NOWAIT=0x1000000");
  static final Names FUTEX =
      Names.of(
          "FUTEX_",
          "WAIT=0 WAKE=1 FD=2 REQUEUE=3 CMP_REQUEUE=4 WAKE_OP=5 LOCK_PI=6 UNLOCK_PI=7 TRYLOCK_PI=8"
              + " WAIT_BITSET=9 WAKE_BITSET=10 WAIT_REQUEUE_PI=11 CMP_REQUEUE_PI=12 LOCK_PI2=13");
  static final Names SIGMASK = Names.of("SIG_", "BLOCK=0 UNBLOCK=1 SETMASK=2");
  static final Names SIGACTION =
      Names.of(
          "SA_",
          "RESTORER=0x4000000 NOCLDSTOP=1 NOCLDWAIT=2 SIGINFO=4 ONSTACK=0x8000000"
              + " RESTART=0x10000000 NODEFER=0x40000000 RESETHAND=0x80000000");
  static final Names RLIMIT =
      Names.of(
          "RLIMIT_",
          "CPU=0 FSIZE=1 DATA=2 STACK=3 CORE=4 RSS=5 NPROC=6 NOFILE=7 MEMLOCK=8 AS=9 LOCKS=10"
              + " SIGPENDING=11 MSGQUEUE=12 NICE=13 RTPRIO=14 RTTIME=15");
  static final Names IPC = Names.of("IPC_", "CREAT=01000 EXCL=02000 NOWAIT=04000");
  static final Names SHM = Names.of("SHM_", "RDONLY=010000 RND=020000 REMAP=040000 EXEC=0100000");
  static final Names SHM_CONTROL =
      Names.of(
          "",
          "IPC_RMID=0 IPC_SET=1 IPC_STAT=2 IPC_INFO=3 SHM_LOCK=11 SHM_UNLOCK=12 SHM_STAT=13"
              + " SHM_INFO=14");
  static final Names PTRACE =
      Names.of(
          "PTRACE_",
          "TRACEME=0 PEEKTEXT=1 PEEKDATA=2 PEEKUSER=3 POKETEXT=4 POKEDATA=5 POKEUSER=6 CONT=7"
              + " KILL=8 SINGLESTEP=9 ATTACH=16 DETACH=17 SYSCALL=24 GETFDPIC=33");
  static final Names PERSONALITY = Names.of("PER_", "LINUX=0 LINUX32=8");
  static final Names PERSONALITY_FLAGS =
      Names.of(
          "",
          """
          UNAME26=0x20000 ADDR_NO_RANDOMIZE=0x40000 FDPIC_FUNCPTRS=0x80000 MMAP_PAGE_ZERO=0x100000
          ADDR_COMPAT_LAYOUT=0x200000 READ_IMPLIES_EXEC=0x400000 ADDR_LIMIT_32BIT=0x800000
          SHORT_INODE=0x1000000 WHOLE_SECONDS=0x2000000 STICKY_TIMEOUTS=0x4000000
          ADDR_LIMIT_3GB=0x8000000
          """);

  /** By unsigned 32-bit values. */
  static final Names RUSAGE = Names.of("RUSAGE_", "SELF=0 THREAD=1 CHILDREN=0xffffffff");

  static final Names FILE_TYPE =
      Names.of(
          "S_IF",
          "SOCK=0140000 LNK=0120000 REG=0100000 BLK=060000 DIR=040000 CHR=020000 IFO=010000");
  static final Names FILE_SYSTEM =
      Names.of(
          "",
          """
          RAMFS_MAGIC=0x858458f6 TMPFS_MAGIC=0x1021994 ROMFS_MAGIC=0x7275 CRAMFS_MAGIC=0x28cd3d45
          PROC_SUPER_MAGIC=0x9fa0 SYSFS_MAGIC=0x62656572 EXT2_SUPER_MAGIC=0xef53
          """);
  static final Names SIGNAL_CODE = Names.of("SI_", "USER=0 KERNEL=0x80 QUEUE=-1 TIMER=-2 TKILL=-6");
  static final Map<Signal, Names> FAULT_CODE =
      Map.of(
          Signal.SIGILL, Names.of("ILL_", "ILLOPC=1"),
          Signal.SIGTRAP, Names.of("TRAP_", "BRKPT=1 TRACE=2"),
          Signal.SIGSEGV, Names.of("SEGV_", "MAPERR=1 ACCERR=2"),
          Signal.SIGBUS, Names.of("BUS_", "ADRALN=1 ADRERR=2"),
          Signal.SIGCHLD,
              Names.of("CLD_", "EXITED=1 KILLED=2 DUMPED=3 TRAPPED=4 STOPPED=5 CONTINUED=6"));

  private static final Map<Integer, String> SIGNAL =
      Arrays.stream(Signal.values()).collect(Collectors.toMap(Signal::number, Signal::name));

  private Constants() {}

  /** Returns the name of a signal, or the number if there is no such signal. */
  static String signal(long number) {
    return SIGNAL.getOrDefault((int) number, Integer.toString((int) number));
  }

  /** Returns the flags of {@code open}: the access mode first. */
  static String open(long flags) {
    String mode = OPEN_MODE.value(flags & 3);
    long rest = flags & ~3L & 0xffff_ffffL;
    return rest == 0 ? mode : mode + "|" + OPEN.bits(rest);
  }

  /** Returns the flags of {@code statx}: how to synchronize with a server first. */
  static String statxFlags(long flags) {
    String sync = AT_STATX.value(flags & 0x6000);
    long rest = flags & ~0x6000L & 0xffff_ffffL;
    return rest == 0 ? sync : sync + "|" + AT.bits(rest);
  }

  /** Returns a mapping type with its flags. */
  static String map(long flags) {
    String type = MAP_TYPE.value(flags & 0xf);
    long rest = flags & ~0xfL & 0xffff_ffffL;
    return rest == 0 ? type : type + "|" + MAP.bits(rest);
  }

  /** Returns the type and the permissions of a file. */
  static String mode(long mode) {
    long kind = mode & 0170000;
    String permissions = permissions(mode & 07777);
    return kind == 0 ? permissions : FILE_TYPE.value(kind) + "|" + permissions;
  }

  /** Returns permissions, in octal with at least three digits. */
  static String permissions(long mode) {
    return (mode < 0100 ? "%03o" : "0%o").formatted(mode);
  }
}
