package dev.nommu.tck.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** The contract of a binary format. */
public final class BinaryFormats {
  /** The source of a board for a format: only memory. */
  public static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      };
      """;

  private static final int EACH_LENGTH = 300;
  private static final int PARTS = 16;
  private static final int SEEDS = 8;

  /** How much of a file one step of a session writes; shrinking removes unneeded steps. */
  private static final int PIECE = 512;

  private final byte[] executable;

  private BinaryFormats(byte[] executable) {
    this.executable = executable;
  }

  /**
   * Returns the contract of a format.
   *
   * @param name of the format
   * @param executable the bytes of a file that it loads
   */
  public static Contract of(Subject format, String name, byte[] executable) {
    return new Contract(name, format, new BinaryFormats(executable.clone()).clauses());
  }

  /**
   * Returns a session in which two processes execute a file, with any outcome: a script's
   * interpreter may not exist, and a failure while the first loads it kills only that process.
   *
   * @param executable the bytes of the file
   */
  public static Session executing(byte[] executable) {
    List<String> steps = new ArrayList<>();
    steps.add("f1 = open(\"%s\", O_WRONLY|O_CREAT, 0755)".formatted(Executed.PATH));
    steps.add("ftruncate(f1, %d)".formatted(executable.length));
    for (int from = 0; from < executable.length; from += PIECE) {
      int to = Math.min(from + PIECE, executable.length);
      byte[] piece = Arrays.copyOfRange(executable, from, to);
      if (!Arrays.equals(piece, new byte[piece.length])) {
        steps.add("pwrite(f1, \"%s\", %d)".formatted(text(piece), from));
      }
    }
    steps.add("close(f1)");
    for (String process : List.of("p1", "p2")) {
      steps.add("proc " + process);
      steps.add("%s: execve(\"%s\", \"%s\")".formatted(process, Executed.PATH, Executed.PATH));
    }
    return new Session(steps);
  }

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      boolean isPlain = each >= ' ' && each <= '~' && each != '"' && each != '\\';
      text.append(isPlain ? String.valueOf((char) each) : "\\x%02x".formatted(each));
    }
    return text.toString();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return new BinaryFormats(new byte[0]).clauses();
  }

  private List<Clause> clauses() {
    return List.of(
        Clause.of("EXEC-13", "It recognises its executable.", this::recognises),
        Clause.of("EXEC-13", "It leaves files of other formats alone.", this::leaves),
        Clause.of(
            "PLUGIN-01",
            "Wherever its executable is truncated, only ErrnoException is thrown.",
            this::cutOff),
        Clause.of(
            "EXEC-11", "A program it loads starts within a mapping of the process.", this::loads));
  }

  private Verdict recognises(Trial trial) throws ErrnoException {
    Executed executed = Executed.in(trial, executable);
    return executed
        .recognition()
        .map(answer ->
            answer instanceof Recognition.NotMine(String why)
                ? Verdict.broken(
                    "recognize returned \"not mine\": " + why,
                    "Recognition.program or Recognition.script",
                    "compare with the head of the file, %d bytes".formatted(executable.length))
                : Verdict.HELD)
        .orElseGet(() -> executed.notReached("an answer for its executable"));
  }

  private Verdict leaves(Trial trial) throws ErrnoException {
    for (Map.Entry<String, byte[]> foreign : foreign().entrySet()) {
      Executed executed = Executed.in(trial, foreign.getValue());
      Optional<Recognition> answer = executed.recognition();
      if (answer.isEmpty()) {
        return executed.notReached("\"not mine\" for " + foreign.getKey());
      }
      if (!(answer.get() instanceof Recognition.NotMine)) {
        return Verdict.broken(
            "%s: recognize returned %s".formatted(foreign.getKey(), answer.get()),
            "Recognition.notMine, so that the other formats are asked",
            "check the whole magic number before answering");
      }
    }
    return Verdict.HELD;
  }

  private static Map<String, byte[]> foreign() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("an empty file", new byte[0]);
    files.put("a text", "hello\n".getBytes(UTF_8));
    for (long seed = 1; seed <= SEEDS; seed++) {
      byte[] bytes = new byte[1000];
      new Random(seed).nextBytes(bytes);
      files.put("1000 bytes of new Random(%d)".formatted(seed), bytes);
    }
    return files;
  }

  private Verdict cutOff(Trial trial) throws ErrnoException {
    for (int length : lengths()) {
      long before = trial.machine().freePages();
      Executed executed = Executed.in(trial, Arrays.copyOf(executable, length));
      Optional<String> fault =
          executed.fault().or(() -> trial.machine().check().stream().findFirst());
      if (fault.isPresent()) {
        return Verdict.broken(
            "cut off after %d bytes: %s".formatted(length, fault.get()),
            "an image, \"not mine\" or an ErrnoException",
            "check each offset and each size against what read returns");
      }
      if (trial.machine().freePages() != before) {
        return Verdict.broken(
            "cut off after %d bytes: pages are leaked".formatted(length),
            "as many free pages as before",
            "keep nothing of a load that failed");
      }
    }
    return Verdict.HELD;
  }

  /** All lengths within its head, and some beyond. */
  private Iterable<Integer> lengths() {
    TreeSet<Integer> lengths = new TreeSet<>();
    for (int length = 0; length < Math.min(EACH_LENGTH, executable.length); length++) {
      lengths.add(length);
    }
    for (int part = 1; part < PARTS; part++) {
      lengths.add(executable.length * part / PARTS);
    }
    return lengths;
  }

  private Verdict loads(Trial trial) throws ErrnoException {
    Executed.write(trial.task(), executable);
    Task task = trial.machine().init().spawn("loaded");
    LoadedImage image;
    try {
      image = task.processes().execve(Executed.PATH, List.of(Executed.PATH), List.of());
    } catch (ErrnoException failure) {
      if (isScript(trial)) {
        return Verdict.skipped("it is a script");
      }
      throw failure;
    }
    boolean begins = task.mapping(image.entry()).isPresent();
    task.exit();
    return begins
        ? Verdict.HELD
        : Verdict.broken(
            "its entry 0x%x is in no mapping".formatted(image.entry()),
            "an address in a mapping",
            "add the address of the mapping to the offset in the file");
  }

  /** A script's interpreter is missing here; a direct format reports nothing. */
  private boolean isScript(Trial trial) {
    List<Recognition> answers = new ArrayList<>(Executed.recognitions(trial));
    return answers.isEmpty()
        ? executable.length > 1 && executable[0] == '#' && executable[1] == '!'
        : answers.getLast() instanceof Recognition.Script;
  }
}
