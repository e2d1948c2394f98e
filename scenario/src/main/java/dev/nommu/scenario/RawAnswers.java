package dev.nommu.scenario;

import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** System calls by their asm-generic numbers. */
final class RawAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "syscall",
                  "Makes a system call by its asm-generic number, with its raw arguments; a text"
                      + " stands for its address.",
                  Signature.of(
                      number("nr"),
                      either("argument 0").optional(),
                      either("argument 1").optional(),
                      either("argument 2").optional(),
                      either("argument 3").optional(),
                      either("argument 4").optional(),
                      either("argument 5").optional()),
                  RawAnswers::syscall)
              .mapping()
              .unmapping());

  /** The numbers of calls that take the raw arguments unchanged. */
  private static final String ALIKE =
      """
      23=dup 24=dup3 25=fcntl 29=ioctl 32=flock 39=umount 40=mount 43=statfs 45=truncate
      46=ftruncate 47=fallocate 49=chdir 57=close 61=getdents 62=lseek 63=read_into 64=write
      65=readv 66=writev 67=pread 68=pwrite 69=preadv 70=pwritev 71=sendfile 76=splice 80=fstat 81=sync
      82=fsync 83=fdatasync 92=personality 117=ptrace 129=kill 166=umask 172=getpid 194=shmget
      196=shmat 197=shmdt 214=brk 215=munmap 216=mremap 220=clone 221=execve 222=mmap
      226=mprotect 227=msync 228=mlock 229=munlock 230=mlockall 232=mincore 233=madvise
      234=remap_file_pages 279=memfd_create 285=copy_file_range
      """;

  private static final Map<Long, String> CALLS_ALIKE = numbered(ALIKE);

  /** Calls that have only their first arguments in the notation. */
  private static final Set<String> ONE_ARGUMENT = Set.of("execve", "clone");

  private static final int MOST_ARGUMENTS = 6;

  private RawAnswers() {}

  private static Map<Long, String> numbered(String table) {
    return Stream.of(table.strip().split("\\s+", -1))
        .map(entry -> entry.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(entry -> Long.valueOf(entry[0]), entry -> entry[1]));
  }

  private static Answer syscall(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    long nr = of.number(0);
    RawArguments raw = new RawArguments(caller, of.values().subList(1, of.size()));
    Optional<RawForms.Form> form = RawForms.find(nr);
    if (form.isPresent()) {
      return form.get().answer(raw);
    }
    if (!CALLS_ALIKE.containsKey(nr)) {
      throw ErrnoException.byRule(
          "NOSYS-03", Errno.ENOSYS, "system call %d: not implemented".formatted(nr));
    }
    String name = CALLS_ALIKE.get(nr);
    return raw.callWithAll(name, ONE_ARGUMENT.contains(name) ? 1 : MOST_ARGUMENTS);
  }
}
