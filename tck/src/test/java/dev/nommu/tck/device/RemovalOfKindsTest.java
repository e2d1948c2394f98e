package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Registers and flash that do not end when they are unplugged break that rule alone. */
final class RemovalOfKindsTest {
  private static final int SIZE = 0x1000;
  private static final String RULE = "HOT-02";

  /** Registers, each with a port of the host that no two can have. */
  private static class Ports implements DeviceDriver {
    final Set<String> taken = new HashSet<>();

    @Override
    public String name() {
      return "ports";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,port");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      if (!taken.add(node.path())) {
        throw new ErrnoException(Errno.EBUSY, "its port is taken");
      }
      DeviceWindow memory = DeviceWindow.of(MemorySegment.ofArray(new byte[SIZE]));
      context.claim(new AddressRange(node.reg().getFirst().start(), SIZE), memory);
    }
  }

  /** Gives the port back. */
  private static final class ReturnedPorts extends Ports {
    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      super.probe(node, context);
      context.onRemove(() -> taken.remove(node.path()));
    }
  }

  /** Flash of which each has a number of its own. */
  private static class Flashes implements DeviceDriver {
    int numbers;

    @Override
    public String name() {
      return "flash";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,flash");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      MemoryFlash flash = new MemoryFlash();
      String name = "mtd" + numbers;
      numbers++;
      context.registerCharacterDevice(name, new DeviceNumber(90, 0), flags -> file(flash, flags));
      context.registerStore("mtd:flash", new DeviceNumber(31, 0), flash.store());
    }

    private static OpenFile file(MemoryFlash flash, OpenFlags flags) {
      return new MemoryFlash.File(flash, flags.writes());
    }
  }

  /** Gives the number back. */
  private static final class ReturnedFlashes extends Flashes {
    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      super.probe(node, context);
      context.onRemove(() -> numbers--);
    }
  }

  private static Map<String, String> broken(List<Contract> contracts) {
    Map<String, String> broken = new TreeMap<>();
    for (Contract contract : contracts) {
      for (Clause clause : contract.clauses()) {
        Verdict verdict = contract.judge(clause, Profile.LINUX_6_12);
        if (clause.rule().number().equals(RULE)) {
          assertThat(verdict).isNotInstanceOf(Verdict.Skipped.class);
        }
        if (verdict instanceof Verdict.Broken wrong) {
          broken.put(clause.rule().number(), wrong.describe(clause));
        }
      }
    }
    return broken;
  }

  private static Map<String, String> brokenByWindows(Supplier<DeviceDriver> driver)
      throws Exception {
    Board board = Board.parse("ports.dts", MadeBoard.of(Set.of("test,port")));
    return broken(Registers.of(Subject.driver(driver, board)));
  }

  private static Map<String, String> brokenByFlash(Supplier<DeviceDriver> driver) throws Exception {
    return broken(Mtds.of(Subject.driver(driver, MtdDevice.board())));
  }

  @Test
  void hot02_windowThatEnds_breaksNothing() throws Exception {
    assertThat(brokenByWindows(ReturnedPorts::new)).isEmpty();
  }

  @Test
  void hot02_portThatIsNotGivenBack_breaksIt() throws Exception {
    Map<String, String> broken = brokenByWindows(Ports::new);
    assertThat(broken).containsOnlyKeys(RULE);
    assertThat(broken.get(RULE))
        .contains(
            "/device@10000000: ports failed: EBUSY",
            "its port is taken",
            "register with onRemove, in probe, the resources of the device");
  }

  @Test
  void hot02_flashThatEnds_breaksNothing() throws Exception {
    assertThat(brokenByFlash(ReturnedFlashes::new)).isEmpty();
  }

  @Test
  void hot02_numberOfAFlashThatIsNotGivenBack_breaksIt() throws Exception {
    Map<String, String> broken = brokenByFlash(Flashes::new);
    assertThat(broken).containsOnlyKeys(RULE);
    assertThat(broken.get(RULE)).contains("plugged in again there are", "mtd1");
  }
}
