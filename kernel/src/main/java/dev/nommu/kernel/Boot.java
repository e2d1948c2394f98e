package dev.nommu.kernel;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DtbWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.MainMemory;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.Driver;
import dev.nommu.kernel.device.Hardware;
import dev.nommu.kernel.device.HostImages;
import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.exec.BinaryFormats;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.mm.ArenaMappings;
import dev.nommu.kernel.pages.HostMemory;
import dev.nommu.kernel.pages.PageOwners;
import dev.nommu.kernel.parts.FileParts;
import dev.nommu.kernel.parts.MachineParts;
import dev.nommu.kernel.parts.MachinePlugins;
import dev.nommu.kernel.parts.Parts;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.proc.DevTmpFs;
import dev.nommu.kernel.proc.ProcFs;
import dev.nommu.kernel.proc.Processors;
import dev.nommu.kernel.proc.SysFs;
import dev.nommu.kernel.proc.SysctlTable;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.task.ProcessList;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TaskTable;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FileSystems;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.HostDirectories;
import dev.nommu.kernel.vfs.RegisteredType;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Boots one machine: creates its parts and plugins, probes the devices, builds the tree. */
final class Boot {
  private final Parts parts;
  private final Board board;
  private final Profile profile;
  private final Strictness strictness;

  Boot(Parts parts, Board board, Profile profile, Strictness strictness) {
    this.parts = parts;
    this.board = board;
    this.profile = profile;
    this.strictness = strictness;
  }

  /**
   * Returns the booted machine.
   *
   * @throws BoardException if it cannot boot; nothing of the machine remains
   */
  Machine run() throws BoardException {
    KernelLog log;
    try {
      log = parts.log().get();
    } catch (RuntimeException | Error fault) {
      throw failed(fault);
    }
    Shutdown shutdown = new Shutdown(log);
    try {
      return make(log, shutdown);
    } catch (ErrnoException | BoardException | RuntimeException | Error failure) {
      throw givenBack(failed(failure), shutdown);
    }
  }

  private BoardException failed(Throwable failure) {
    return switch (failure) {
      case BoardException itself -> itself;
      case ErrnoException call ->
          new BoardException(board.name() + ": boot: " + call.describe(), call);
      default -> new BoardException(board.name() + ": boot: " + failure, failure);
    };
  }

  /**
   * Returns the failure, with the threads that prevent the machine from releasing its resources.
   */
  private static BoardException givenBack(BoardException failure, Shutdown shutdown) {
    List<String> stragglers = shutdown.run(Machine.PATIENCE);
    return stragglers.isEmpty()
        ? failure
        : new BoardException(failure.getMessage() + Missing.details(stragglers), failure);
  }

  private Machine make(KernelLog log, Shutdown shutdown) throws BoardException, ErrnoException {
    HostMemory hostMemory = new HostMemory();
    shutdown.add(hostMemory::release);
    HostImages images = new HostImages(hostMemory.arena());
    shutdown.add(() -> images.close(log));
    HostDirectories hostDirectories =
        new HostDirectories(board.simulation().hostDirectories(), log);
    shutdown.add(hostDirectories::close);
    MachineParts made = MachineParts.make(parts, board, profile, log, hostMemory);
    FileSystems fileSystems =
        new FileSystems(hostDirectories, made.owners(), made.clock(), profile);
    return assemble(made, fileSystems, images, shutdown);
  }

  /** A skipped plugin may be the cause: names it here, as the log is lost with the machine. */
  private Machine assemble(
      MachineParts made, FileSystems fileSystems, HostImages images, Shutdown shutdown)
      throws BoardException {
    MachinePlugins plugins = plugins(made.log());
    try {
      return assemble(made, fileSystems, images, shutdown, plugins);
    } catch (ErrnoException failure) {
      throw new BoardException(
          "%s: boot: %s%s"
              .formatted(board.name(), failure.describe(), Missing.details(plugins.leftOut())),
          failure);
    }
  }

  private Machine assemble(
      MachineParts made,
      FileSystems fileSystems,
      HostImages images,
      Shutdown shutdown,
      MachinePlugins plugins)
      throws BoardException, ErrnoException {
    for (RegisteredType type : plugins.types()) {
      fileSystems.register(type);
    }
    DeviceRegistry devices = new DeviceRegistry(ProcFs.NAMES);
    KernelParameters parameters = new KernelParameters(board.commandLine());
    heedMemoryLimits(parameters);
    Probing probing = probing(made, parameters, devices, images, plugins.drivers());
    shutdown.add(probing::close);
    shutdown.add(() -> end(made.memory().windowAccesses()::end));
    shutdown.add(fileSystems::closeAll);
    shutdown.add(() -> end(made.timers()::end));
    shutdown.add(() -> end(made.alarms()::end));
    shutdown.canBeHeldUpBy(made.timers()::calling);
    shutdown.canBeHeldUpBy(made.memory().windowAccesses()::threads);
    probing.run();
    Missing missing = Missing.after(probing.probed(), plugins);
    requireComplete(missing);
    FileParts files = FileParts.of(made, fileSystems, devices);
    Subsystems kernel = Subsystems.of(made, files, new BinaryFormats(plugins.formats()));
    MachineCodes machineCode = new MachineCodes(parts.plugins().path(), made.log());
    TaskTable tasks = new TaskTable(kernel, machineCode::program);
    shutdown.add(kernel.sharedMemory()::end);
    endMappings(kernel.arenaMappings(), made.owners(), shutdown);
    shutdown.add(() -> tasks.close().forEach(Member::doomed));
    made.console().signalsGoTo(tasks::signalGroup);
    registerTypes(fileSystems, tasks, kernel);
    setFromCommandLine(parameters, kernel.sysctls(), probing);
    Task init =
        tasks.createInit(
            new FsContext(
                files.vfs().namespace().root(), Credentials.ROOT, FsContext.DEFAULT_UMASK));
    RootFileSystem root =
        new RootFileSystem(
            (reason, failures) -> withoutRoot(reason, failures, missing, probing),
            parameters,
            devices,
            plugins.sources());
    new BoardTree(
            board,
            root,
            devices,
            plugins.sources(),
            missing,
            () -> List.copyOf(files.vfs().namespace().mounts()),
            made.log())
        .make(init);
    InitProgram program = new InitProgram(parameters, root.isMounted(), made.log());
    parameters
        .unheeded()
        .forEach(each ->
            made.log().print("Unknown kernel command line parameter, handed to init: " + each));
    return new Machine(made, parameters, kernel, tasks, probing, shutdown, program);
  }

