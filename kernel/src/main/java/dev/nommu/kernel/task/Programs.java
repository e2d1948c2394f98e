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
   * Registers a program to run whenever a file is executed, in place of one registered before and
   * of the file's machine code.
   *
   * @param path of the file, from the root of the tree and without symbolic links
   */
  public void register(String path, Program program) {
    programs.put(path, program);
  }

  /** Sets the tracer for the system calls of all machine code started from now on. */
  public void trace(SyscallTracer tracer) {
    this.tracer = tracer;
  }

  /** Returns the tracer of system calls. */
  public SyscallTracer tracer() {
    return tracer;
  }

  /** Sets the debugger for all machine code started from now on. */
  public void debug(Debugger debugger) {
    this.debugger = Optional.of(debugger);
  }

  /** Returns the debugger, if there is one. */
  public Optional<Debugger> debugger() {
    return debugger;
  }

  /** Returns the stack of the calling thread's machine code, innermost call first. */
  public void runsAt(Supplier<List<StackTraceElement>> where) {
    Current.runs(where);
  }

  /** Returns the program to run when a file is executed, or empty for none. */
  Optional<Program> of(ProcessImage executed) {
    Optional<Program> java = Optional.ofNullable(programs.get(executed.program()));
    return java.isPresent() ? java : machineCode.apply(executed);
  }
}
