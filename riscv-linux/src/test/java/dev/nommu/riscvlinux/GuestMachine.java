package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A machine on which programs run. Its bookkeeping is checked after each test. */
final class GuestMachine implements BeforeEachCallback, AfterEachCallback {
  private static final String OUTPUT = "/tmp/output";
  private static final String BOARD =
      """
      /dts-v1/;
      / { #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x2000000>; };
        fb@88000000 { compatible = "simple-framebuffer"; reg = <0x88000000 0x4000>;
          width = <64>; height = <64>; stride = <256>; format = "a8r8g8b8"; };
      };
      """;

  private final Kernel kernel;
  private @Nullable Machine machine;

  /** Boots machines on which nothing observes loads and stores. */
  GuestMachine() {
    this(Kernel.standard());
  }

  /** Boots machines whose loads and stores a sanitizer observes. */
  GuestMachine(Sanitizer sanitizer) {
    this(Kernel.standard().with(sanitizer));
  }

  /** Boots machines with a kernel. */
  GuestMachine(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Returns the output of a program that runs alone on a new machine. */
  static Run runAlone(Kernel kernel, String program) throws Exception {
    GuestMachine alone = new GuestMachine(kernel);
    alone.boot();
    try {
      return alone.run(program);
    } finally {
      alone.switchOff();
    }
  }

  /** How a program ended, and its output. */
  record Run(WaitStatus status, String output) {}

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    boot();
  }

  private void boot() throws IOException {
    machine = kernel.boot(Board.parse("board", BOARD), Profile.LINUX_6_12);
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    switchOff();
  }

  /** A program may still be exiting when its test is over. */
  private void switchOff() throws InterruptedException {
    machine().powerOff();
    assertThat(machine().check()).isEmpty();
    machine().close();
  }

  Machine machine() {
    return Objects.requireNonNull(machine, "booted before each test");
  }

  /** Puts a program into /bin. */
  String install(String name) throws IOException {
    Task init = machine().init();
    try (InputStream elf =
        Objects.requireNonNull(GuestMachine.class.getResourceAsStream(name + ".elf"))) {
      String path = "/bin/" + name;
      if (init.tree().list("/").stream().noneMatch(entry -> entry.name().equals("bin"))) {
        init.tree().mkdir("/bin", 0755);
      }
      int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, 0755);
      init.write(file, MemorySegment.ofArray(elf.readAllBytes()));
      init.close(file);
      return path;
    }
  }

  /** Starts a program. */
  Task start(String name, List<String> arguments, List<String> environment) throws IOException {
    String path = install(name);
    return machine()
        .init()
        .spawn(
            name,
            task -> {
              int output = task.open(OUTPUT, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
              task.descriptors().dup3(output, 1, 0);
              task.descriptors().dup3(output, 2, 0);
              if (output > 2) {
                task.close(output);
              }
              task.processes().execve(path, arguments, environment);
              return 127;
            });
  }

  /** Starts a program without further arguments. */
  Task start(String name) throws IOException {
    return start(name, List.of("/bin/" + name), List.of());
  }

  /** Starts a program that reads from an open file of the first process. */
  Task startReading(String name, int input) throws IOException {
    String path = install(name);
    machine().init().close(output(OpenFlags.O_CREAT));
    return machine()
        .init()
        .spawn(
            name,
            task -> {
              task.descriptors().dup3(task.open(OUTPUT, OpenFlags.O_RDWR), 1, 0);
              task.descriptors().dup3(input, 0, 0);
              task.processes().execve(path, List.of(path), List.of());
              return 127;
            });
  }

  /** Runs a program to its end. */
  Run run(String name, List<String> arguments, List<String> environment) throws Exception {
    WaitStatus status = start(name, arguments, environment).join();
    return new Run(status, output());
  }

  /** Runs a program without further arguments. */
  Run run(String name) throws Exception {
    return run(name, List.of("/bin/" + name), List.of());
  }

  private int output(int flags) throws ErrnoException {
    return machine().init().open(OUTPUT, OpenFlags.O_RDONLY | flags, 0644);
  }

  /** Returns the output of programs. */
  String output() throws ErrnoException {
    Task init = machine().init();
    int file = output(0);
    byte[] text = new byte[1 << 16];
    long length = init.read(file, MemorySegment.ofArray(text));
    init.close(file);
    return new String(text, 0, (int) length, StandardCharsets.UTF_8);
  }
}
