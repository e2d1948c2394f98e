package dev.nommu.kernel;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DtbWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.KernelParameters;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.device.BlockDevices;
import dev.nommu.kernel.device.ConsoleDriver;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.Hardware;
import dev.nommu.kernel.device.HostImages;
import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.device.SramDriver;
import dev.nommu.kernel.exec.BinaryFormats;
import dev.nommu.kernel.exec.Executor;
import dev.nommu.kernel.futex.Futexes;
import dev.nommu.kernel.ipc.SharedMemory;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Remapper;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.proc.DevTmpFs;
import dev.nommu.kernel.proc.ProcFs;
import dev.nommu.kernel.proc.SysFs;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.sysctl.SysctlTable;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.HostDirectories;
import dev.nommu.kernel.vfs.MountFlag;
import dev.nommu.kernel.vfs.Mounter;
import dev.nommu.kernel.vfs.Namespace;
import dev.nommu.kernel.vfs.OpenFlags;
import dev.nommu.kernel.vfs.Opener;
import dev.nommu.kernel.vfs.UnlinkedFiles;
import dev.nommu.kernel.vfs.Vfs;
import java.lang.foreign.Arena;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Boots a machine: probes the devices, makes the tree, mounts what the board says. */
final class Boot {
  private static final String ROOT_TYPE = "ramfs";
  private static final int DIRECTORY_PERMISSIONS = 0755;

  private final Board board;
  private final Profile profile;
  private final InstantSource clock;
  private final MachineClock machineClock;
  private final KernelLog log;
  private final Sanitizer sanitizer;
  private final Arena arena;
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final HostImages images;
  private final DeviceRegistry devices = new DeviceRegistry(ProcFs.NAMES);

  Boot(
      Board board,
      Profile profile,
      InstantSource clock,
      MachineClock machineClock,
      KernelLog log,
      Sanitizer sanitizer,
      Arena arena,
      PhysicalMemory memory,
      PageAllocator allocator) {
    this.board = board;
    this.profile = profile;
    this.clock = clock;
    this.machineClock = machineClock;
    this.log = log;
    this.sanitizer = sanitizer;
    this.arena = arena;
    this.images = new HostImages(arena);
    this.memory = memory;
    this.allocator = allocator;
  }

  Machine run(
      Collection<FileSystemType> types,
      Collection<DeviceDriver> drivers,
      Collection<BinaryFormat> formats)
      throws BoardException {
    requireDescribed(types, drivers);
    HostDirectories hostDirectories = new HostDirectories(board.simulation().hostDirectories());
    FileSystems fileSystems = new FileSystems(hostDirectories, memory, allocator, clock, profile);
    Shutdown shutdown = new Shutdown(fileSystems, hostDirectories, images, arena, log);
    try {
      return assemble(fileSystems, types, drivers, new BinaryFormats(formats), shutdown);
    } catch (BoardException failure) {
      shutdown.run();
      throw failure;
    } catch (ErrnoException failure) {
      shutdown.run();
      throw new BoardException(board.name() + ": boot: " + failure.describe(), failure);
    }
  }

  /** What plugins are called and want is needed before one of them can fail by itself. */
  private void requireDescribed(Collection<FileSystemType> types, Collection<DeviceDriver> drivers)
      throws BoardException {
    try {
      for (FileSystemType type : types) {
        PluginCall.ask(type, "name", type::name);
        PluginCall.ask(type, "source", type::source);
      }
      for (DeviceDriver driver : drivers) {
        PluginCall.ask(driver, "name", driver::name);
        PluginCall.ask(driver, "compatible", () -> Set.copyOf(driver.compatible()));
      }
    } catch (ErrnoException failure) {
      arena.close();
      throw new BoardException(board.name() + ": boot: " + failure.describe(), failure);
    }
  }

  private Machine assemble(
      FileSystems fileSystems,
      Collection<FileSystemType> types,
      Collection<DeviceDriver> drivers,
      BinaryFormats formats,
      Shutdown shutdown)
      throws BoardException, ErrnoException {
    for (FileSystemType type : types) {
      fileSystems.register(type);
    }
    Probing probing =
        new Probing(
            new Hardware(board, memory, allocator, devices, clock, profile, images),
            inOrder(drivers),
            log);
    probing.run();
    Namespace namespace = Mounter.root(fileSystems, ROOT_TYPE);
    Subsystems kernel = subsystems(fileSystems, new Vfs(namespace, profile, clock), formats);
    Machine machine = new Machine(board, kernel, probing, shutdown, machineClock);
    registerTypes(fileSystems, machine, kernel);
    setFromCommandLine(kernel.sysctls());
    Task init = machine.createInit(new FsContext(namespace.root(), Credentials.ROOT));
    populate(init.tree());
    openConsole(init);
    for (MountEntry entry : board.simulation().mounts()) {
      mount(init.tree(), entry, probing);
    }
    return machine;
  }

  /** By name, so that a machine is the same whatever the order of the class path. */
  private List<DeviceDriver> inOrder(Collection<DeviceDriver> drivers) throws ErrnoException {
    List<DeviceDriver> all = new ArrayList<>(drivers);
    all.sort(Comparator.comparing(DeviceDriver::name));
    all.addFirst(new SramDriver());
    all.addFirst(new ConsoleDriver(log));
    requireDistinct(all);
    return all;
  }

