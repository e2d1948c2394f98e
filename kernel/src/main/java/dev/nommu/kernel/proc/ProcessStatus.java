package dev.nommu.kernel.proc;

import dev.nommu.api.Page;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.vfs.Credentials;
import java.util.Locale;

/**
 * The text of /proc/PID/status: the fields of proc_pid_status(5) that apply here, in Linux's order.
 * Memory is reported as on no-MMU Linux ({@code task_mem}, rule PROC-11).
 */
final class ProcessStatus {
  private final StringBuilder text = new StringBuilder();

  private ProcessStatus() {}

  static String of(ProcessInfo process) {
    ProcessStatus status = new ProcessStatus();
    status.who(process);
    process.memory().ifPresent(status::memory);
    status.signals(process);
    return status.text.toString();
  }

  /**
   * Returns the text of /proc/PID/statm, in pages: the size of its regions, all of them resident;
   * text and data are not distinguished (rule PROC-12).
   */
  static String pages(ProcessInfo process) {
    long pages =
        process.memory().stream()
            .flatMap(space -> space.mappings().stream())
            .map(Vma::region)
            .mapToLong(region -> Page.count(region.end() - region.start()))
            .sum();
    return "%1$d %1$d 0 0 0 0 0\n".formatted(pages);
  }

  private void field(String name, String format, Object... values) {
    text.append(name).append(":\t").append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void who(ProcessInfo process) {
    Credentials as = process.credentials();
    field("Name", "%s", ThreadName.of(process).escaped());
    field("Umask", "%04o", 0);
    field("State", "%s", process.state().text());
    field("Tgid", "%d", process.pid());
    field("Pid", "%d", process.pid());
    field("PPid", "%d", process.parent());
    field("TracerPid", "%d", process.tracer());
    field("Uid", "%1$d\t%1$d\t%1$d\t%1$d", as.uid());
    field("Gid", "%1$d\t%1$d\t%1$d\t%1$d", as.gid());
    field("FDSize", "%d", process.descriptorSlots());
    field("Groups", " ");
  }

  private void memory(AddressSpace space) {
    boolean sharedSpace = space.users() > 1;
    long own = 0;
    long shared = 0;
    long slack = 0;
    for (Vma vma : space.mappings()) {
      Region region = vma.region();
      long size = region.end() - region.start();
      if (sharedSpace || region.shareable()) {
        shared += size;
      } else {
        own += size;
        slack = region.end() - vma.end();
      }
    }
    field("Mem", "%8d bytes", own);
    field("Slack", "%8d bytes", slack);
    field("Shared", "%8d bytes", shared);
  }

  private void signals(ProcessInfo process) {
    field("Threads", "%d", process.threads());
    field("SigPnd", "%016x", process.signals().ofLeader());
    field("ShdPnd", "%016x", process.signals().pending());
    field("SigBlk", "%016x", process.signals().blocked());
    field("SigIgn", "%016x", process.signals().ignored());
    field("SigCgt", "%016x", process.signals().caught());
  }
}