  private static void endMappings(ArenaMappings mappings, PageOwners owners, Shutdown shutdown) {
    shutdown.add(() -> end(mappings::endAll));
    shutdown.canBeHeldUpBy(() -> unmapping(mappings));
    shutdown.add(owners::retire);
  }

  private static Map<Thread, String> unmapping(ArenaMappings mappings) {
    return mappings.threads().stream()
        .collect(Collectors.toMap(Function.identity(), thread -> "which closes an arena"));
  }

  private static void end(FallibleAction<InterruptedException> end) throws InterruptedIOException {
    try {
      end.run();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("a driver may still be called");
    }
  }

  private Probing probing(
      MachineParts made,
      KernelParameters parameters,
      DeviceRegistry devices,
      HostImages images,
      List<Driver> drivers)
      throws ErrnoException {
    Hardware hardware =
        new Hardware(
            board,
            parameters,
            made.memory(),
            made.owners(),
            devices,
            made.clock(),
            profile,
            images,
            made.timers());
    DeviceDriver console = parts.console().make(made.log(), made.console());
    return new Probing(hardware, List.of(console), drivers, made.log());
  }

  private MachinePlugins plugins(KernelLog log) {
    MachinePlugins plugins = MachinePlugins.make(parts.plugins());
    plugins.leftOut().forEach(log::print);
    return plugins;
  }

  /** A tree made for a machine with other disks boots anyway. */
  private void withoutRoot(
      String reason, List<ErrnoException> failures, Missing missing, Probing probing)
      throws BoardException {
    if (strictness == Strictness.STRICT) {
      throw new BoardException(board.name() + ": " + reason + missing.asDetails(), failures);
    }
    probing.notUsed("/chosen", reason + "; the root is an empty ramfs" + missing.inShort());
  }

  private void requireComplete(Missing missing) throws BoardException {
    if (strictness == Strictness.STRICT && !missing.lines().isEmpty()) {
      throw new BoardException(
          "%s: boot: not all that the board asks for is there:%s"
              .formatted(board.name(), missing.asDetails()),
          missing.failures());
    }
  }

  private void registerTypes(FileSystems fileSystems, TaskTable tasks, Subsystems kernel)
      throws ErrnoException {
    ProcTexts texts = new ProcTexts(board, tasks, kernel);
    ProcFs proc =
        new ProcFs(
            new ProcessList(tasks),
            kernel.remoteMemory(),
            kernel.vfs().namespace(),
            kernel.devices()::procFiles);
    proc.addText("maps", texts::maps);
    proc.addText("meminfo", texts::memInfo);
    proc.addText("filesystems", texts::fileSystems);
    proc.addText("devices", texts::devices);
    proc.addText("iomem", texts::ioMemory);
    proc.addText("cmdline", texts::commandLine);
    proc.addText("cpuinfo", () -> Processors.in(board.tree()).text());
    ZoneTexts zones = new ZoneTexts(kernel);
    proc.addText("buddyinfo", zones::buddyInfo);
    proc.addTextForRoot("pagetypeinfo", zones::pageTypeInfo);
    proc.addText("partitions", texts::partitions);
    proc.addText("swaps", texts::swaps);
    proc.addText("version", texts::version);
    proc.addText("sysvipc", "shm", kernel.sharedMemory().control()::table);
    proc.addSettings(
        kernel.sysctls(),
        Map.of("kernel.ostype", ProcTexts.OS_TYPE, "kernel.osrelease", ProcTexts.OS_RELEASE));
    fileSystems.register(proc.type());
    fileSystems.register(
        SysFs.type(() -> DtbWriter.write(board.tree()), kernel.devices().classDevices()));
    fileSystems.register(
        new DevTmpFs(fileSystems.requireType(FileParts.ROOT_TYPE).plugin(), kernel.devices()));
  }

  /** Marks the values of {@code mem=} that were used when the board was read. */
  private static void heedMemoryLimits(KernelParameters parameters) {
    for (String value : parameters.values("mem")) {
      try {
        MainMemory.limit(value);
      } catch (ErrnoException malformed) {
        parameters.ignore("mem", value);
      }
    }
  }

  /** As {@code do_sysctl_args}: in order; a failure does not prevent booting. */
  private static void setFromCommandLine(
      KernelParameters parameters, SysctlTable sysctls, Probing probing) {
    parameters
        .below("sysctl.")
        .forEach((name, values) -> {
          for (String value : values) {
            try {
              sysctls.require(name).set(value);
            } catch (ErrnoException failure) {
              parameters.ignore("sysctl." + name, value);
              probing.notUsed(
                  "/chosen", "sysctl.%s=%s: %s".formatted(name, value, failure.describe()));
            }
          }
        });
  }
}
