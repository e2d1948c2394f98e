package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the executables of a machine do. Thread-safe. */
public final class Programs {
  private final Map<String, Program> programs = new ConcurrentHashMap<>();
  private final List<MachineCode> machineCode;
  private final KernelLog log;

  Programs(List<MachineCode> machineCode, KernelLog log) {
    this.machineCode = List.copyOf(machineCode);
    this.log = log;
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

  /** Returns what runs when a file was executed, or empty for nothing. */
  Optional<Program> of(ProcessImage executed) {
    Optional<Program> java = Optional.ofNullable(programs.get(executed.program()));
    return java.isPresent() ? java : ofMachineCode(executed);
  }

  private Optional<Program> ofMachineCode(ProcessImage executed) {
    for (MachineCode each : machineCode) {
      try {
        Optional<Program> program =
            PluginCall.ask(each, "program", () -> each.program(executed.image()));
        if (program.isPresent()) {
          return program;
        }
      } catch (ErrnoException fault) {
        log.print("execve of %s: %s".formatted(executed.program(), fault.getMessage()));
      }
    }
    return Optional.empty();
  }
}
