package dev.nommu.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The constants of the calls, with their values on riscv64, which takes all of them from
 * asm-generic. Those of plugins are in their {@link dev.nommu.api.UapiHeader headers}.
 *
 * <p>The values were checked once against the user-space headers of Linux (Debian's linux-libc-dev
 * 6.1) by a C program that prints each name below with its value. It was compiled with a directory
 * before the system's in which {@code asm/X.h} includes {@code asm-generic/X.h}, so that the
 * architecture of the build machine does not matter. It includes {@code linux/mman.h}, {@code
 * linux/fcntl.h}, {@code linux/stat.h}, {@code linux/falloc.h}, {@code linux/memfd.h}, {@code
 * linux/mount.h}, {@code linux/shm.h}, {@code linux/futex.h}, {@code linux/ptrace.h}, {@code
 * linux/sched.h}, {@code asm-generic/signal.h} and {@code linux/personality.h}, and from the C
 * library {@code sys/mount.h}, {@code sys/mman.h} and {@code fcntl.h} for the flags of umount,
 * {@code MAP_ANON}, {@code O_ASYNC} and {@code O_RSYNC}. {@code FUTEX_PRIVATE} is the notation's
 * short name of {@code FUTEX_PRIVATE_FLAG}.
 */
final class Constants {
  /** Limits of C's types, where long is 64 bits. */
  private static final String LIMITS =
      """
      NULL=0 PAGE=4096 SIZE_MAX=0xffffffffffffffff SSIZE_MAX=0x7fffffffffffffff
      ULONG_MAX=0xffffffffffffffff LONG_MAX=0x7fffffffffffffff LONG_MIN=0x8000000000000000
      UINT_MAX=0xffffffff INT_MAX=0x7fffffff INT_MIN=-2147483648
      """;

  /** Protections of mmap and mprotect. */
  private static final String PROTECTION =
      """
      PROT_NONE=0x0 PROT_READ=0x1 PROT_WRITE=0x2 PROT_EXEC=0x4 PROT_SEM=0x8
      PROT_GROWSDOWN=0x1000000 PROT_GROWSUP=0x2000000
      """;

  /** Flags of mmap, mremap, msync and mlockall. */
  private static final String MAPPING =
      """
      MAP_SHARED=0x1 MAP_PRIVATE=0x2 MAP_SHARED_VALIDATE=0x3 MAP_TYPE=0xf MAP_FIXED=0x10
      MAP_ANONYMOUS=0x20 MAP_ANON=0x20
      MAP_FILE=0x0 MAP_GROWSDOWN=0x100 MAP_DENYWRITE=0x800
      MAP_EXECUTABLE=0x1000 MAP_LOCKED=0x2000 MAP_NORESERVE=0x4000 MAP_POPULATE=0x8000
      MAP_NONBLOCK=0x10000 MAP_STACK=0x20000 MAP_HUGETLB=0x40000 MAP_SYNC=0x80000
      MAP_FIXED_NOREPLACE=0x100000 MAP_UNINITIALIZED=0x4000000 MAP_HUGE_SHIFT=0x1a
      MAP_HUGE_MASK=0x3f MAP_HUGE_2MB=0x54000000 MAP_HUGE_1GB=0x78000000
      MREMAP_MAYMOVE=0x1 MREMAP_FIXED=0x2 MREMAP_DONTUNMAP=0x4 MS_ASYNC=0x1
      MS_INVALIDATE=0x2 MS_SYNC=0x4 MCL_CURRENT=0x1 MCL_FUTURE=0x2 MCL_ONFAULT=0x4
      """;

  /** Advice of madvise. */
  private static final String ADVICE =
      """
      MADV_NORMAL=0 MADV_RANDOM=1 MADV_SEQUENTIAL=2 MADV_WILLNEED=3 MADV_DONTNEED=4
      MADV_FREE=8 MADV_REMOVE=9 MADV_DONTFORK=10 MADV_DOFORK=11 MADV_MERGEABLE=12
      MADV_UNMERGEABLE=13 MADV_HUGEPAGE=14 MADV_NOHUGEPAGE=15 MADV_DONTDUMP=16
      MADV_DODUMP=17 MADV_WIPEONFORK=18 MADV_KEEPONFORK=19 MADV_COLD=20 MADV_PAGEOUT=21
      MADV_POPULATE_READ=22 MADV_POPULATE_WRITE=23 MADV_DONTNEED_LOCKED=24
      MADV_COLLAPSE=25 MADV_HWPOISON=100 MADV_SOFT_OFFLINE=101
      """;

