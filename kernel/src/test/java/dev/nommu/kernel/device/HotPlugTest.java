package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.AppliedOverlay;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.PluggableDriver;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices that are plugged into a running machine, and unplugged. */
@Timeout(20)
final class HotPlugTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / { #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        bus: bus { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
          there: there@90000000 { compatible = "test,pluggable"; status = "disabled";
            reg = <0x90000000 0x2000>, <0x90002000 0x1000>; };
        };
      };
      """;

  private static final String PLUGGED =
      """
      /dts-v1/; /plugin/;
      &bus {
        plugged: plugged@91000000 { compatible = "test,pluggable";
          reg = <0x91000000 0x2000>, <0x91002000 0x1000>; };
      };
      """;

  private static final String FILE = "/dev/bus/pluggable0";

  @RegisterExtension final Machines machines = new Machines();

  private final PluggableDriver driver = new PluggableDriver();
  private Machine machine;
  private Task init;
  private TaskCalls p;

  @BeforeEach
  void boot() throws BoardException {
    machine = machines.boot(Board.parse("board", BOARD), Profile.DOCUMENT, driver);
    init = machine.init();
    p = new TaskCalls(init);
  }

  private AppliedOverlay plug(String overlay) throws Exception {
    return machine.plug(DeviceTree.parseDts(overlay, "overlay.dtso", Includes.none()));
  }

  private static void assertErrno(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class,
            failure -> assertThat(failure.errno()).as(failure.describe()).isEqualTo(errno));
  }

  private long mapMemory(int file) throws ErrnoException {
    return p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
  }

  private long mapRegisters(int file) throws ErrnoException {
    return p.map(file, PAGE, PROT_READ, MAP_SHARED, 2 * PAGE);
  }

  @Test
  void hot01_pluggedNode_isProbedAndHasItsFiles() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    assertThat(plugged.nodes())
        .containsExactly(
            new Probed(
                "/bus/plugged@91000000",
                List.of("test,pluggable"),
                new Outcome.Bound("pluggable")));
    assertThat(machine.nodes()).containsAll(plugged.nodes());
    assertThat(machine.devices()).anyMatch(device -> device.name().equals("bus/pluggable0"));
    long registers = mapRegisters(p.read(FILE));
    assertThat(init.words().load32(registers)).isEqualTo(PluggableDriver.ID);
    assertThat(p.text("/proc/iomem")).contains("91000000-91001fff : ");
  }

  @Test
  void hot01_disabledNodeThatIsEnabled_isProbed() throws Exception {
    AppliedOverlay enabled = plug("/dts-v1/; /plugin/; &there { status = \"okay\"; };");
    assertThat(driver.calls).containsExactly("probe /bus/there@90000000");
    assertThat(enabled.nodes()).singleElement().isInstanceOf(Probed.class);
    enabled.unplug();
    assertThat(machine.nodes())
        .contains(
            new Probed("/bus/there@90000000", List.of("test,pluggable"), new Outcome.Disabled()));
  }

  @Test
  void hot01_nodeThatFails_isListedAndTheMachineGoesOn() throws Exception {
    AppliedOverlay failing =
        plug(
            """
            /dts-v1/; /plugin/;
            &bus { wrong@80000000 { compatible = "test,pluggable"; reg = <0x80000000 0x1000>; }; };
            """);
    assertThat(failing.nodes())
        .singleElement()
        .satisfies(node -> assertThat(node.outcome()).isInstanceOf(Outcome.Failed.class));
    assertThat(driver.calls).endsWith("first of /bus/wrong@80000000");
    failing.unplug();
    assertThat(machine.nodes()).doesNotContainAnyElementsOf(failing.nodes());
  }

  @Test
  void hot01_overlayThatDoesNotFit_changesNothing() {
    List<Probed> before = machine.nodes();
    assertThatThrownBy(() -> plug("/dts-v1/; /plugin/; &nowhere { a; };"))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("&nowhere");
    assertThat(machine.nodes()).isEqualTo(before);
  }

  @Test
  void hot02_unpluggedNode_isClosedLastFirstAndTheDriverAtTheEnd() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    plugged.unplug();
    plugged.unplug();
    assertThat(driver.calls)
        .containsExactly(
            "probe /bus/plugged@91000000",
            "second of /bus/plugged@91000000",
            "first of /bus/plugged@91000000");
    assertThat(machine.nodes()).doesNotContainAnyElementsOf(plugged.nodes());
    machine.close();
    assertThat(driver.calls).endsWith("driver closed");
  }

  @Test
  void hot02_machineThatEnds_closesWhatIsPlugged() throws Exception {
    plug(PLUGGED);
    machine.close();
    assertThat(driver.calls)
        .endsWith(
            "second of /bus/plugged@91000000", "first of /bus/plugged@91000000", "driver closed");
  }

  @Test
  void hot02_unpluggedAndPluggedAgain_isAsBefore() throws Exception {
    for (int i = 0; i < 3; i++) {
      AppliedOverlay plugged = plug(PLUGGED);
      int file = p.read(FILE);
      assertThat(init.words().load32(mapRegisters(file))).isEqualTo(PluggableDriver.ID);
      plugged.unplug();
      init.munmap(0x9100_2000L, PAGE);
      init.close(file);
    }
    assertThat(machine.memory().bankAt(0x9100_0000L)).isEmpty();
  }

  @Test
  void hot03_newOpens_failWithEnxio() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    DeviceNumber number = init.tree().stat(FILE).special().orElseThrow();
    init.tree().create("/tmp/node", NewInode.deviceFile(0600, DeviceFile.Kind.CHARACTER, number));
    plugged.unplug();
    assertErrno(Errno.ENOENT, () -> p.read(FILE));
    assertErrno(Errno.ENXIO, () -> p.read("/tmp/node"));
  }

  @Test
  void hot04_operationsOfOpenFiles_areEnodev() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    int file = p.read(FILE);
    plugged.unplug();
    MemorySegment one = MemorySegment.ofArray(new byte[1]);
    assertErrno(Errno.ENODEV, () -> init.read(file, one));
    assertErrno(Errno.ENODEV, () -> init.pread(file, one, 0));
    assertErrno(Errno.ENODEV, () -> init.ioctl(file, 1, 0));
    assertErrno(Errno.ENODEV, () -> mapMemory(file));
    init.close(file);
    assertThat(driver.calls).endsWith("file closed");
  }

  @Test
  void hot04_taskThatWaits_isWokenWithEnodev() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    int file = p.read(FILE);
    Background<Long> reader =
        Background.waiting(
            init, PluggableDriver.WHAT, () -> init.read(file, MemorySegment.ofArray(new byte[1])));
    plugged.unplug();
    assertErrno(Errno.ENODEV, reader::result);
  }

  @Test
  void hot04_poll_tellsErrorAndHangUp() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    int file = p.read(FILE);
    PollFd polled = new PollFd(file, Set.of(PollEvent.IN));
    Background<List<Set<PollEvent>>> waiting =
        Background.waiting(
            init, "poll", () -> init.descriptors().poll(List.of(polled), Optional.empty()));
    plugged.unplug();
    assertThat(waiting.result()).containsExactly(Set.of(PollEvent.ERR, PollEvent.HUP));
    assertThat(init.descriptors().poll(List.of(polled), Optional.of(Duration.ZERO)))
        .containsExactly(Set.of(PollEvent.ERR, PollEvent.HUP));
  }

  @Test
  void hot06_plainMemory_staysUntilItIsUnmapped() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    int file = p.write(FILE);
    long memory = mapMemory(file);
    p.store(memory, "kept");
    plugged.unplug();
    init.close(file);
    assertThat(p.bytes(memory, 4)).asString().isEqualTo("kept");
    AppliedOverlay again = plug(PLUGGED);
    assertThat(again.nodes())
        .singleElement()
        .satisfies(node ->
            assertThat(node.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Failed.class,
                    failed -> assertThat(failed.reason().errno()).isEqualTo(Errno.EBUSY)));
    again.unplug();
    init.munmap(memory, PAGE);
    assertThat(machine.memory().bankAt(memory)).isEmpty();
    assertThat(plug(PLUGGED).nodes().getFirst().outcome()).isInstanceOf(Outcome.Bound.class);
  }

  @Test
  void hot07_accessToAWindow_isSigbus() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    long registers = mapRegisters(p.read(FILE));
    plugged.unplug();
    assertThatThrownBy(() -> init.words().load32(registers))
        .isInstanceOf(MemoryFault.class)
        .hasMessageContaining("the device was unplugged [HOT-07]");
    assertThat(TaskCalls.run(init, task -> task.words().load32(registers)))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGBUS));
    assertThat(TaskCalls.run(init, task -> task.words().load32(0x7000_0000L)))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void hot08_overlayThatALaterOneNeeds_isEbusy() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    AppliedOverlay later = plug("/dts-v1/; /plugin/; &plugged { more = <1>; };");
    assertErrno(Errno.EBUSY, plugged::unplug);
    init.close(p.read(FILE));
    later.unplug();
    plugged.unplug();
    assertErrno(Errno.ENOENT, () -> init.open(FILE, OpenFlags.O_RDONLY));
  }

  @Test
  void hot09_ramAndCommandLine_stayAsTheyAre() throws Exception {
    long pages = machine.freePages();
    plug(
        """
        /dts-v1/; /plugin/;
        &{/} {
          memory@a0000000 { device_type = "memory"; reg = <0xa0000000 0x100000>; };
          chosen { bootargs = "quiet"; };
        };
        """);
    assertThat(machine.freePages()).isEqualTo(pages);
    assertThat(machine.memory().bankAt(0xa000_0000L)).isEmpty();
    assertThat(p.text("/proc/cmdline")).isEqualTo("\n");
  }

  @Test
  void hot01_nodeThatStaysDisabled_isLoggedOnce() throws Exception {
    plug(PLUGGED).unplug();
    assertThat(machine.log().lines())
        .filteredOn(line -> line.contains("/bus/there@90000000: disabled"))
        .hasSize(1);
  }

  @Test
  void hot01_programThatEndsInAProbe_leavesNothingOfTheDevice() throws Exception {
    DeviceTree overlay = DeviceTree.parseDts(PLUGGED, "overlay.dtso", Includes.none());
    WaitStatus status =
        TaskCalls.run(
            init,
            task -> {
              driver.probing = () -> task.exit(3);
              machine.plug(overlay);
              return 0;
            });
    assertThat(status).isEqualTo(new WaitStatus.Exited(3));
    assertThat(driver.calls).endsWith("first of /bus/plugged@91000000");
    assertThat(machine.memory().bankAt(0x9100_0000L)).isEmpty();
    driver.probing = () -> {};
    assertThat(machine.plug(overlay).nodes().getFirst().outcome())
        .isInstanceOf(Outcome.Bound.class);
    init.close(p.read(FILE));
  }

  @Test
  void hot02_overlayOfAClosedMachine_cannotBeUnplugged() throws Exception {
    AppliedOverlay plugged = plug(PLUGGED);
    machine.close();
    List<String> calls = List.copyOf(driver.calls);
    assertThatThrownBy(plugged::unplug)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("board: the machine is closed");
    assertThat(driver.calls).isEqualTo(calls);
  }
}
