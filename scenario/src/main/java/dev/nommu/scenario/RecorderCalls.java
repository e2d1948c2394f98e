package dev.nommu.scenario;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recording program's operations for the calls of the notation. */
final class RecorderCalls {
  private static final long AT_FDCWD = -100;
  private static final int IPC_SET = 1;
  private static final int IPC_STAT = 2;

  /** The program's buffer for a {@code struct shmid64_ds}, and the offsets of its fields. */
  private static final int SHM_BUFFER = 256;

  private static final int SHM_SET_BUFFER = 124;
  private static final int SHM_UID = 4;
  private static final int SHM_GID = 8;
  private static final int SHM_MODE = 20;
  private static final long SIGCHLD = 17;
  private static final long FUTEX_COMMAND = 0x7f;

  /**
   * REQUEUE, CMP_REQUEUE, WAKE_OP, CMP_REQUEUE_PI: they take a count where others take a timeout.
   */
  private static final Set<Long> WITH_A_NUMBER = Set.of(3L, 4L, 5L, 12L);

  /** System calls with unchanged arguments, and their asm-generic numbers. */
  private static final Map<String, Integer> PLAIN =
      numbers(
          """
          close=57 ftruncate=46 truncate=45 fallocate=47 dup=23 fsync=82 fdatasync=83 sync=81
          munmap=215 mprotect=226 msync=227 madvise=233 mincore=232 mlock=228 munlock=229
          mlockall=230 remap_file_pages=234 personality=92 shmget=194 shmdt=197 getpid=172
          kill=129 chdir=49 umask=166 flock=32 fstat=80 statfs=43 readv=65 writev=66 preadv=69
          pwritev=70 sendfile=71 splice=76 copy_file_range=285 dup3=24 getdents=61 read_into=63
          """);

  /**
   * System calls whose last arguments can be omitted: the number and how many arguments to pass.
   */
  private static final Map<String, int[]> PADDED =
      Map.of(
          "lseek", new int[] {62, 3},
          "umount", new int[] {39, 2},
          "mremap", new int[] {216, 5},
          "brk", new int[] {214, 1},
          "ptrace", new int[] {117, 4},
          "shmat", new int[] {196, 3},
          "fcntl", new int[] {25, 3},
          "memfd_create", new int[] {279, 2},
          "mount", new int[] {40, 5});

  /** Calls for which the program has a separate letter. */
  private static final Map<String, Character> OWN =
      Map.of(
          "read", 'R', "pread", 'P', "peek", 'K', "poke", 'W', "fill", 'F', "nonzero", 'Z', "size",
          'G', "mmap", 'M', "clone", 'O');

  private final RecorderArgument arguments;
  private final Vocabulary vocabulary;

  /**
   * A single operation of the program.
   *
   * @param letter the program's letter for it
   * @param arguments as the program reads them
   */
  record Operation(char letter, List<String> arguments) {
    Operation {
      arguments = List.copyOf(arguments);
    }

    static Operation systemCall(long number, String... arguments) {
      return new Operation(
          'S',
          Stream.concat(Stream.of(RecorderArgument.of(number)), Stream.of(arguments)).toList());
    }

    static Operation contents(String path) {
      return new Operation(
          'C', List.of(RecorderArgument.of(path.getBytes(StandardCharsets.UTF_8))));
    }
  }

  RecorderCalls(RecorderArgument arguments, Vocabulary vocabulary) {
    this.arguments = arguments;
    this.vocabulary = vocabulary;
  }

  private static Map<String, Integer> numbers(String table) {
    return Stream.of(table.strip().split("\\s+", -1))
        .map(entry -> entry.split("=", 2))
        .collect(Collectors.toMap(entry -> entry[0], entry -> Integer.valueOf(entry[1])));
  }

  /**
   * Returns the program's operations for a call, in order.
   *
   * @throws IllegalArgumentException if it cannot do it
   */
  List<Operation> operations(Invocation invocation) throws ScenarioException {
    String name = invocation.call().name();
    List<Expression> of = invocation.arguments();
    if (PLAIN.containsKey(name)) {
      return List.of(call(PLAIN.get(name), of, of.size()));
    }
    if (PADDED.containsKey(name)) {
      return List.of(call(PADDED.get(name)[0], of, PADDED.get(name)[1]));
    }
    if (OWN.containsKey(name)) {
      return List.of(new Operation(OWN.get(name), written(of, of.size())));
    }
    return name.equals("sysctl") ? sysctl(of) : List.of(other(name, of));
  }

  private Operation call(int number, List<Expression> of, int count) throws ScenarioException {
    return Operation.systemCall(number, written(of, count).toArray(String[]::new));
  }

  /** Returns this many arguments, omitted ones as 0. */
  private List<String> written(List<Expression> of, int count) throws ScenarioException {
    List<String> written = new ArrayList<>();
    for (Expression each : of) {
      written.add(arguments.of(each));
    }
    while (written.size() < count) {
      written.add(RecorderArgument.of(0));
    }
    return written;
  }

