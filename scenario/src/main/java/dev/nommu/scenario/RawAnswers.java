package dev.nommu.scenario;

import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** System calls by their numbers, which are those of asm-generic. */
final class RawAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "syscall",
                  "Makes a system call by its number of asm-generic, with its raw arguments; a text"
                      + " can stand for an address at which it lies.",
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

  /** Numbers and calls that take the raw arguments as they are. */
  private static final String ALIKE =
      """
      23=dup 24=dup3 25=fcntl 29=ioctl 32=flock 39=umount 40=mount 43=statfs 45=truncate
      46=ftruncate 47=fallocate 49=chdir 57=close 61=getdents 62=lseek 63=read_into 64=write
      65=readv 66=writev 68=pwrite 69=preadv 70=pwritev 71=sendfile 76=splice 80=fstat 81=sync
      82=fsync 83=fdatasync 92=personality 117=ptrace 129=kill 166=umask 172=getpid 194=shmget
      196=shmat 197=shmdt 214=brk 215=munmap 216=mremap 220=clone 221=execve 222=mmap
      226=mprotect 227=msync 228=mlock 229=munlock 230=mlockall 232=mincore 233=madvise
      234=remap_file_pages 279=memfd_create 285=copy_file_range
      """;

  /** Numbers and calls whose first raw argument is a directory, where relative paths begin. */
  private static final String AT = "33=mknod 34=mkdir 48=access 53=chmod 56=open";

  private static final Map<Long, String> CALLS_ALIKE = numbered(ALIKE);
  private static final Map<Long, String> CALLS_AT = numbered(AT);

  /** Calls of which the notation has only the first arguments. */
  private static final Set<String> ONE_ARGUMENT = Set.of("execve", "clone");

  private static final long AT_FDCWD = -100;
  private static final int LONGEST_TEXT = 4096;

  private RawAnswers() {}

  private static Map<Long, String> numbered(String table) {
    return Stream.of(table.strip().split("\\s+", -1))
        .map(entry -> entry.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(entry -> Long.valueOf(entry[0]), entry -> entry[1]));
  }

  private static Answer syscall(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    long nr = of.number(0);
    List<Value> raw = of.values().subList(1, of.size());
    if (CALLS_AT.containsKey(nr) && !raw.isEmpty()) {
      requireWorkingDirectory(raw.getFirst());
      return call(caller, CALLS_AT.get(nr), raw.subList(1, raw.size()));
    }
    if (!CALLS_ALIKE.containsKey(nr)) {
      throw ErrnoException.byRule(
          "NOSYS-03", Errno.ENOSYS, "system call %d: this kernel does not have it".formatted(nr));
    }
    return call(caller, CALLS_ALIKE.get(nr), raw);
  }

  private static void requireWorkingDirectory(Value directory) throws ErrnoException {
    if (!(directory instanceof Value.Numeric(long fd)) || (int) fd != AT_FDCWD) {
      throw ErrnoException.byRule(
          "NOSYS-03", Errno.ENOSYS, "paths relative to a descriptor: expected AT_FDCWD");
    }
  }

  private static Answer call(Caller caller, String name, List<Value> raw)
      throws ErrnoException, MemoryFault {
    Call call = CallTable.named(name).orElseThrow();
    List<Parameter> parameters = call.signatures().getLast().parameters();
    int most = ONE_ARGUMENT.contains(name) ? 1 : parameters.size();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < Math.min(most, parameters.size()); i++) {
      Value value = i < raw.size() ? raw.get(i) : new Value.Numeric(0);
      values.add(fitting(caller.task(), parameters.get(i), value));
    }
    return call.handler().answer(caller, new Arguments(values));
  }

  private static Value fitting(Task task, Parameter parameter, Value value) throws ErrnoException {
    return switch (value) {
      case Value.Numeric(long address) when parameter.kind() == Parameter.Kind.TEXT ->
          new Value.Text(textAt(task, address));
      case Value.Text _ when parameter.kind() == Parameter.Kind.NUMBER ->
          throw new ErrnoException(Errno.EFAULT, "syscall: a text for " + parameter.name());
      case Value.Numeric _, Value.Text _ -> value;
    };
  }

  private static byte[] textAt(Task task, long address) throws ErrnoException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] one = new byte[1];
    try {
      task.load(address, MemorySegment.ofArray(one));
      while (one[0] != 0 && text.size() < LONGEST_TEXT) {
        text.write(one[0]);
        task.load(address + text.size(), MemorySegment.ofArray(one));
      }
    } catch (MemoryFault fault) {
      throw new ErrnoException(Errno.EFAULT, "syscall: a text: " + fault.getMessage(), fault);
    }
    return text.toByteArray();
  }
}
