package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.parts.MachineParts;
import dev.nommu.kernel.process.ProcessTable;
import dev.nommu.kernel.process.TaskGroup;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.FsStruct;
import dev.nommu.kernel.vfs.Mount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A booted no-MMU Linux. Any number of them live in one JVM and share nothing. Thread-safe.
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

  private final MachineParts parts;
  private final Subsystems kernel;
  private final Probing probing;
  private final Shutdown shutdown;
  private final ProcessTable processes = new ProcessTable();
  private final TreeMap<Integer, Task> tasks = new TreeMap<>();
  private final Programs programs = new Programs();

  Machine(MachineParts parts, Subsystems kernel, Probing probing, Shutdown shutdown) {
    this.parts = parts;
    this.kernel = kernel;
    this.probing = probing;
    this.shutdown = shutdown;
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
   * Boots a board as above, or not at all, as a test of it wants: with {@link Strictness#STRICT}
   * all that the board asks for is there.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board, Profile profile, Strictness strictness)
      throws BoardException {
    return Kernel.standard().boot(board, profile, strictness);
  }

  /**
   * Boots a board on which a sanitizer looks at what tasks do.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public static Machine boot(Board board, Profile profile, Sanitizer sanitizer)
      throws BoardException {
    return Kernel.standard().with(sanitizer).boot(board, profile);
  }

  /** Returns what the machine was built from. */
  public Board board() {
    return parts.board();
  }

  /** Returns which of two disagreeing rules holds. */
  public Profile profile() {
    return kernel.profile();
  }

  /** Returns the first process, which is there from the start. */
  public synchronized Task init() {
    return Objects.requireNonNull(tasks.get(INIT), "init has ended");
  }

  /** Returns the tasks that have not ended, threads of processes among them, by number. */
  public synchronized List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** Returns an address space without mappings and with a heap of no size (rule BRK-02). */
  AddressSpace newAddressSpace() {
    long brk = kernel.memory().ram().start();
    return new AddressSpace(brk, brk);
  }

  /** Makes the first process, which is driven from outside. */
  Task createInit(FsContext context) {
    TaskGroup first = processes.first();
    Belongings its = new Belongings(newAddressSpace(), new FileTable(), new FsStruct(context));
    return create("init", first.pid(), first, its, Optional.empty());
  }

  /** Makes a task and lets its program run. */
  Task create(
      String name, int tid, TaskGroup group, Belongings belongings, Optional<Program> program) {
    Task task = new Task(tid, name, this, kernel, group, belongings, program);
    synchronized (this) {
      tasks.put(tid, task);
    }
    group.join(task.life());
    task.life().start();
    return task;
  }

  /** Lets go of what an ended task had. */
  void release(Belongings belongings, Caller by) {
    belongings.release(by, kernel.unmapper());
  }

  /** Leaves a memory map for another one. */
  void leave(Caller by) {
    Belongings.leave(by, kernel.unmapper());
  }

  /** Ends a call that held a memory map. */
  void endCall(Caller by) {
    Belongings.endCall(by, kernel.unmapper());
  }

  synchronized void ended(Task task) {
    tasks.remove(task.tid());
  }

  /** Returns the processes and what they are to each other. */
  ProcessTable processes() {
    return processes;
  }

  /** Returns the clock by which everything in the machine goes. */
  public MachineClock clock() {
    return parts.clock();
  }

  /** Returns a task by its number, unless it has ended. */
  public synchronized Optional<Task> task(int tid) {
    return Optional.ofNullable(tasks.get(tid));
  }

  /** Returns the address spaces of all processes, each once. */
  Set<AddressSpace> addressSpaces() {
    Set<AddressSpace> spaces = new LinkedHashSet<>();
    tasks().forEach(task -> spaces.add(task.addressSpace()));
    return spaces;
  }

  /** Returns what the executables of this machine do. */
  public Programs programs() {
    return programs;
  }

  /** Returns the physical address space. */
  public PhysicalMemory memory() {
    return kernel.memory();
  }

  UserMemory userMemory() {
    return kernel.memory().asUserMemory();
  }

  /** Returns what the kernel has said. */
  public KernelLog log() {
    return kernel.log();
  }

  /** Returns what came of every node of the device tree, also of those without a driver. */
  public List<Probing.Probed> nodes() {
    return probing.probed();
  }

  /** Returns the devices that have a number, in the order in which they were registered. */
  public List<DeviceRegistry.Device> devices() {
    return kernel.devices().devices();
  }

  /** Returns what is mounted, in the order in which it was mounted, the root first. */
  public List<Mount> mounts() {
    return kernel.vfs().namespace().mounts();
  }

  /** Returns the regions of all processes by ascending address: /proc/maps (rule PROC-01). */
  public List<Region> regions() {
    Set<Region> regions = new LinkedHashSet<>();
    for (AddressSpace space : addressSpaces()) {
      space.mappings().stream().map(Vma::region).forEach(regions::add);
    }
    List<Region> sorted = new ArrayList<>(regions);
    sorted.sort(Comparator.comparingLong(Region::start).thenComparingLong(Region::end));
    return sorted;
  }

  /**
   * Returns a setting of the running kernel.
   *
   * @param name with dots, such as {@code "vm.nr_trim_pages"}
   * @throws ErrnoException ENOENT if there is none of this name
   */
  public Sysctl sysctl(String name) throws ErrnoException {
    return kernel.sysctls().require(name);
  }

  /** Returns how many pages copies and anonymous mappings hold, slack included: MmapCopy. */
  public long mappedCopyPages() {
    return kernel.pages().pages();
  }

  /** Returns how many pages of RAM are free. */
  public long freePages() {
    return kernel.allocator().freePages();
  }

  /**
   * Checks the machine's bookkeeping: page counts, users of regions, no overlap. To be asked while
   * no call is under way.
   *
   * @return what is wrong, one sentence each; empty if the machine is sound
   */
  public List<String> check() {
    return new SelfCheck(this, kernel, probing).run();
  }

  /** Ends all processes, closes all file systems and gives the memory back to the host. */
  @Override
  public void close() {
    shutdown.run();
  }
}
