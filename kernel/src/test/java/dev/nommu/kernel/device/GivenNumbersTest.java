package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers of devices, and of instances in their names, allocated by the kernel. */
final class GivenNumbersTest {
  private static final CharacterDevice DEVICE = mode -> new OpenFile() {};

  @RegisterExtension final Machines machines = new Machines();

  private interface Action {
    void in(DeviceContext context) throws ErrnoException;
  }

  /** Does the same for every node {@code test,NAME} and in {@code init}. */
  private record Driver(String name, Action probing, Action initialising) implements DeviceDriver {
    static Driver probing(String name, Action action) {
      return new Driver(name, action, context -> {});
    }

    static Driver initialising(String name, Action action) {
      return new Driver(name, context -> {}, action);
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test," + name);
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      probing.in(context);
      if (node.has("broken")) {
        throw new ErrnoException(Errno.EIO, "it is broken");
      }
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      initialising.in(context);
    }
  }

  private Machine boot(TestBoard board, Driver... drivers) {
    return machines.boot(board.build(), Profile.DOCUMENT, (Object[]) drivers);
  }

  private Machine boot(Driver... drivers) {
    return boot(TestBoard.withMebibytes(8), drivers);
  }

  private static TestBoard nodes(String... nodes) {
    TestBoard board = TestBoard.withMebibytes(8);
    for (String node : nodes) {
      board.node(node);
    }
    return board;
  }

  private static List<String> devices(Machine machine, String driver) {
    return machine.devices().stream()
        .filter(device -> device.driver().equals(driver))
        .map(device -> device.name() + " " + device.number())
        .toList();
  }

  private static String number(int major, int minor) {
    return new DeviceNumber(major, minor).toString();
  }

  private static String failure(Machine machine, String driver) {
    return machine.nodes().stream()
        .filter(probed ->
            probed.outcome() instanceof Outcome.Failed(String name, var _) && name.equals(driver))
        .map(probed -> ((Outcome.Failed) probed.outcome()).reason().describe())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nodesOfOneDriver_haveOneMajorAndMinorsAndNamesInTurn() throws Exception {
    List<String> names = new ArrayList<>();
    Machine machine =
        boot(
            nodes("s0 { compatible = \"test,s\"; };", "s1 { compatible = \"test,s\"; };"),
            Driver.probing(
                "s", context -> names.add(context.registerCharacterDevice("sensor%d", DEVICE))));
    assertThat(names).containsExactly("sensor0", "sensor1");
    assertThat(devices(machine, "s"))
        .containsExactly("sensor0 " + number(254, 0), "sensor1 " + number(254, 1));
    assertThat(new TaskCalls(machine.init()).text("/proc/devices")).contains("\n254 s\n");
    new TaskCalls(machine.init()).read("/dev/sensor1");
  }

  @Test
  void deviceOfAProbeThatFails_givesItsNumberAndNameBack() {
    Machine machine =
        boot(
            nodes("s0 { compatible = \"test,s\"; broken; };", "s1 { compatible = \"test,s\"; };"),
            Driver.probing("s", context -> context.registerCharacterDevice("sensor%d", DEVICE)));
    assertThat(devices(machine, "s")).containsExactly("sensor0 " + number(254, 0));
  }

  @Test
  void majorsAreGivenOutDownwards_pastThoseThatAreTaken() {
    Machine machine =
        boot(
            Driver.initialising(
                "a",
                context -> {
                  context.registerRegion(
                      DeviceRegion.ofMajor(DeviceFile.Kind.CHARACTER, "mine", 253, Errno.ENXIO));
                  context.registerCharacterDevice("one", new DeviceNumber(252, 9), DEVICE);
                  context.registerCharacterDevice("first", DEVICE);
                }),
            Driver.initialising("b", context -> context.registerCharacterDevice("second", DEVICE)));
    assertThat(devices(machine, "a")).contains("first " + number(254, 0));
    assertThat(devices(machine, "b")).containsExactly("second " + number(251, 0));
  }

  @Test
  void charactersBelow234_areGivenOutFrom511_untilNoneIsFree() {
    List<Integer> majors = new ArrayList<>();
    Machine machine =
        boot(
            Driver.initialising(
                "greedy",
                context -> {
                  while (true) {
                    majors.add(
                        context
                            .allocateRegion(DeviceFile.Kind.CHARACTER, "greedy", 1)
                            .first()
                            .major());
                  }
                }));
    assertThat(majors)
        .containsExactlyElementsOf(
            IntStream.concat(
                    IntStream.rangeClosed(234, 254).map(major -> 488 - major),
                    IntStream.rangeClosed(384, 511).map(major -> 895 - major))
                .boxed()
                .toList());
    assertThat(failure(machine, "greedy")).contains("EBUSY", "CHARACTER");
  }

  @Test
  void majorsOfBlockDevices_areOthers_amongThemThatOfVirtio() throws Exception {
    BlockDevice disk = BlockDevice.of(MemorySegment.ofArray(new byte[512]), 0);
    Machine machine =
        boot(
            Driver.initialising(
                "d",
                context -> {
                  context.registerBlockDevice("disk%d", disk);
                  context.registerCharacterDevice("control%d", DEVICE);
                }));
    assertThat(devices(machine, "d"))
        .containsExactly("disk0 " + number(254, 0), "control0 " + number(254, 0));
    assertThat(new TaskCalls(machine.init()).text("/proc/devices"))
        .contains("Block devices:", "\n253 virtblk\n254 d\n");
  }

  @Test
  void regionThatIsGivenOut_isListedAndItsNumbersWithoutDevicesAreEnxio() throws Exception {
    Machine machine =
        boot(
            Driver.initialising(
                "d",
                context -> {
                  DeviceRegion cards =
                      context.allocateRegion(DeviceFile.Kind.CHARACTER, "cards", 8);
                  DeviceNumber third = new DeviceNumber(cards.first().major(), 3);
                  context.registerCharacterDevice("card3", third, DEVICE);
                }));
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.text("/proc/devices")).contains("\n254 cards\n");
    p.read("/dev/card3");
    p.task()
        .tree()
        .create(
            "/tmp/card4",
            NewInode.deviceFile(0600, DeviceFile.Kind.CHARACTER, new DeviceNumber(254, 4)));
    assertErrno(Errno.ENXIO, () -> p.read("/tmp/card4"));
  }

  @Test
  void nameThatIsTaken_isPassedOverWithANumberAndRefusedWithoutOne() {
    Machine machine =
        boot(
            Driver.initialising(
                "a",
                context ->
                    context.registerCharacterDevice("card0", new DeviceNumber(200, 0), DEVICE)),
            Driver.initialising("b", context -> context.registerCharacterDevice("card%d", DEVICE)),
            Driver.initialising("c", context -> context.registerCharacterDevice("card0", DEVICE)),
            Driver.initialising("d", context -> context.registerCharacterDevice("../%d", DEVICE)));
    assertThat(devices(machine, "b")).containsExactly("card1 " + number(254, 0));
    assertThat(failure(machine, "c")).contains("EBUSY", "card0");
    assertThat(failure(machine, "d")).contains("EINVAL", "../0");
  }
}
