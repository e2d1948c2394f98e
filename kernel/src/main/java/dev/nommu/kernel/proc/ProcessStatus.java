package dev.nommu.kernel.proc;

import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import java.util.Locale;

/** The text of /proc/PID/status, as far as it is about memory (rule PROC-11). */
final class ProcessStatus {
  private ProcessStatus() {}

  static String of(ProcessInfo process) {
    boolean sharedSpace = process.addressSpace().users() > 1;
    long own = 0;
    long shared = 0;
    long slack = 0;
    for (Vma vma : process.addressSpace().mappings()) {
      Region region = vma.region();
      long size = region.end() - region.start();
      if (sharedSpace || region.shareable()) {
        shared += size;
      } else {
        own += size;
        slack = region.end() - vma.end();
      }
    }
    return String.format(
        Locale.ROOT,
        "Name:\t%s\nPid:\t%d\nMem:\t%8d bytes\nSlack:\t%8d bytes\nShared:\t%8d bytes\n",
        process.name(),
        process.pid(),
        own,
        slack,
        shared);
  }
}
