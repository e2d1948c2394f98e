package dev.nommu.kernel.task;

import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.wait.Current;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Java programs behind the executables of a machine. Thread-safe. */
public final class Programs {
  private final Map<String, Program> programs = new ConcurrentHashMap<>();
  private final Function<ProcessImage, Optional<Program>> machineCode;
  private volatile SyscallTracer tracer = SyscallTracer.NONE;
  private volatile Optional<Debugger> debugger = Optional.empty();

  Programs(Function<ProcessImage, Optional<Program>> machineCode) {
    this.machineCode = machineCode;
  }

  /**
   * Lets a program run wherever a file is executed, in the place of the one registered before, and
   * of the file's machine code.
   *
   * @param path of the file, from the root of the tree and without symbolic links
   */
  public void register(String path, Program program) {
    programs.put(path, program);
  }

  /** Lets a tracer hear of the system calls of all machine code that begins to run from now on. */
  public void trace(SyscallTracer tracer) {
    this.tracer = tracer;
  }

  /** Returns who hears of system calls. */
  public SyscallTracer tracer() {
    return tracer;
  }

  /** Lets a debugger decide over all machine code that begins to run from now on. */
  public void debug(Debugger debugger) {
    this.debugger = Optional.of(debugger);
  }

  /** Returns the debugger that decides over machine code, if there is one. */
  public Optional<Debugger> debugger() {
    return debugger;
  }

  /** Says where the machine code of the calling thread is, innermost call first. */
  public void runsAt(Supplier<List<StackTraceElement>> where) {
    Current.runs(where);
  }

  /** Returns what runs when a file was executed, or empty for nothing. */
  Optional<Program> of(ProcessImage executed) {
    Optional<Program> java = Optional.ofNullable(programs.get(executed.program()));
    return java.isPresent() ? java : machineCode.apply(executed);
  }
}
