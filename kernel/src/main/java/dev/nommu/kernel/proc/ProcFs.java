package dev.nommu.kernel.proc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.vfs.Namespace;
import java.lang.ScopedValue.CallableOp;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** proc: the processes and the state of the kernel as text (proc(5)). */
public final class ProcFs {
  /** The kernel's names at the top, which no driver can take. */
  public static final Set<String> NAMES =
      Set.of(
          "buddyinfo",
          "cmdline",
          "cpuinfo",
          "devices",
          "filesystems",
          "iomem",
          "maps",
          "meminfo",
          "mounts",
          "pagetypeinfo",
          "partitions",
          "self",
          "swaps",
          "sys",
          "sysvipc",
          "version");

  private static final long MAGIC = 0x9fa0;
  private static final long FIRST_STATIC = 0xf000_0000L;
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private final Processes processes;
  private final ProcessDirectory directory;
  private final Map<String, Inode> fixed = new LinkedHashMap<>();
  private final DriverFiles ofDrivers;
  private long nextNumber = FIRST_STATIC;

  /**
   * Creates the file system.
   *
   * @param processes the existing processes
   * @param memory accesses their memory
   * @param namespace the mounts
   * @param ofDrivers returns the current files of drivers, by name
   */
  public ProcFs(
      Processes processes,
      RemoteMemory memory,
      Namespace namespace,
      Supplier<Map<String, CallableOp<String, ErrnoException>>> ofDrivers) {
    this.processes = processes;
    this.ofDrivers = new DriverFiles(ofDrivers);
    this.directory = new ProcessDirectory(memory, namespace);
    fixed.put("mounts", new PseudoLink(nextNumber++, () -> "self/mounts"));
    fixed.put("self", new PseudoLink(nextNumber++, ProcFs::self));
  }

  private static String self() throws ErrnoException {
    return CurrentProcess.get()
        .map(process -> String.valueOf(process.pid()))
        .orElseThrow(
            () -> new ErrnoException(Errno.ENOENT, "/proc/self: the caller is not a process"));
  }

  /** Adds a file at the top. */
  public void addText(String name, CallableOp<String, ErrnoException> text) {
    fixed.put(name, PseudoFile.text(nextNumber++, text));
  }

  /** Adds a file at the top that only the superuser can read. */
  public void addTextForRoot(String name, CallableOp<String, ErrnoException> text) {
    fixed.put(name, PseudoFile.textForRoot(nextNumber++, text));
  }

  /** Adds the only file of a directory at the top. */
  public void addText(String directory, String name, CallableOp<String, ErrnoException> text) {
    Map<String, Inode> files = Map.of(name, PseudoFile.text(nextNumber++, text));
    fixed.put(directory, PseudoDirectory.ofProc(nextNumber++, () -> files));
  }

  /**
   * Adds {@code sys/vm/nr_trim_pages} and the like.
   *
   * @param settings each becomes a writable file
   * @param constants the text of each read-only file by name, with dots
   */
  public void addSettings(SysctlTable settings, Map<String, String> constants) {
    Map<String, Map<String, Inode>> directories = new TreeMap<>();
    for (Sysctl setting : settings.settings()) {
      addSetting(directories, setting.name(), PseudoFile.setting(nextNumber++, setting));
    }
    new TreeMap<>(constants)
        .forEach((name, text) ->
            addSetting(directories, name, PseudoFile.bytes(nextNumber++, constant(text))));
    Map<String, Inode> top = new TreeMap<>();
    directories.forEach(
        (name, files) -> top.put(name, PseudoDirectory.ofProc(nextNumber++, () -> files)));
    fixed.put("sys", PseudoDirectory.ofProc(nextNumber++, () -> top));
  }

  private static Supplier<byte[]> constant(String text) {
    return () -> (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void addSetting(
      Map<String, Map<String, Inode>> directories, String name, Inode file) {
    int dot = name.indexOf('.');
    directories
        .computeIfAbsent(name.substring(0, dot), directory -> new TreeMap<>())
        .put(name.substring(dot + 1), file);
  }

  /** Returns the file system type. */
  public FileSystemType type() {
    return new PseudoFileSystem("proc", MAGIC, new PseudoDirectory(1, new Top()));
  }

  private final class Top implements PseudoDirectory.Names {
    @Override
    public Optional<Inode> find(String name) throws ErrnoException {
      Optional<Inode> found =
          NUMBER.matcher(name).matches()
              ? processes.find(Integer.parseInt(name)).map(directory::of)
              : Optional.ofNullable(fixed.get(name)).or(() -> ofDrivers.find(name));
      return Optional.of(PseudoDirectory.require(found, name));
    }

    @Override
    public Map<String, Inode> all() {
      Map<String, Inode> entries = new LinkedHashMap<>();
      for (ProcessInfo process : processes.all()) {
        entries.put(String.valueOf(process.pid()), directory.of(process));
      }
      entries.putAll(fixed);
      entries.putAll(ofDrivers.all());
      return entries;
    }
  }
}