  private Operation other(String name, List<Expression> of) throws ScenarioException {
    return switch (name) {
      case "open" -> at(56, of, 3, 0);
      case "mkdir" -> at(34, of, 2, 0755);
      case "mknod" -> at(33, of, 3, 0);
      case "chmod" -> at(53, of, 2, 0);
      case "unlink" -> at(35, of, 2, 0);
      case "rmdir" -> at(35, of, 2, 0x200);
      case "write" -> write(64, of, 2);
      case "pwrite" -> write(68, of, 3);
      case "shmctl" -> shmctl(of);
      case "futex" -> futex(of);
      case "fork" -> new Operation('O', List.of(RecorderArgument.of(SIGCHLD)));
      case "cat", "grep" -> new Operation('C', List.of(arguments.of(of.getFirst())));
      case "mmapcopy" -> Operation.contents("/proc/meminfo");
      case "ioctl" -> ioctl(of);
      case "syscall" -> new Operation('S', written(of, of.size()));
      default -> throw new IllegalArgumentException("the recording program has no call " + name);
    };
  }

  private Operation at(int number, List<Expression> of, int count, long otherwise)
      throws ScenarioException {
    List<String> written = new ArrayList<>(List.of(RecorderArgument.of(AT_FDCWD)));
    written.addAll(written(of, of.size()));
    while (written.size() <= count) {
      written.add(RecorderArgument.of(otherwise));
    }
    return Operation.systemCall(number, written.toArray(String[]::new));
  }

  /** Adds the length of a text; other memory comes with its length. */
  private Operation write(int number, List<Expression> of, int withoutLength)
      throws ScenarioException {
    List<String> written = new ArrayList<>(written(of, of.size()));
    if (of.size() == withoutLength && of.get(1) instanceof Expression.Textual text) {
      written.add(2, RecorderArgument.of(arguments.text(text).length));
    }
    return Operation.systemCall(number, written.toArray(String[]::new));
  }

  private Operation shmctl(List<Expression> of) throws ScenarioException {
    long command = arguments.constant(of.get(1)).orElseThrow();
    if (command == IPC_STAT) {
      return new Operation('Y', written(of, of.size()));
    }
    byte[] memory = new byte[SHM_BUFFER];
    if (command == IPC_SET && of.size() > 2) {
      ByteBuffer set = ByteBuffer.allocate(SHM_SET_BUFFER).order(ByteOrder.LITTLE_ENDIAN);
      set.putInt(SHM_UID, (int) (long) arguments.constant(of.get(2)).orElseThrow());
      set.putInt(SHM_GID, (int) (long) arguments.constant(of.get(3)).orElseThrow());
      set.putInt(SHM_MODE, (int) (long) arguments.constant(of.get(4)).orElseThrow());
      memory = set.array();
    }
    return Operation.systemCall(
        195, arguments.of(of.get(0)), arguments.of(of.get(1)), RecorderArgument.of(memory));
  }

  private Operation futex(List<Expression> of) throws ScenarioException {
    List<String> written = new ArrayList<>(written(of, 6));
    Optional<Long> time = of.size() > 3 ? arguments.constant(of.get(3)) : Optional.empty();
    Optional<Long> operation = arguments.constant(of.get(1));
    boolean isNumber = operation.filter(o -> WITH_A_NUMBER.contains(o & FUTEX_COMMAND)).isPresent();
    if (time.filter(each -> each != 0).isPresent() && !isNumber) {
      written.set(3, RecorderArgument.of(timespec(time.get())));
    }
    return Operation.systemCall(98, written.toArray(String[]::new));
  }

  private static byte[] timespec(long millis) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(millis / 1000)
        .putLong(millis % 1000 * 1_000_000)
        .array();
  }

  private Operation ioctl(List<Expression> of) throws ScenarioException {
    if (of.size() > 2 && of.get(2) instanceof Expression.Numeric) {
      return Operation.systemCall(29, written(of, 3).toArray(String[]::new));
    }
    int number = (int) (long) arguments.constant(of.get(1)).orElseThrow();
    String memory =
        of.size() > 2 ? arguments.of(of.get(2)) : RecorderArgument.of(new byte[Long.BYTES]);
    int filled =
        vocabulary
            .ioctl(number)
            .filter(command -> command.direction().isRead())
            .map(command -> command.argument().size())
            .orElse(0);
    return new Operation(
        'I',
        List.of(
            arguments.of(of.get(0)), arguments.of(of.get(1)), memory, RecorderArgument.of(filled)));
  }

  private List<Operation> sysctl(List<Expression> of) throws ScenarioException {
    String name =
        new String(arguments.text((Expression.Textual) of.get(0)), StandardCharsets.UTF_8);
    String path = "/proc/sys/" + name.replace('.', '/');
    if (of.size() == 1) {
      return List.of(Operation.contents(path));
    }
    byte[] value =
        switch (of.get(1)) {
          case Expression.Textual text -> arguments.text(text);
          case Expression.Numeric number ->
              Long.toString(arguments.constant(number).orElseThrow())
                  .getBytes(StandardCharsets.UTF_8);
        };
    String file = "$" + arguments.variable(FILE_OF_SYSCTL);
    return List.of(
        Operation.systemCall(
            56,
            RecorderArgument.of(AT_FDCWD),
            RecorderArgument.of(path.getBytes(StandardCharsets.UTF_8)),
            RecorderArgument.of(1),
            RecorderArgument.of(0)),
        Operation.systemCall(
            64, file, RecorderArgument.of(value), RecorderArgument.of(value.length)),
        Operation.systemCall(57, file));
  }

  /** The variable with the file to write; no variable of a scenario can have this name. */
  static final String FILE_OF_SYSCTL = "%sys";
}