  /** Flags of open, origins of lseek, commands of fcntl, flags of calls relative to a directory. */
  private static final String OPENING =
      """
      O_ACCMODE=03 O_RDONLY=0 O_WRONLY=01 O_RDWR=02 O_CREAT=0100 O_EXCL=0200 O_NOCTTY=0400
      O_TRUNC=01000 O_APPEND=02000 O_NONBLOCK=04000 O_NDELAY=04000 O_DSYNC=010000
      O_DIRECT=040000 O_LARGEFILE=0100000 O_DIRECTORY=0200000 O_NOFOLLOW=0400000
      O_NOATIME=01000000 O_CLOEXEC=02000000 O_SYNC=04010000
      O_PATH=010000000 O_ASYNC=020000 O_RSYNC=04010000
      O_TMPFILE=020200000 SEEK_SET=0 SEEK_CUR=1 SEEK_END=2 SEEK_DATA=3 SEEK_HOLE=4
      F_DUPFD=0 F_GETFD=1 F_SETFD=2 F_GETFL=3 F_SETFL=4 FD_CLOEXEC=1
      F_GETLK=5 F_SETLK=6 F_SETLKW=7 F_DUPFD_CLOEXEC=1030 F_OK=0 X_OK=1 W_OK=2 R_OK=4
      LOCK_SH=1 LOCK_EX=2 LOCK_NB=4 LOCK_UN=8
      AT_FDCWD=-100 AT_SYMLINK_NOFOLLOW=0x100 AT_EACCESS=0x200 AT_REMOVEDIR=0x200
      AT_SYMLINK_FOLLOW=0x400 AT_NO_AUTOMOUNT=0x800 AT_EMPTY_PATH=0x1000
      AT_RECURSIVE=0x8000 UTIME_NOW=0x3fffffff UTIME_OMIT=0x3ffffffe
      """;

  /** File modes. */
  private static final String MODE =
      """
      S_IFMT=0170000 S_IFSOCK=0140000 S_IFLNK=0120000 S_IFREG=0100000 S_IFBLK=060000
      S_IFDIR=040000 S_IFCHR=020000 S_IFIFO=010000 S_ISUID=04000 S_ISGID=02000
      S_ISVTX=01000 S_IRWXU=0700 S_IRUSR=0400 S_IWUSR=0200 S_IXUSR=0100 S_IRWXG=070
      S_IRGRP=040 S_IWGRP=020 S_IXGRP=010 S_IRWXO=07 S_IROTH=04 S_IWOTH=02 S_IXOTH=01
      """;

  /** Modes of fallocate and flags of memfd_create. */
  private static final String FILES =
      """
      FALLOC_FL_KEEP_SIZE=0x1 FALLOC_FL_PUNCH_HOLE=0x2 FALLOC_FL_NO_HIDE_STALE=0x4
      FALLOC_FL_COLLAPSE_RANGE=0x8 FALLOC_FL_ZERO_RANGE=0x10 FALLOC_FL_INSERT_RANGE=0x20
      FALLOC_FL_UNSHARE_RANGE=0x40 MFD_CLOEXEC=0x1 MFD_ALLOW_SEALING=0x2 MFD_HUGETLB=0x4
      MFD_HUGE_SHIFT=0x1a MFD_HUGE_MASK=0x3f MFD_HUGE_2MB=0x54000000
      MFD_HUGE_1GB=0x78000000
      """;

