package dev.nommu.scenario;

import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.OpenFlags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The calls of the notation: the system calls, and some that look at memory and files as a test
 * program would.
 */
public enum Call {
  /** Opens a file; the result is its descriptor. */
  OPEN(Subject.DESCRIPTOR, Signature.of(text("path"), number("flags"), number("mode").optional())),
  /** Closes a descriptor. */
  CLOSE(Subject.DESCRIPTOR, Signature.of(number("fd"))),
  /** Moves the position of a file; the result is the new one. */
  LSEEK(Subject.DESCRIPTOR, Signature.of(number("fd"), number("offset"), number("whence"))),
  /** Sets the size of an open file. */
  FTRUNCATE(Subject.DESCRIPTOR, Signature.of(number("fd"), number("length"))),
  /** Sets the size of a file. */
  TRUNCATE(Subject.PATH, Signature.of(text("path"), number("length"))),
  /** Allocates room in a file. */
  FALLOCATE(
      Subject.DESCRIPTOR,
      Signature.of(number("fd"), number("mode"), number("offset"), number("length"))),
  /** Makes a directory. */
  MKDIR(Subject.PATH, Signature.of(text("path"), number("mode").optional())),
  /** Removes a name of a file. */
  UNLINK(Subject.PATH, Signature.of(text("path"))),
  /** Removes an empty directory. */
  RMDIR(Subject.PATH, Signature.of(text("path"))),
  /** Makes a device node, a fifo or a file. */
  MKNOD(Subject.PATH, Signature.of(text("path"), number("mode"), number("device").optional())),
  /** Changes the permissions of a file. */
  CHMOD(Subject.PATH, Signature.of(text("path"), number("mode"))),
  /** Mounts a filesystem. */
  MOUNT(
      Subject.PATH,
      Signature.of(
          either("source"),
          text("target"),
          either("type"),
          number("flags"),
          either("options").optional())),
  /** Unmounts a filesystem. */
  UMOUNT(Subject.PATH, Signature.of(text("target"), number("flags").optional())),
  /** Makes a second descriptor; the result is that one. */
  DUP(Subject.DESCRIPTOR, Signature.of(number("fd"))),
  /** Gets or sets the flags of a descriptor or of an open file. */
  FCNTL(
      Subject.DESCRIPTOR,
      Signature.of(number("fd"), number("command"), number("argument").optional())),
  /** Waits for events of one file, for some milliseconds or for ever; the result is the events. */
  POLL(
      Subject.DESCRIPTOR,
      Result.EVENTS,
      Signature.of(number("fd"), number("events"), number("timeout").optional())),
  /** Writes out what is not yet written of a file. */
  FSYNC(Subject.DESCRIPTOR, Signature.of(number("fd"))),
  /** Writes out what is not yet written. */
  SYNC(Subject.PATH, Signature.of()),
  /** Executes a file, with up to four arguments; the process stays the one that makes the calls. */
  EXECVE(
      Subject.PATH,
      Signature.of(
          text("path"),
          text("argument 0").optional(),
          text("argument 1").optional(),
          text("argument 2").optional(),
          text("argument 3").optional())),
  /** Makes a file without a name in memory; the result is its descriptor. */
  MEMFD_CREATE(Subject.PROCESS, Signature.of(text("name"), number("flags"))),
  /** Makes a pipe; the result is the descriptor that is read, the other one is the next free. */
  PIPE(Subject.PROCESS, Signature.of(number("flags").optional())),
  /** Reads at the position of a file; the result is the data. */
  READ(Subject.DESCRIPTOR, Signature.of(number("fd"), number("count"))),
  /** Reads elsewhere in a file; the result is the data. */
  PREAD(Subject.DESCRIPTOR, Signature.of(number("fd"), number("count"), number("offset"))),
  /** Writes a text, or bytes of memory; the result is how many bytes were written. */
  WRITE(
      Subject.DESCRIPTOR,
      Signature.of(number("fd"), text("data")),
      Signature.of(number("fd"), number("address"), number("count"))),
  /** Writes a text elsewhere in a file; the result is how many bytes were written. */
  PWRITE(Subject.DESCRIPTOR, Signature.of(number("fd"), text("data"), number("offset"))),
  /** Reads from a file into memory; the result is how many bytes were read. */
  READ_INTO(Subject.DESCRIPTOR, Signature.of(number("fd"), number("address"), number("count"))),
  /** Asks for the size of a file, in bytes and in blocks of 512 bytes. */
  SIZE(Subject.DESCRIPTOR, Signature.of(number("fd"))),
  /** Maps memory or a file; the result is the address. */
  MMAP(
      Subject.MEMORY,
      Result.ADDRESS,
      Signature.of(
          number("address"),
          number("length"),
          number("protection"),
          number("flags"),
          number("fd"),
          number("offset"))),
  /** Changes the size of a mapping; the result is the address. */
  MREMAP(
      Subject.MEMORY,
      Result.ADDRESS,
      Signature.of(
          number("address"),
          number("old length"),
          number("new length"),
          number("flags").optional(),
          number("new address").optional())),
  /** Removes a mapping or a part of one. */
  MUNMAP(Subject.MEMORY, Signature.of(number("address"), number("length"))),
  /** Changes the protection of memory. */
  MPROTECT(Subject.MEMORY, Signature.of(number("address"), number("length"), number("protection"))),
  /** Writes back a mapping. */
  MSYNC(Subject.MEMORY, Signature.of(number("address"), number("length"), number("flags"))),
  /** Says how memory will be used. */
  MADVISE(Subject.MEMORY, Signature.of(number("address"), number("length"), number("advice"))),
  /** Asks which pages are in memory. */
  MINCORE(Subject.MEMORY, Signature.of(number("address"), number("length"), number("vector"))),
  /** Locks memory. */
  MLOCK(Subject.MEMORY, Signature.of(number("address"), number("length"))),
  /** Unlocks memory. */
  MUNLOCK(Subject.MEMORY, Signature.of(number("address"), number("length"))),
  /** Locks all memory of the process. */
  MLOCKALL(Subject.MEMORY, Signature.of(number("flags"))),
  /** Moves pages of a mapping. */
  REMAP_FILE_PAGES(
      Subject.MEMORY,
      Signature.of(
          number("address"),
          number("length"),
          number("protection"),
          number("page offset"),
          number("flags"))),
  /** Moves the end of the heap; the result is its address. */
  BRK(Subject.MEMORY, Result.BREAK, Signature.of(number("address"))),
  /** Changes the personality; the result is the one before. */
  PERSONALITY(Subject.PROCESS, Signature.of(number("persona"))),
  /** Traces a process. */
  PTRACE(
      Subject.PROCESS,
      Signature.of(
          number("request"),
          number("pid").optional(),
          number("address").optional(),
          number("data").optional())),
  /** Makes or finds a shared memory segment; the result is its identifier. */
  SHMGET(Subject.PROCESS, Signature.of(number("key"), number("size"), number("flags"))),
  /** Attaches a segment; the result is the address. */
  SHMAT(
      Subject.PROCESS,
      Result.ADDRESS,
      Signature.of(number("id"), number("address"), number("flags"))),
  /** Detaches a segment. */
  SHMDT(Subject.PROCESS, Signature.of(number("address"))),
  /** Asks about a segment, changes or removes it; the last three are for IPC_SET. */
  SHMCTL(
      Subject.PROCESS,
      Signature.of(
          number("id"),
          number("command"),
          number("uid").optional(),
          number("gid").optional(),
          number("mode").optional())),
  /** Waits at an address or wakes those who wait; the time limit is in milliseconds. */
  FUTEX(
      Subject.PROCESS,
      Signature.of(
          number("address"),
          number("operation"),
          number("value"),
          number("timeout or value 2").optional(),
          number("address 2").optional(),
          number("value 3").optional())),
  /** Asks for the number of the process. */
  GETPID(Subject.PROCESS, Signature.of()),
  /** Sends a signal to a process; one that ends it takes its mappings and open files. */
  KILL(Subject.PROCESS, Signature.of(number("pid"), number("signal"))),
  /** Waits for a child; the result is its number, or 0 with WNOHANG if it is still there. */
  WAITPID(Subject.PROCESS, Signature.of(number("pid"), number("options").optional())),
  /** Makes a child process. */
  FORK(Subject.PROCESS, Signature.of()),
  /** Makes a child process that ends at once. */
  CLONE(Subject.PROCESS, Signature.of(number("flags"))),
  /** Controls a device; the result is what the device answers. */
  IOCTL(
      Subject.DESCRIPTOR,
      Signature.of(number("fd"), number("request"), either("argument").optional())),
  /** Reads memory; the result is the data. */
  PEEK(Subject.MEMORY, Signature.of(number("address"), number("count"))),
  /** Writes memory. */
  POKE(Subject.MEMORY, Signature.of(number("address"), text("data"))),
  /** Fills memory with a byte. */
  FILL(Subject.MEMORY, Signature.of(number("address"), number("byte"), number("count"))),
  /** Counts the bytes of memory that are not zero. */
  NONZERO(Subject.MEMORY, Signature.of(number("address"), number("count"))),
  /** Shows the lines of a file. */
  CAT(Subject.PATH, Signature.of(text("path"))),
  /** Shows the lines of a file that start with something. */
  GREP(Subject.PATH, Signature.of(text("path"), text("prefix"))),
  /** Shows or sets a kernel parameter. */
  SYSCTL(Subject.PATH, Signature.of(text("name"), either("value").optional())),
  /** Counts the pages by which MmapCopy of /proc/meminfo has grown since the start. */
  MMAPCOPY(Subject.MEMORY, Signature.of());

