package dev.nommu.kernel.proc;

import dev.nommu.api.FileNames;

/**
 * The name of a task as {@code comm} stores it: at most 15 bytes (TASK_COMM_LEN, proc_pid_comm(5)).
 *
 * @param text the name
 */
record ThreadName(String text) {
  private static final int MOST_BYTES = 15;

  static ThreadName of(ProcessInfo process) {
    String name = process.name();
    int end = name.length();
    while (FileNames.length(name.substring(0, end)) > MOST_BYTES) {
      end = name.offsetByCodePoints(end, -1);
    }
    return new ThreadName(name.substring(0, end));
  }

  /** Returns the name on one line, as {@code proc_task_name} writes it to a status file. */
  String escaped() {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