  /** Flags of mount and umount. */
  private static final String MOUNTING =
      """
      MS_RDONLY=0x1 MS_NOSUID=0x2 MS_NODEV=0x4 MS_NOEXEC=0x8 MS_SYNCHRONOUS=0x10
      MS_REMOUNT=0x20 MS_MANDLOCK=0x40 MS_DIRSYNC=0x80 MS_NOSYMFOLLOW=0x100
      MS_NOATIME=0x400 MS_NODIRATIME=0x800 MS_BIND=0x1000 MS_MOVE=0x2000 MS_REC=0x4000
      MS_SILENT=0x8000 MS_POSIXACL=0x10000 MS_UNBINDABLE=0x20000 MS_PRIVATE=0x40000
      MS_SLAVE=0x80000 MS_SHARED=0x100000 MS_RELATIME=0x200000 MS_KERNMOUNT=0x400000
      MS_I_VERSION=0x800000 MS_STRICTATIME=0x1000000 MS_LAZYTIME=0x2000000 MNT_FORCE=0x1
      MNT_DETACH=0x2 MNT_EXPIRE=0x4 UMOUNT_NOFOLLOW=0x8
      """;

  /** System V shared memory. */
  private static final String IPC =
      """
      IPC_PRIVATE=0x0 IPC_CREAT=0x200 IPC_EXCL=0x400 IPC_NOWAIT=0x800 IPC_RMID=0 IPC_SET=1
      IPC_STAT=2 IPC_INFO=3 IPC_64=0x100 SHM_R=0x100 SHM_W=0x80 SHM_HUGETLB=0x800
      SHM_NORESERVE=0x1000 SHM_RDONLY=0x1000 SHM_RND=0x2000 SHM_REMAP=0x4000
      SHM_EXEC=0x8000 SHM_LOCK=11 SHM_UNLOCK=12 SHM_STAT=13 SHM_INFO=14 SHM_STAT_ANY=15
      SHM_HUGE_SHIFT=0x1a SHM_HUGE_MASK=0x3f SHM_HUGE_2MB=0x54000000
      SHM_HUGE_1GB=0x78000000
      """;

  /** Futex operations. */
  private static final String FUTEX =
      """
      FUTEX_WAIT=0 FUTEX_WAKE=1 FUTEX_FD=2 FUTEX_REQUEUE=3 FUTEX_CMP_REQUEUE=4
      FUTEX_WAKE_OP=5 FUTEX_LOCK_PI=6 FUTEX_UNLOCK_PI=7 FUTEX_TRYLOCK_PI=8
      FUTEX_WAIT_BITSET=9 FUTEX_WAKE_BITSET=10 FUTEX_WAIT_REQUEUE_PI=11
      FUTEX_CMP_REQUEUE_PI=12 FUTEX_LOCK_PI2=13 FUTEX_PRIVATE_FLAG=128
      FUTEX_CLOCK_REALTIME=0x100 FUTEX_WAIT_PRIVATE=128 FUTEX_WAKE_PRIVATE=129
      FUTEX_REQUEUE_PRIVATE=131 FUTEX_CMP_REQUEUE_PRIVATE=132 FUTEX_WAKE_OP_PRIVATE=133
      FUTEX_LOCK_PI_PRIVATE=134 FUTEX_UNLOCK_PI_PRIVATE=135 FUTEX_TRYLOCK_PI_PRIVATE=136
      FUTEX_WAIT_BITSET_PRIVATE=137 FUTEX_WAKE_BITSET_PRIVATE=138
      FUTEX_BITSET_MATCH_ANY=0xffffffff FUTEX_PRIVATE=128
      """;

  /** Requests of ptrace. */
  private static final String PROCESS =
      """
      PTRACE_TRACEME=0 PTRACE_PEEKTEXT=1 PTRACE_PEEKDATA=2 PTRACE_PEEKUSR=3
      PTRACE_POKETEXT=4 PTRACE_POKEDATA=5 PTRACE_POKEUSR=6 PTRACE_CONT=7 PTRACE_KILL=8
      PTRACE_SINGLESTEP=9 PTRACE_ATTACH=16 PTRACE_DETACH=17 PTRACE_GETFDPIC=33 PTRACE_SYSCALL=24
      PTRACE_SETOPTIONS=0x4200 PTRACE_GETEVENTMSG=0x4201 PTRACE_GETSIGINFO=0x4202
      PTRACE_SETSIGINFO=0x4203 PTRACE_GETREGSET=0x4204 PTRACE_SETREGSET=0x4205
      PTRACE_SEIZE=0x4206 PTRACE_INTERRUPT=0x4207 PTRACE_LISTEN=0x4208
      """;

