package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.SymbolicLink;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.sysctl.SysctlTable;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** proc: the processes and the state of the kernel as text. */
public final class ProcFs {
  private static final long MAGIC = 0x9fa0;
  private static final long FIRST_STATIC = 0xf000_0000L;

  /** Inode numbers of a process begin at its number times this. */
  private static final long NUMBERS_A_PROCESS = 16;

  private final Supplier<Collection<? extends ProcessInfo>> processes;
  private final Map<String, Inode> fixed = new LinkedHashMap<>();
  private long nextNumber = FIRST_STATIC;

  /**
   * Creates the file system.
   *
   * @param processes the processes there are at the moment
   */
  public ProcFs(Supplier<Collection<? extends ProcessInfo>> processes) {
    this.processes = processes;
    fixed.put("self", new Self(nextNumber++));
  }

  /** Adds a file at the top. */
  public void addText(String name, Supplier<String> text) {
    fixed.put(name, PseudoFile.text(nextNumber++, text));
  }

  /** Adds the only file of a directory at the top. */
  public void addText(String directory, String name, Supplier<String> text) {
    Map<String, Inode> files = Map.of(name, PseudoFile.text(nextNumber++, text));
    fixed.put(directory, new PseudoDirectory(nextNumber++, () -> files));
  }

  /** Adds {@code sys/vm/nr_trim_pages} and the like: a file for each setting. */
  public void addSettings(SysctlTable settings) {
    Map<String, Map<String, Inode>> directories = new TreeMap<>();
    for (Sysctl setting : settings.settings()) {
      int dot = setting.name().indexOf('.');
      directories
          .computeIfAbsent(setting.name().substring(0, dot), directory -> new TreeMap<>())
          .put(setting.name().substring(dot + 1), PseudoFile.setting(nextNumber++, setting));
    }
    Map<String, Inode> top = new TreeMap<>();
    directories.forEach(
        (name, files) -> top.put(name, new PseudoDirectory(nextNumber++, () -> files)));
    fixed.put("sys", new PseudoDirectory(nextNumber++, () -> top));
  }

  /** Returns the type under which it is mounted. */
  public FileSystemType type() {
    return new PseudoFileSystem("proc", MAGIC, new PseudoDirectory(1, this::top));
  }

  private Map<String, Inode> top() {
    Map<String, Inode> entries = new LinkedHashMap<>();
    for (ProcessInfo process : processes.get()) {
      entries.put(String.valueOf(process.pid()), directory(process));
    }
    entries.putAll(fixed);
    return entries;
  }

  private static Inode directory(ProcessInfo process) {
    long first = process.pid() * NUMBERS_A_PROCESS;
    Map<String, Inode> files = new LinkedHashMap<>();
    files.put("maps", PseudoFile.unmappable(first + 1, () -> maps(process)));
    files.put("status", PseudoFile.unmappable(first + 3, () -> ProcessStatus.of(process)));
    files.put("comm", PseudoFile.unmappable(first + 2, () -> process.name() + "\n"));
    return new PseudoDirectory(first, () -> files);
  }

  /** Rule PROC-02. */
  private static String maps(ProcessInfo process) {
    return process.addressSpace().mappings().stream()
        .map(Vma::toString)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private record Self(long number) implements SymbolicLink {
    @Override
    public String target() throws ErrnoException {
      return CurrentProcess.pid()
          .map(String::valueOf)
          .orElseThrow(() -> new ErrnoException(Errno.ENOENT, "/proc/self: of no process"));
    }

    @Override
    public Attributes attributes() {
      return new Attributes(0777, 0, 0, 1, 0, 0, Instant.EPOCH);
    }
  }
}