  /** What a call is about. */
  enum Subject {
    /** An open file. */
    DESCRIPTOR,
    /** What a path names. */
    PATH,
    /** Memory. */
    MEMORY,
    /** Processes, and what they have in common. */
    PROCESS
  }

  /** What a result that is not an error is. */
  enum Result {
    /** A number. */
    NUMBER,
    /** The address of a mapping. */
    ADDRESS,
    /** The end of the heap. */
    BREAK,
    /** Events of poll. */
    EVENTS
  }

  private static final Map<String, Call> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Call::written, Function.identity()));

  private final Subject subject;
  private final Result result;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Signature> signatures;

  Call(Subject subject, Signature... signatures) {
    this(subject, Result.NUMBER, signatures);
  }

  Call(Subject subject, Result result, Signature... signatures) {
    this.subject = subject;
    this.result = result;
    this.signatures = List.of(signatures);
  }

  /** Returns whether the call, given these arguments, may take away memory that is mapped. */
  boolean mayUnmap(Arguments arguments) {
    return switch (this) {
      case MUNMAP, MREMAP, SHMDT, TRUNCATE, FTRUNCATE, EXECVE, KILL -> true;
      case OPEN -> (arguments.number(1) & OpenFlags.O_TRUNC) != 0;
      default -> false;
    };
  }

  /** Returns the call that is written like this, or empty if there is none. */
  static Optional<Call> of(String written) {
    return Optional.ofNullable(BY_NAME.get(written));
  }

  /** Returns the names of all calls as they are written in a scenario. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Returns the name of the call as it is written in a scenario. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the ways of calling it, one or more. */
  public List<Signature> signatures() {
    return signatures;
  }

  /** Returns what it is about. */
  Subject subject() {
    return subject;
  }

  /** Returns what a result that is not an error is. */
  Result result() {
    return result;
  }
}