  private static void requireDistinct(List<DeviceDriver> drivers) throws ErrnoException {
    Map<String, DeviceDriver> byName = new HashMap<>();
    for (DeviceDriver driver : drivers) {
      DeviceDriver other = byName.putIfAbsent(driver.name(), driver);
      if (other != null) {
        throw new ErrnoException(
            Errno.EBUSY,
            "two plugins provide the driver \"%s\": %s and %s"
                .formatted(driver.name(), other.getClass().getName(), driver.getClass().getName()));
      }
    }
  }

  private Subsystems subsystems(FileSystems fileSystems, Vfs vfs, BinaryFormats formats)
      throws ErrnoException {
    MappedPages pages = new MappedPages(allocator);
    Mapper mapper = new Mapper(memory, pages, profile, log);
    Unmapper unmapper = new Unmapper(pages, profile, log);
    Opener opener = new Opener(vfs, devices, new BlockDevices(log), log);
    UnlinkedFiles unlinkedFiles = new UnlinkedFiles(fileSystems, ROOT_TYPE, opener);
    SharedMemory sharedMemory =
        new SharedMemory(unlinkedFiles, vfs, mapper, unmapper, clock, profile);
    return new Subsystems(
        profile,
        log,
        sanitizer,
        memory,
        allocator,
        pages,
        mapper,
        unmapper,
        new Remapper(memory, profile),
        fileSystems,
        devices,
        vfs,
        opener,
        new Mounter(vfs, fileSystems, devices),
        new Executor(formats, opener, mapper, memory, sanitizer, profile),
        new RemoteMemory(memory, sanitizer),
        unlinkedFiles,
        sharedMemory,
        new Futexes(memory, profile),
        sysctls(pages, sharedMemory));
  }

  private static SysctlTable sysctls(MappedPages pages, SharedMemory sharedMemory) {
    List<Sysctl> settings = new ArrayList<>(sharedMemory.control().limits().settings());
    settings.add(pages.nrTrimPages());
    return new SysctlTable(settings);
  }

  private void registerTypes(FileSystems fileSystems, Machine machine, Subsystems kernel)
      throws ErrnoException {
    ProcTexts texts = new ProcTexts(machine, kernel);
    ProcFs proc =
        new ProcFs(new ProcessList(machine), kernel.remoteMemory(), kernel.vfs().namespace());
    proc.addText("maps", texts::maps);
    proc.addText("meminfo", texts::memInfo);
    proc.addText("filesystems", texts::fileSystems);
    proc.addText("devices", texts::devices);
    proc.addText("iomem", texts::ioMemory);
    proc.addText("cmdline", texts::commandLine);
    proc.addText("buddyinfo", texts::buddyInfo);
    proc.addText("sysvipc", "shm", kernel.sharedMemory().control()::table);
    devices.procFiles().forEach(proc::addText);
    proc.addSettings(kernel.sysctls());
    fileSystems.register(proc.type());
    fileSystems.register(SysFs.type(() -> DtbWriter.write(board.tree())));
    fileSystems.register(new DevTmpFs(fileSystems.requireType(ROOT_TYPE), devices));
  }

  /** As {@code do_sysctl_args}: what cannot be set is told and does not keep from booting. */
  private void setFromCommandLine(SysctlTable sysctls) {
    KernelParameters parameters = new KernelParameters(board.commandLine());
    parameters
        .below("sysctl.")
        .forEach((name, values) -> {
          try {
            sysctls.require(name).set(values.getLast());
          } catch (ErrnoException failure) {
            log.print("bootargs: " + failure.describe());
          }
        });
  }

  private static void populate(TreeCalls tree) throws ErrnoException {
    for (String directory : List.of("/dev", "/proc", "/sys", "/mnt", "/tmp")) {
      tree.mkdir(directory, DIRECTORY_PERMISSIONS);
    }
    tree.mount("devtmpfs", "/dev", "devtmpfs", 0, "");
    tree.mount("proc", "/proc", "proc", 0, "");
    tree.mount("sysfs", "/sys", "sysfs", 0, "");
  }

  private static void openConsole(Task init) throws ErrnoException {
    int console = init.open("/dev/console", OpenFlags.O_RDWR);
    init.dup(console);
    init.dup(console);
  }

  private void mount(TreeCalls tree, MountEntry entry, Probing probing) throws BoardException {
    try {
      makeDirectories(tree, entry.target());
      List<String> options = new ArrayList<>(Arrays.asList(entry.options().split(",")));
      Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
      for (MountFlag flag : MountFlag.values()) {
        if (options.remove(flag.option())) {
          flags.add(flag);
        }
      }
      options.removeAll(List.of("rw", "defaults"));
      tree.mount(entry.source(), entry.target(), entry.type(), flags, String.join(",", options));
    } catch (ErrnoException failure) {
      throw new BoardException(
          "%s: mount of %s on %s: %s%s"
              .formatted(
                  board.name(),
                  entry.source(),
                  entry.target(),
                  failure.describe(),
                  suspects(probing)),
          failure);
    }
  }

  /** Returns which drivers failed: what is mounted may be on their devices. */
  private static String suspects(Probing probing) {
    List<String> failures = probing.failures();
    return failures.isEmpty() ? "" : " (" + String.join("; ", failures) + ")";
  }

  private static void makeDirectories(TreeCalls tree, String path) throws ErrnoException {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      makeDirectory(tree, path.substring(0, slash));
    }
    makeDirectory(tree, path);
  }

  private static void makeDirectory(TreeCalls tree, String path) throws ErrnoException {
    try {
      tree.mkdir(path, DIRECTORY_PERMISSIONS);
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.EEXIST) {
        throw failure;
      }
    }
  }
}
