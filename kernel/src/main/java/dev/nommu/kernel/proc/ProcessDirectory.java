package dev.nommu.kernel.proc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.vfs.Namespace;
import dev.nommu.kernel.vfs.VfsPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of {@code /proc/PID}: see proc_pid(5). */
final class ProcessDirectory {
  /** The inode numbers of a process begin at its PID times this. */
  private static final long NUMBERS_A_PROCESS = 16;

  private final RemoteMemory memory;
  private final Namespace namespace;

  ProcessDirectory(RemoteMemory memory, Namespace namespace) {
    this.memory = memory;
    this.namespace = namespace;
  }

  Inode of(ProcessInfo process) {
    long first = process.pid() * NUMBERS_A_PROCESS;
    ProcessFiles make = new ProcessFiles(process);
    Map<String, Inode> files = new LinkedHashMap<>();
    files.put("cmdline", make.text(first + 1, () -> commandLine(process)));
    files.put("comm", make.text(first + 2, () -> ThreadName.of(process).text() + "\n"));
    files.put("cwd", make.link(first + 3, () -> workingDirectory(process)));
    files.put("environ", make.inspected(first + 4, 0400, () -> environment(process)));
    files.put("exe", make.link(first + 5, () -> executable(process)));
    files.put("limits", make.text(first + 11, () -> ProcessLimits.of(process)));
    files.put("maps", make.inspected(first + 6, 0444, () -> maps(process)));
    files.put("mem", make.memory(first + 7, memory));
    files.put("mounts", make.text(first + 8, () -> MountTable.of(namespace)));
    files.put("root", make.link(first + 9, () -> root(process)));
    files.put("statm", make.text(first + 12, () -> ProcessStatus.pages(process)));
    files.put("status", make.text(first + 10, () -> ProcessStatus.of(process)));
    return PseudoDirectory.ofProc(first, () -> files);
  }

  private static Optional<ProcessImage> executed(ProcessInfo process) {
    return process.memory().flatMap(AddressSpace::executed);
  }

  /** Returns the arguments, each followed by a zero byte; none if the process executed no file. */
  private static String commandLine(ProcessInfo process) {
    return executed(process).map(ProcessImage::commandLine).orElse("");
  }

  private static String environment(ProcessInfo process) {
    return executed(process).map(ProcessImage::environment).orElse("");
  }

  private static String executable(ProcessInfo process) throws ErrnoException {
    return executed(process).map(ProcessImage::program).orElseThrow(() -> absent(process, "exe"));
  }

  private static String workingDirectory(ProcessInfo process) throws ErrnoException {
    return process
        .workingDirectory()
        .map(VfsPath::toString)
        .orElseThrow(() -> absent(process, "cwd"));
  }

  /** There is no chroot; a process that has ended has no root. */
  private static String root(ProcessInfo process) throws ErrnoException {
    return process.workingDirectory().map(of -> "/").orElseThrow(() -> absent(process, "root"));
  }

  private static ErrnoException absent(ProcessInfo process, String link) {
    return new ErrnoException(
        Errno.ENOENT, "/proc/%d/%s: the process has none".formatted(process.pid(), link));
  }

  /** Rule PROC-02; empty for a process that has ended. */
  private static String maps(ProcessInfo process) {
    return process.memory().map(AddressSpace::maps).orElse("");
  }
}
