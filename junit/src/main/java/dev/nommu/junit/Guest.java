package dev.nommu.junit;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.HostInput;
import dev.nommu.kernel.console.HostOutput;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.SyscallTracer;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.opentest4j.AssertionFailedError;

/** A program in machine code on the machine of a test; see {@link GuestProgram}. */
public final class Guest {
  private static final String DIRECTORY = "/bin";
  private static final int CANNOT_EXECUTE = 126;

  private final Machine machine;
  private final String path;

  private Guest(Machine machine, String path) {
    this.machine = machine;
    this.path = path;
  }

  /**
   * Puts a program into {@code /bin} of a machine that the test booted itself.
   *
   * @param beside the class next to which the source and its build are resources
   * @param source its name, as in {@link GuestProgram#value}
   * @throws AssertionFailedError if it does not compile, or its build was made from another source
   * @throws IOException if it does not exist, or cannot be written to the machine
   */
  public static Guest install(Machine machine, Class<?> beside, String source)
      throws IOException, InterruptedException {
    GuestBuild build = new GuestBuild(beside, source);
    GuestCompiler compiler = new GuestCompiler(GuestCompiler.COMMAND);
    String resources = System.getProperty(GuestBuild.WRITTEN);
    byte[] program =
        resources == null ? build.program(compiler) : build.write(Path.of(resources), compiler);
    return install(machine, build.name(), program);
  }

  static Guest install(Machine machine, String name, byte[] program) throws ErrnoException {
    Task init = machine.init();
    if (init.tree().list("/").stream().noneMatch(entry -> "bin".equals(entry.name()))) {
      init.tree().mkdir(DIRECTORY, 0755);
    }
    String path = DIRECTORY + "/" + name;
    int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC, 0755);
    MemorySegment contents = MemorySegment.ofArray(program);
    for (long done = 0; done < contents.byteSize(); ) {
      done += init.write(file, contents.asSlice(done));
    }
    init.close(file);
    return new Guest(machine, path);
  }

  /** Returns where the program lies on the machine, {@code "/bin/touch"}; its argument 0. */
  public String path() {
    return path;
  }

  /**
   * Runs it to its end as a child of the first process, with an empty standard input and {@code
   * PATH=/bin}. Only one run per machine at a time.
   *
   * @param arguments those behind argument 0
   * @throws ErrnoException if it cannot be executed
   * @throws InterruptedException if the test is interrupted before the program ends
   */
  public GuestRun run(String... arguments) throws ErrnoException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of(path));
    argv.addAll(List.of(arguments));
    GuestRecord record = new GuestRecord();
    SyscallTracer before = machine.programs().tracer();
    machine.programs().trace(new GuestExits(machine, record, before));
    AtomicReference<ErrnoException> refused = new AtomicReference<>();
    try {
      WaitStatus status =
          machine.init().spawn(path, task -> execute(task, argv, record, refused)).join();
      if (refused.get() != null) {
        throw refused.get();
      }
      return record.ended(status);
    } finally {
      machine.programs().trace(before);
    }
  }

  private int execute(
      Task task, List<String> argv, GuestRecord record, AtomicReference<ErrnoException> refused) {
    try {
      InputStream nothing = InputStream.nullInputStream();
      open(task, 0, "stdin", OpenFlags.O_RDONLY, new HostInput(nothing, machine.clock()));
      open(task, 1, "stdout", OpenFlags.O_WRONLY, new HostOutput(record.output(task)));
      open(task, 2, "stderr", OpenFlags.O_WRONLY, new HostOutput(record.errors()));
      task.processes().executeToRun(path, argv, List.of("PATH=" + DIRECTORY));
    } catch (ErrnoException failure) {
      refused.set(failure);
    }
    return CANNOT_EXECUTE;
  }

  private static void open(Task task, int descriptor, String name, int flags, OpenFile file)
      throws ErrnoException {
    int opened = task.unnamedFiles().open(name, file, flags);
    if (opened != descriptor) {
      task.descriptors().dup3(opened, descriptor, 0);
      task.close(opened);
    }
  }
}
