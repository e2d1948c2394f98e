package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers each call with its recorded result, converted back to a kernel's form: numbers for
 * addresses, lines of maps in ascending order with inodes and devices.
 */
final class ReplayedKernel implements KernelPort {
  private static final Pattern SIZE = Pattern.compile("(\\d+) \\((\\d+) blocks\\)");

  private final ReplayedMemory memory = new ReplayedMemory();
  private final Iterator<Recording.Result> results;
  private final Map<Long, Long> segments = new HashMap<>();
  private final Replayed main = new Replayed("main", Map.of());
  private int spawned;

  ReplayedKernel(Recording recording) {
    this.results = recording.results().iterator();
  }

  @Override
  public ProcessPort main() {
    return main;
  }

  @Override
  public ProcessPort spawn() {
    results.next();
    return new Replayed("process " + ++spawned, main.files);
  }

  @Override
  public List<AddressRange> regions() {
    return memory.regions();
  }

  @Override
  public List<AddressRange> regionsAt(long address) {
    return memory.regionsAt(address);
  }

  @Override
  public Optional<Window> windowAt(long address) {
    return memory.windowAt(address);
  }

  @Override
  public Optional<FilePlace> fileAt(long address) {
    return memory.fileAt(address);
  }

  private String rawMapsLine(String line) {
    String[] fields = line.split(" ", 6);
    String[] ends = fields[0].split("-(?!0x)", 2);
    return "%08x-%08x %s %s %s %s %s"
        .formatted(
            memory.address(ends[0]),
            memory.address(ends[1]),
            fields[1],
            fields[2],
            fields[3].replace("*", "14"),
            fields[4].replace("INO", "4711"),
            fields.length == 5 ? "" : " ".repeat(20) + fields[5]);
  }

  private final class Replayed implements ProcessPort {
    private final String name;
    private final Map<Long, String> files;

    Replayed(String name, Map<Long, String> files) {
      this.name = name;
      this.files = new HashMap<>(files);
    }

    @Override
    public Started start(Call call, Arguments arguments) {
      throw new UnsupportedOperationException("none of the recordings starts a step");
    }

    @Override
    public void exit(int status) {
      results.next();
      memory.exit(name);
    }

    @Override
    public Answer call(Call call, Arguments arguments) {
      Recording.Result result = results.next();
      String text = result.text();
      if (text.startsWith("-1 ")) {
        return Answer.failed(Errno.valueOf(text.substring(3)));
      }
      if (text.isEmpty() || text.equals("(empty)")) {
        Stream<String> lines = result.lines().stream().map(ReplayedKernel.this::rawMapsLine);
        return new Answer.Lines(
            arguments.path(0), lines.sorted(Comparator.naturalOrder()).toList());
      }
      Answer answer = answer(call, arguments, text);
      follow(call, arguments, answer.value());
      return answer;
    }

    private Answer answer(Call call, Arguments arguments, String text) {
      return switch (text.charAt(0)) {
        case '"' -> new Answer.Data(unquoted(text));
        case '{' -> new Answer.Structure(Stream.of(fields(text)).toList());
        case '(' ->
            text.startsWith("(fault: ")
                ? new Answer.Faulted(text.substring(8, text.length() - 1))
                : new Answer.ChildRan(Integer.decode(text.replaceFirst(".*(0x\\w+)\\)", "$1")));
        case '+' -> new Answer.Pages(Long.parseLong(text.replace(" pages", "")));
        default -> text.endsWith(" blocks)") ? size(text) : returned(call, arguments, text);
      };
    }

    private Answer returned(Call call, Arguments arguments, String text) {
      return switch (call.name()) {
        case "mmap" ->
            new Answer.Mapped(memory.map(name, text, arguments.number(1), file(text, arguments)));
        case "shmat" ->
            new Answer.Mapped(
                memory.map(
                    name,
                    text,
                    segments.get(arguments.number(0)),
                    Optional.of(new FilePlace(arguments.number(0), 0))));
        case "mremap" -> new Answer.Mapped(memory.address(text));
        case "brk" -> new Answer.Heap(0x86543210L);
        default -> new Answer.Returned(Long.parseLong(text));
      };
    }

    /**
     * Returns the place in a file that a new mapping shows, if it is certainly the file's own
     * memory.
     */
    private Optional<FilePlace> file(String label, Arguments arguments) {
      boolean shared = (arguments.number(3) & 0xf) == 1 && (arguments.number(3) & 0x20) == 0;
      return Optional.ofNullable(files.get(arguments.number(4)))
          .filter(_ -> shared || label.startsWith("flash+"))
          .map(path -> new FilePlace(path, arguments.number(5)));
    }

    private void follow(Call call, Arguments arguments, long value) {
      switch (call.name()) {
        case "open" -> files.put(value, arguments.path(0));
        case "shmget" -> segments.put(value, arguments.number(1));
        case "munmap" ->
            memory.unmap(name, ReplayedMemory.pages(arguments.number(0), arguments.number(1)));
        case "mremap" -> memory.resize(name, arguments.number(0), arguments.number(2));
        case "shmdt" -> memory.detach(name, arguments.number(0));
        default -> {}
      }
    }
  }

  private static Field[] fields(String structure) {
    return Stream.of(structure.substring(1, structure.length() - 1).split(", ", -1))
        .map(field -> field.split("=", 2))
        .map(field -> new Field(field[0], field[1]))
        .toArray(Field[]::new);
  }

  private static Answer size(String text) {
    Matcher numbers = SIZE.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new Answer.Size(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
  }

  private static byte[] unquoted(String text) {
    try {
      return ((Token.Quoted) new Lexer("recording", 1, text).tokens().getFirst()).bytes();
    } catch (ScenarioException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
