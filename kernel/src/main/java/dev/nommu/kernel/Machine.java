package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.console.Console;
import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.device.StoreNodes;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.fs.StoreNode;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.FreeBlock;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.pages.PageOwners;
import dev.nommu.kernel.parts.MachineParts;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.task.Programs;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TaskTable;
import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A booted no-MMU Linux. Any number of machines can run in one JVM; they share nothing.
 * Thread-safe. Once it is closed its methods throw {@link IllegalStateException}, except {@link
 * #board}, {@link #profile}, {@link #clock} and {@link #log}.
 *
 * {@snippet :
 * try (Machine machine = Machine.boot(Board.read(Path.of("boards/oracle.dts")))) {
 *   Task task = machine.init();
 *   int file = task.open("/m/romfs_rom/big.bin", OpenFlags.O_RDONLY);
 *   long address =
 *       task.mmap(0, 8192, MmapArguments.PROT_READ, MmapArguments.MAP_PRIVATE, file, 0);
 * }
 * }
 */
public final class Machine implements AutoCloseable {
  private static final int INIT = 1;

  /** How long to wait for programs and plugins that do not return, in host time. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private final MachineParts parts;
  private final Subsystems kernel;
  private final TaskTable tasks;
  private final KernelParameters parameters;
  private final Probing probing;
  private final HotPlug hotPlug;
  private final Closer closer;
  private final InitProgram program;

  Machine(
      MachineParts parts,
      KernelParameters parameters,
      Subsystems kernel,
      TaskTable tasks,
      Probing probing,
      Shutdown shutdown,
      InitProgram program) {
    this.program = program;
    this.parts = parts;
    this.parameters = parameters;
    this.kernel = kernel;
    this.tasks = tasks;
    this.probing = probing;
    this.hotPlug =
        new HotPlug(
            parts.board(), probing, new DeviceNodes(kernel.devices(), kernel.vfs(), kernel.log()));
    this.closer = new Closer(tasks, shutdown, parts.clock(), kernel.log());
  }

  /**
   * Boots a board under the profile {@link Profile#DOCUMENT}.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board) throws BoardException {
    return Kernel.standard().boot(board);
  }

  /**
   * Boots a board with the plugins on the module path and the class path.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board, Profile profile) throws BoardException {
    return Kernel.standard().boot(board, profile);
  }

  /**
   * Boots a board as above; with {@link Strictness#STRICT}, for tests, fails unless everything that
   * the board asks for is present.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board, Profile profile, Strictness strictness)
      throws BoardException {
    return Kernel.standard().boot(board, profile, strictness);
  }

  /**
   * Boots a board with a sanitizer that checks what tasks do.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board, Profile profile, Sanitizer sanitizer)
      throws BoardException {
    return Kernel.standard().with(sanitizer).boot(board, profile);
  }

  /** Returns the board the machine was built from. */
  public Board board() {
    return parts.board();
  }

  /** Returns the kernel command-line parameters that nothing on this machine uses, in order. */
  public List<String> unheededBootArguments() {
    return open().parameters.withoutEffect();
  }

  /** Returns the profile, which decides between conflicting rules. */
  public Profile profile() {
    return kernel.profile();
  }

  /**
   * Returns the first process, which exists from boot.
   *
   * @throws IllegalStateException if it has ended, or the machine is closed
   */
  public Task init() {
    return open()
        .tasks
        .find(INIT)
        .orElseThrow(() -> new IllegalStateException(board().name() + ": init (task 1) has ended"));
  }

  /**
   * Starts the program of the first process: {@code init=}, or the first of {@code /sbin/init},
   * {@code /etc/init}, {@code /bin/init} and {@code /bin/sh} that can be executed, preceded by
   * {@code /init} where no root was mounted (rule BOARD-12). Its standard streams are {@code
   * /dev/console}. If there is none it exits with 127, and the log gives the reason.
   *
   * @return the first process
   * @throws IllegalStateException if it runs a program already, or has ended
   */
  public Task startInit() {
    Task init = init();
    try {
      init.processes().begin(program);
      return init;
    } catch (ErrnoException refused) {
      throw new IllegalStateException(refused.describe(), refused);
    }
  }

  /** Returns the live tasks, threads included, by number. */
  public List<Task> tasks() {
    return open().tasks.tasks();
  }

  /**
   * Ends all processes, as {@code reboot} does, and waits until none of them is in a call. No more
   * can be created; the machine must still be closed.
   */
  public void powerOff() throws InterruptedException {
    open().tasks.close().forEach(Member::doomed);
    tasks.awaitQuiet();
  }

  /**
   * Returns whether a program has powered it off, as {@code reboot} does; it must still be closed.
   */
  public boolean isPoweredOff() {
    return open().tasks.isClosed();
  }

  /** Returns whether it was closed, even if the shutdown is still in progress. */
  public boolean isClosed() {
    return closer.hasBegun();
  }

  /** Returns the owners of pages of RAM. */
  PageOwners owners() {
    return open().parts.owners();
  }

  private Machine open() {
    if (isClosed()) {
      throw new IllegalStateException(board().name() + ": the machine is closed");
    }
    return this;
  }

  /** Returns the machine's clock. */
  public MachineClock clock() {
    return parts.clock();
  }

  /** Returns the console, whose input is read from {@code /dev/console}. */
  public Console console() {
    return open().parts.console();
  }

  /** Returns a live task by its number. */
  public Optional<Task> task(int tid) {
    return open().tasks.find(tid);
  }

  /** Returns the programs behind this machine's executables. */
  public Programs programs() {
    return open().tasks.programs();
  }

  /** Returns the physical address space. */
  public PhysicalMemory memory() {
    return open().kernel.memory();
  }

  /** Returns the kernel log. */
  public KernelLog log() {
    return kernel.log();
  }

  /**
   * Returns the outcome of probing every node of the device tree, including nodes without a driver.
   */
  public List<Probed> nodes() {
    return open().probing.probed();
  }

  /**
   * Applies an overlay to the tree of the running machine, as {@code of_overlay_fdt_apply}: devices
   * are plugged in, or enabled (rule HOT-01). A device that cannot be set up is listed with the
   * reason, and the machine goes on.
   *
   * @param overlay as read by {@link dev.nommu.kernel.board.BootLoader#readOverlay}; relative file
   *     names in its {@code /nommu} are resolved against the board's directory
   * @return the applied overlay, which can be removed again
   * @throws BoardException if the overlay does not fit the tree; then nothing has changed
   */
  public AppliedOverlay plug(DeviceTree overlay) throws BoardException {
    return open().hotPlug.plug(overlay);
  }

  /** Returns the devices that have a number, in order of registration. */
  public List<DeviceNode> devices() {
    return List.copyOf(open().kernel.devices().devices());
  }

  /** Returns the block devices with their backing stores, in order of registration. */
  public List<StoreNode> stores() {
    return StoreNodes.of(open().kernel.devices());
  }

  /** Returns what is mounted, in the order in which it was mounted, the root first. */
  public List<MountPoint> mounts() {
    return List.copyOf(open().kernel.vfs().namespace().mounts());
  }

  /** Returns the regions of all processes by ascending address: /proc/maps (rule PROC-01). */
  public List<MappedRegion> regions() {
    return List.copyOf(open().tasks.regions());
  }

  /**
   * Returns a setting of the running kernel.
   *
   * @param name with dots, such as {@code "vm.nr_trim_pages"}
   * @throws ErrnoException ENOENT if there is none of this name
   */
  public Sysctl sysctl(String name) throws ErrnoException {
    return open().kernel.sysctls().require(name);
  }

  /** Returns the number of pages in copies and anonymous mappings, slack included: MmapCopy. */
  public long mappedCopyPages() {
    return open().kernel.pages().pages();
  }

  /** Returns the number of free pages of RAM. */
  public long freePages() {
    return open().kernel.allocator().freePages();
  }

  /** Returns the number of free blocks of each order, order 0 first. */
  public List<Integer> freeBlocks() {
    return open().kernel.allocator().freeBlocks();
  }

  /** Returns a snapshot of the free blocks by ascending address. */
  public List<FreeBlock> freeLayout() {
    return open().kernel.allocator().layout();
  }

  /**
   * Checks the machine's bookkeeping: page counts, users of regions, no overlap. Call it only while
   * no system call is in progress.
   *
   * @return the faults found, one sentence each; empty if the machine is sound
   */
  public List<String> check() {
    return new SelfCheck(open().tasks, kernel, probing).run();
  }

  /**
   * Ends all processes, closes all file systems and returns the memory to the host. If programs or
   * plugins do not return within four seconds, the log names their threads and where they are; the
   * shutdown completes when they return. A later call waits for that.
   */
  @Override
  public void close() {
    close(PATIENCE);
  }

  /**
   * Closes the machine as {@link #close()}.
   *
   * @param patience the longest time to wait; programs are interrupted after half of it
   */
  public void close(Duration patience) {
    closer.close(patience);
  }
}
