package dev.nommu.kernel.console;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SpliceWritableFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /dev/console} and {@code /dev/kmsg}: writes become lines of the kernel log, whose records
 * kmsg reads; with a screen, writes to the console are shown there. Reads of the console return the
 * typed text. Neither can be mapped.
 */
public final class ConsoleDriver implements DeviceDriver {
  private static final Pattern TERMINAL =
      Pattern.compile("(?<kind>[a-zA-Z]+)(?<line>[0-5]?[0-9]|6[0-3])?");

  /** The first of each kind, as in Linux's list of devices. */
  private static final Map<String, DeviceNumber> NUMBERS =
      new TreeMap<>(
          Map.of(
              "ttyS", new DeviceNumber(4, 64),
              "tty", new DeviceNumber(4, 0),
              "ttyAMA", new DeviceNumber(204, 64),
              "hvc", new DeviceNumber(229, 0)));

  /** Of each kind. */
  private static final int LINES = 64;

  private final Set<String> terminals = new HashSet<>();
  private final KernelLog log;
  private final Console terminal;

  /** Creates the driver of a machine's log and console. */
  public ConsoleDriver(KernelLog log, Console terminal) {
    this.log = log;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  @Override
  public void init(DeviceContext context) throws ErrnoException {
    DeviceNumber console = new DeviceNumber(5, 1);
    context.registerRegion(
        new DeviceRegion(DeviceFile.Kind.CHARACTER, "/dev/console", console, 1, Errno.ENXIO));
    context.registerCharacterDevice("console", console, flags -> new Tty());
    for (String asked : context.parameters("console")) {
      registerTerminal(context, asked);
    }
    FileWaitQueue printed = FileWaitQueue.ofTasks("a record of the kernel's log");
    log.whenPrinted(printed::wakeAll);
    context.registerCharacterDevice(
        "kmsg", new DeviceNumber(1, 11), flags -> new Kmsg(log, printed));
  }

  /**
   * A device named by {@code console=} is the console under another name, with Linux's number for
   * it.
   */
  private void registerTerminal(DeviceContext context, String asked) throws ErrnoException {
    Matcher name = TERMINAL.matcher(asked.split(",", 2)[0]);
    DeviceNumber first = name.matches() ? NUMBERS.get(name.group("kind")) : null;
    if (first == null) {
      context.ignoreParameter(
          "console",
          asked,
          "expected one of %s and a number below %d".formatted(NUMBERS.keySet(), LINES));
      return;
    }
    int line = Integer.parseInt(Objects.requireNonNullElse(name.group("line"), "0"));
    String terminal = name.group("kind") + line;
    if (terminals.add(terminal)) {
      if (terminals.add(name.group("kind"))) {
        context.registerRegion(
            new DeviceRegion(
                DeviceFile.Kind.CHARACTER, name.group("kind"), first, LINES, Errno.ENXIO));
      }
      DeviceNumber number = new DeviceNumber(first.major(), first.minor() + line);
      context.registerCharacterDevice(terminal, number, flags -> new Tty());
    }
  }

  private long print(MemorySegment from) {
    String text = new String(from.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    text.lines().forEach(log::print);
    return from.byteSize();
  }

  private final class Tty
      implements ReadableFile, SpliceWritableFile, PollableFile, ControllableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return terminal.read(into);
    }

    @Override
    public long write(MemorySegment from, long position) {
      return terminal.show(from.toArray(ValueLayout.JAVA_BYTE)) ? from.byteSize() : print(from);
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      return terminal.ioctl(command, argument, memory);
    }

    @Override
    public Set<PollEvent> poll() {
      return terminal.poll();
    }

    @Override
    public WaitQueue queue() {
      return terminal.queue();
    }
  }
}
