package dev.nommu.kernel.proc;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of /proc/PID/limits (proc_pid_limits(5), rule PROC-13): the limits of Linux's first
 * process. Only the limit on descriptors takes effect here.
 *
 * @param what the name of the limit
 * @param soft the soft limit
 * @param hard the hard limit
 * @param unit the unit, or empty
 */
record ProcessLimits(String what, String soft, String hard, String unit) {
  private static final String UNLIMITED = "unlimited";
  private static final String LOCKED_BYTES = "8388608";
  private static final String HARD_DESCRIPTORS = "4096";

  static String of(ProcessInfo process) {
    String descriptors = String.valueOf(process.descriptorLimit());
    List<ProcessLimits> lines =
        List.of(
            new ProcessLimits("Limit", "Soft Limit", "Hard Limit", "Units"),
            unlimited("cpu time", "seconds"),
            unlimited("file size", "bytes"),
            unlimited("data size", "bytes"),
            new ProcessLimits("Max stack size", "8388608", UNLIMITED, "bytes"),
            new ProcessLimits("Max core file size", "0", UNLIMITED, "bytes"),
            unlimited("resident set", "bytes"),
            unlimited("processes", "processes"),
            new ProcessLimits("Max open files", descriptors, HARD_DESCRIPTORS, "files"),
            new ProcessLimits("Max locked memory", LOCKED_BYTES, LOCKED_BYTES, "bytes"),
            unlimited("address space", "bytes"),
            unlimited("file locks", "locks"),
            unlimited("pending signals", "signals"),
            new ProcessLimits("Max msgqueue size", "819200", "819200", "bytes"),
            new ProcessLimits("Max nice priority", "0", "0", ""),
            new ProcessLimits("Max realtime priority", "0", "0", ""),
            unlimited("realtime timeout", "us"));
    return lines.stream().map(ProcessLimits::line).collect(Collectors.joining());
  }

  private static ProcessLimits unlimited(String what, String unit) {
    return new ProcessLimits("Max " + what, UNLIMITED, UNLIMITED, unit);
  }

  private String line() {
    String units = unit.isEmpty() ? "" : "%-10s".formatted(unit);
    return "%-25s %-20s %-20s %s\n".formatted(what, soft, hard, units);
  }
}