  /** Flags of clone. */
  private static final String CLONE =
      """
      CSIGNAL=0xff CLONE_VM=0x100 CLONE_FS=0x200 CLONE_FILES=0x400 CLONE_SIGHAND=0x800
      CLONE_PIDFD=0x1000 CLONE_PTRACE=0x2000 CLONE_VFORK=0x4000 CLONE_PARENT=0x8000
      CLONE_THREAD=0x10000 CLONE_NEWNS=0x20000 CLONE_SYSVSEM=0x40000 CLONE_SETTLS=0x80000
      CLONE_PARENT_SETTID=0x100000 CLONE_CHILD_CLEARTID=0x200000 CLONE_DETACHED=0x400000
      CLONE_UNTRACED=0x800000 CLONE_CHILD_SETTID=0x1000000 CLONE_NEWCGROUP=0x2000000
      CLONE_NEWUTS=0x4000000 CLONE_NEWIPC=0x8000000 CLONE_NEWUSER=0x10000000
      CLONE_NEWPID=0x20000000 CLONE_NEWNET=0x40000000 CLONE_IO=0x80000000
      CLONE_NEWTIME=0x80
      """;

  /** Options of waitpid, events of poll. */
  private static final String WAITING =
      """
      WNOHANG=1 WUNTRACED=2 WCONTINUED=8 POLLIN=0x1 POLLPRI=0x2 POLLOUT=0x4 POLLERR=0x8
      POLLHUP=0x10 POLLNVAL=0x20 POLLRDHUP=0x2000
      """;

  /** Signals. */
  private static final String SIGNALS =
      """
      SIGHUP=1 SIGINT=2 SIGQUIT=3 SIGILL=4 SIGTRAP=5 SIGABRT=6 SIGIOT=6 SIGBUS=7 SIGFPE=8
      SIGKILL=9 SIGUSR1=10 SIGSEGV=11 SIGUSR2=12 SIGPIPE=13 SIGALRM=14 SIGTERM=15
      SIGSTKFLT=16 SIGCHLD=17 SIGCONT=18 SIGSTOP=19 SIGTSTP=20 SIGTTIN=21 SIGTTOU=22
      SIGURG=23 SIGXCPU=24 SIGXFSZ=25 SIGVTALRM=26 SIGPROF=27 SIGWINCH=28 SIGIO=29
      SIGPOLL=29 SIGPWR=30 SIGSYS=31 SIGRTMIN=32 SIGRTMAX=64
      """;

  /** Personalities. */
  private static final String PERSONALITY =
      """
      UNAME26=0x20000 ADDR_NO_RANDOMIZE=0x40000 FDPIC_FUNCPTRS=0x80000
      MMAP_PAGE_ZERO=0x100000 ADDR_COMPAT_LAYOUT=0x200000 READ_IMPLIES_EXEC=0x400000
      ADDR_LIMIT_32BIT=0x800000 SHORT_INODE=0x1000000 WHOLE_SECONDS=0x2000000
      STICKY_TIMEOUTS=0x4000000 ADDR_LIMIT_3GB=0x8000000 PER_LINUX=0x0
      PER_LINUX_32BIT=0x800000 PER_LINUX_FDPIC=0x80000 PER_SVR4=0x4100001 PER_BSD=0x6
      PER_LINUX32=0x8 PER_LINUX32_3GB=0x8000008 PER_MASK=0xff
      """;

  private static final List<String> TABLES =
      List.of(
          LIMITS,
          PROTECTION,
          MAPPING,
          ADVICE,
          OPENING,
          MODE,
          FILES,
          MOUNTING,
          IPC,
          FUTEX,
          PROCESS,
          CLONE,
          WAITING,
          SIGNALS,
          PERSONALITY);

  private Constants() {}

  /** Returns the values by their names, as 64 bits, two's complement. */
  static Map<String, Long> values() {
    Map<String, Long> values = new HashMap<>();
    TABLES.stream()
        .flatMap(table -> Stream.of(table.split("\\s+", -1)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split("=", 2))
        .forEach(entry -> values.put(entry[0], number(entry[1])));
    return Map.copyOf(values);
  }

  private static long number(String digits) {
    if (digits.startsWith("0x")) {
      return Long.parseUnsignedLong(digits, 2, digits.length(), 16);
    }
    return Long.parseLong(digits, digits.startsWith("0") ? 8 : 10);
  }
}
