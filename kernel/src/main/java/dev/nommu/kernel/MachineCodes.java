package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.parts.PluginSource;
import dev.nommu.kernel.parts.UnusablePluginException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.task.MachineCode;
import dev.nommu.kernel.task.Program;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The plugins that run a machine's machine code. Thread-safe. */
final class MachineCodes {
  private final List<MachineCode> codes;
  private final KernelLog log;

  /** Finds them on a path; logs those that are skipped. */
  MachineCodes(PluginPath path, KernelLog log) {
    this.codes = path.during(() -> find(path, log));
    this.log = log;
  }

  /**
   * Returns the program that runs an executable, from the first plugin by name that knows its
   * machine code.
   */
  Optional<Program> program(ProcessImage executed) {
    for (MachineCode each : codes) {
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

  private static List<MachineCode> find(PluginPath path, KernelLog log) {
    SortedMap<String, MachineCode> byName = new TreeMap<>();
    for (FoundPlugin<MachineCode> found : path.find(MachineCode.class)) {
      try {
        MachineCode code = new PluginSource<>(found.toString(), found).make();
        String name = PluginCall.ask(code, "name", code::name);
        if (byName.putIfAbsent(name, code) != null) {
          log.print("%s: left out: another one runs \"%s\"".formatted(found, name));
        }
      } catch (UnusablePluginException | ErrnoException unusable) {
        log.print(String.valueOf(unusable.getMessage()));
      }
    }
    return List.copyOf(byName.values());
  }
}
