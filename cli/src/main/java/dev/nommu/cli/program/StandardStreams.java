package dev.nommu.cli.program;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.cli.console.Console;
import dev.nommu.kernel.console.HostInput;
import dev.nommu.kernel.console.HostOutput;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;

/**
 * The standard streams of the command as those of a program: a terminal becomes the machine's
 * console, the others are files.
 *
 * @param console the streams
 * @param clock of the machine
 */
record StandardStreams(Console console, MachineClock clock) {
  private static final int STANDARD_ERROR = 2;

  /** Makes them the first three files of a task, replacing the machine's console. */
  void openIn(Task task) throws ErrnoException {
    open(task, 0, "stdin", OpenFlags.O_RDONLY, new HostInput(console.in(), clock));
    open(task, 1, "stdout", OpenFlags.O_WRONLY, new HostOutput(Console.bytes(console.out())));
    open(
        task,
        STANDARD_ERROR,
        "stderr",
        OpenFlags.O_WRONLY,
        new HostOutput(Console.bytes(console.err())));
  }

  private void open(Task task, int descriptor, String name, int flags, OpenFile file)
      throws ErrnoException {
    if (!console.terminals().contains(descriptor)) {
      int opened = task.unnamedFiles().open(name, file, flags);
      move(task, opened, descriptor);
    }
  }

  /** Without a console on the machine it may exist already. */
  private static void move(Task task, int opened, int descriptor) throws ErrnoException {
    if (opened != descriptor) {
      task.descriptors().dup3(opened, descriptor, 0);
      task.close(opened);
    }
  }
}
