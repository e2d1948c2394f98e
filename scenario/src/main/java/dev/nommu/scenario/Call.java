package dev.nommu.scenario;

import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.kernel.vfs.OpenFlags;
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
  OPEN(Signature.of(text("path"), number("flags"), number("mode").optional())),
  /** Closes a descriptor. */
  CLOSE(Signature.of(number("fd"))),
  /** Moves the position of a file; the result is the new one. */
  LSEEK(Signature.of(number("fd"), number("offset"), number("whence"))),
  /** Sets the size of an open file. */
  FTRUNCATE(Signature.of(number("fd"), number("length"))),
  /** Sets the size of a file. */
  TRUNCATE(Signature.of(text("path"), number("length"))),
  /** Allocates room in a file. */
  FALLOCATE(Signature.of(number("fd"), number("mode"), number("offset"), number("length"))),
  /** Makes a directory. */
  MKDIR(Signature.of(text("path"), number("mode").optional())),
  /** Removes a name of a file. */
  UNLINK(Signature.of(text("path"))),
  /** Removes an empty directory. */
  RMDIR(Signature.of(text("path"))),
  /** Makes a device node, a fifo or a file. */
  MKNOD(Signature.of(text("path"), number("mode"), number("device").optional())),
  /** Changes the permissions of a file. */
  CHMOD(Signature.of(text("path"), number("mode"))),
  /** Mounts a filesystem. */
  MOUNT(
      Signature.of(
          either("source"),
          text("target"),
          either("type"),
          number("flags"),
          either("options").optional())),
  /** Unmounts a filesystem. */
  UMOUNT(Signature.of(text("target"), number("flags").optional())),
  /** Makes a second descriptor; the result is that one. */
  DUP(Signature.of(number("fd"))),
  /** Writes out what is not yet written of a file. */
  FSYNC(Signature.of(number("fd"))),
  /** Writes out what is not yet written. */
  SYNC(Signature.of()),
  /** Executes a file, with up to four arguments; the process stays the one that makes the calls. */
  EXECVE(
      Signature.of(
          text("path"),
          text("argument 0").optional(),
          text("argument 1").optional(),
          text("argument 2").optional(),
          text("argument 3").optional())),
  /** Makes a file without a name in memory; the result is its descriptor. */
  MEMFD_CREATE(Signature.of(text("name"), number("flags"))),
  /** Makes a pipe; the result is the descriptor that is read, the other one is the next free. */
  PIPE(Signature.of(number("flags").optional())),
  /** Reads at the position of a file; the result is the data. */
  READ(Signature.of(number("fd"), number("count"))),
  /** Reads elsewhere in a file; the result is the data. */
  PREAD(Signature.of(number("fd"), number("count"), number("offset"))),
  /** Writes a text, or bytes of memory; the result is how many bytes were written. */
  WRITE(
      Signature.of(number("fd"), text("data")),
      Signature.of(number("fd"), number("address"), number("count"))),
  /** Writes a text elsewhere in a file; the result is how many bytes were written. */
  PWRITE(Signature.of(number("fd"), text("data"), number("offset"))),
  /** Reads from a file into memory; the result is how many bytes were read. */
  READ_INTO(Signature.of(number("fd"), number("address"), number("count"))),
  /** Asks for the size of a file, in bytes and in blocks of 512 bytes. */
  SIZE(Signature.of(number("fd"))),
  /** Maps memory or a file; the result is the address. */
  MMAP(
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
      Result.ADDRESS,
      Signature.of(
          number("address"),
          number("old length"),
          number("new length"),
          number("flags").optional(),
          number("new address").optional())),
  /** Removes a mapping or a part of one. */
  MUNMAP(Signature.of(number("address"), number("length"))),
  /** Changes the protection of memory. */
  MPROTECT(Signature.of(number("address"), number("length"), number("protection"))),
  /** Writes back a mapping. */
  MSYNC(Signature.of(number("address"), number("length"), number("flags"))),
  /** Says how memory will be used. */
  MADVISE(Signature.of(number("address"), number("length"), number("advice"))),
  /** Asks which pages are in memory. */
  MINCORE(Signature.of(number("address"), number("length"), number("vector"))),
  /** Locks memory. */
  MLOCK(Signature.of(number("address"), number("length"))),
  /** Unlocks memory. */
  MUNLOCK(Signature.of(number("address"), number("length"))),
  /** Locks all memory of the process. */
  MLOCKALL(Signature.of(number("flags"))),
  /** Moves pages of a mapping. */
  REMAP_FILE_PAGES(
      Signature.of(
          number("address"),
          number("length"),
          number("protection"),
          number("page offset"),
          number("flags"))),
  /** Moves the end of the heap; the result is its address. */
  BRK(Result.BREAK, Signature.of(number("address"))),
  /** Changes the personality; the result is the one before. */
  PERSONALITY(Signature.of(number("persona"))),
  /** Traces a process. */
  PTRACE(
      Signature.of(
          number("request"),
          number("pid").optional(),
          number("address").optional(),
          number("data").optional())),
  /** Makes or finds a shared memory segment; the result is its identifier. */
  SHMGET(Signature.of(number("key"), number("size"), number("flags"))),
  /** Attaches a segment; the result is the address. */
  SHMAT(Result.ADDRESS, Signature.of(number("id"), number("address"), number("flags"))),
  /** Detaches a segment. */
  SHMDT(Signature.of(number("address"))),
  /** Asks about a segment, changes or removes it; the last three are for IPC_SET. */
  SHMCTL(
      Signature.of(
          number("id"),
          number("command"),
          number("uid").optional(),
          number("gid").optional(),
          number("mode").optional())),
  /** Waits at an address or wakes those who wait; the time limit is in milliseconds. */
  FUTEX(
      Signature.of(
          number("address"),
          number("operation"),
          number("value"),
          number("timeout or value 2").optional(),
          number("address 2").optional(),
          number("value 3").optional())),
  /** Asks for the number of the process. */
  GETPID(Signature.of()),
  /** Sends a signal to a process; one that ends it takes its mappings and open files. */
  KILL(Signature.of(number("pid"), number("signal"))),
  /** Waits for a child; the result is its number, or 0 with WNOHANG if it is still there. */
  WAITPID(Signature.of(number("pid"), number("options").optional())),
  /** Makes a child process. */
  FORK(Signature.of()),
  /** Makes a child process that ends at once. */
  CLONE(Signature.of(number("flags"))),
  /** Controls a device; the result is what the device answers. */
  IOCTL(Signature.of(number("fd"), number("request"), either("argument").optional())),
  /** Reads memory; the result is the data. */
  PEEK(Signature.of(number("address"), number("count"))),
  /** Writes memory. */
  POKE(Signature.of(number("address"), text("data"))),
  /** Fills memory with a byte. */
  FILL(Signature.of(number("address"), number("byte"), number("count"))),
  /** Counts the bytes of memory that are not zero. */
  NONZERO(Signature.of(number("address"), number("count"))),
  /** Shows the lines of a file. */
  CAT(Signature.of(text("path"))),
  /** Shows the lines of a file that start with something. */
  GREP(Signature.of(text("path"), text("prefix"))),
  /** Shows or sets a kernel parameter. */
  SYSCTL(Signature.of(text("name"), either("value").optional())),
  /** Counts the pages by which MmapCopy of /proc/meminfo has grown since the start. */
  MMAPCOPY(Signature.of());

  /** What a result that is not an error is. */
  enum Result {
    /** A number. */
    NUMBER,
    /** The address of a mapping. */
    ADDRESS,
    /** The end of the heap. */
    BREAK
  }

  private static final Map<String, Call> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Call::written, Function.identity()));

  private final Result result;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Signature> signatures;

  Call(Signature... signatures) {
    this(Result.NUMBER, signatures);
  }

  Call(Result result, Signature... signatures) {
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

  /** Returns what a result that is not an error is. */
  Result result() {
    return result;
  }
}
