package dev.nommu.kernel.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What drivers register in {@code /sys/class}. */
final class ClassDirectoryTest {
  private static final Board BOARD = TestBoard.withMebibytes(8).build();

  @RegisterExtension final Machines machines = new Machines();

  /** Runs an action when the machine boots, and stores its failure. */
  private static final class Registering implements DeviceDriver {
    private final Registration registration;
    private final List<Errno> failures = new ArrayList<>();

    private interface Registration {
      void in(DeviceContext context) throws ErrnoException;
    }

    Registering(Registration registration) {
      this.registration = registration;
    }

    @Override
    public String name() {
      return "registering";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      try {
        registration.in(context);
      } catch (ErrnoException failure) {
        failures.add(failure.errno());
        throw failure;
      }
    }
  }

  private TaskCalls boot(Registering driver) {
    Machine machine = machines.boot(Machines.kernel(binder -> {}, driver), BOARD, Profile.DOCUMENT);
    return new TaskCalls(machine.init());
  }

  private static List<String> names(TaskCalls p, String directory) throws ErrnoException {
    return p.task().tree().list(directory).stream().map(DirectoryEntry::name).toList();
  }

  @Test
  void proc18_deviceOfADriver_isInItsClass() throws Exception {
    List<Integer> asked = new ArrayList<>();
    TaskCalls p =
        boot(
            new Registering(context -> {
              context.registerClassDevice("lamp", "lamp1", Map.of());
              context.registerClassDevice(
                  "lamp",
                  "lamp0",
                  Map.of(
                      "brightness",
                      () -> {
                        asked.add(1);
                        return asked.size() + "\n";
                      }));
              context.registerClassDevice("bell", "bell0", Map.of());
            }));
    assertThat(names(p, "/sys/class")).containsExactly("bell", "lamp");
    assertThat(names(p, "/sys/class/lamp")).containsExactly("lamp0", "lamp1");
    assertThat(p.text("/sys/class/lamp/lamp0/brightness")).isEqualTo("1\n");
    assertThat(p.text("/sys/class/lamp/lamp0/brightness")).isEqualTo("2\n");
    long inode = p.task().tree().stat("/sys/class/lamp/lamp0/brightness").inode();
    assertThat(p.task().tree().stat("/sys/class/bell").inode()).isNotEqualTo(inode);
    assertThat(p.task().tree().stat("/sys/class/lamp/lamp0/brightness").inode()).isEqualTo(inode);
  }

  @Test
  void plugin01_attributeThatThrows_isEioAndNamesTheDriver() throws Exception {
    TaskCalls p =
        boot(
            new Registering(context ->
                context.registerClassDevice(
                    "lamp",
                    "lamp0",
                    Map.of(
                        "name",
                        () -> {
                          throw new IllegalStateException("no lamp");
                        }))));
    assertThatThrownBy(() -> p.text("/sys/class/lamp/lamp0/name"))
        .hasMessageContainingAll("ClassDirectoryTest", "no lamp")
        .extracting(failure -> ((ErrnoException) failure).errno())
        .isEqualTo(Errno.EIO);
  }

  @Test
  void proc18_driverThatFails_leavesNothing() throws Exception {
    Registering twice =
        new Registering(context -> {
          context.registerClassDevice("lamp", "lamp0", Map.of());
          context.registerClassDevice("lamp", "lamp0", Map.of());
        });
    TaskCalls p = boot(twice);
    assertThat(twice.failures).containsExactly(Errno.EBUSY);
    assertThat(names(p, "/sys/class")).isEmpty();
  }

  @Test
  void proc18_nameThatIsAPath_isEinval() throws Exception {
    for (String name : List.of("", "..", "a/b", "a\0b")) {
      Registering driver =
          new Registering(context -> context.registerClassDevice("lamp", name, Map.of()));
      boot(driver);
      assertThat(driver.failures).containsExactly(Errno.EINVAL);
    }
  }

  @Test
  void mtd19_eachMtd_saysWhatMtdinfoReads() throws Exception {
    Board board =
        TestBoard.withMebibytes(8)
            .node(
                """
                flash@20000000 {
                  compatible = "cfi-flash"; bank-width = <4>; reg = <0 0x20000000 0 0x2000000>;
                  linux,mtd-name = "nor";
                };
                """)
            .build();
    TaskCalls p = new TaskCalls(machines.boot(board, Profile.DOCUMENT).init());
    assertThat(names(p, "/sys/class/mtd")).containsExactly("mtd0", "mtd0ro");
    Map<String, String> expected =
        Map.of(
            "dev",
            "90:0",
            "type",
            "nor",
            "flags",
            "0xc00",
            "size",
            "33554432",
            "writesize",
            "1",
            "oobsize",
            "0",
            "name",
            "nor",
            "bad_blocks",
            "0");
    for (Map.Entry<String, String> each : expected.entrySet()) {
      assertThat(p.text("/sys/class/mtd/mtd0/" + each.getKey())).isEqualTo(each.getValue() + "\n");
    }
    assertThat(p.text("/sys/class/mtd/mtd0/erasesize").strip())
        .isEqualTo(Long.toString(Long.parseLong(p.text("/proc/mtd").split("\\s+")[6], 16)));
    assertThat(names(p, "/sys/class/mtd/mtd0ro")).containsExactly("dev");
    assertThat(p.text("/sys/class/mtd/mtd0ro/dev")).isEqualTo("90:1\n");
  }
}
