package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Profile;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A driver whose devices do not end when they are unplugged breaks that rule alone. */
final class RemovalTest {
  /** What a driver takes for each device. */
  private interface Taking {
    String take(DeviceContext context) throws ErrnoException;
  }

  /**
   * A driver.
   *
   * @param taking what it takes, and the name of its device
   */
  private record Taker(Taking taking) implements DeviceDriver {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,memory");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      AddressRange range = node.reg().getFirst();
      var memory = context.claimMemory(range);
      context.registerCharacterDevice(taking.take(context), flags -> new MemoryFile(range, memory));
    }
  }

  /** Names devices anew each time. */
  private static final class Counting implements DeviceDriver {
    private int devices;

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,memory");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      AddressRange range = node.reg().getFirst();
      var memory = context.claimMemory(range);
      devices++;
      context.registerCharacterDevice("memory" + devices, flags -> new MemoryFile(range, memory));
    }
  }

  private static Map<String, String> broken(Subject subject) throws Exception {
    Map<String, String> broken = new TreeMap<>();
    for (Contract contract : CharacterDevices.of(subject)) {
      for (Clause clause : contract.clauses()) {
        Verdict verdict = contract.judge(clause, Profile.LINUX_6_12);
        if (clause.rule().number().equals("HOT-02")) {
          assertThat(verdict).isNotInstanceOf(Verdict.Skipped.class);
        }
        if (verdict instanceof Verdict.Broken wrong) {
          broken.put(clause.rule().number(), wrong.describe(clause));
        }
      }
    }
    return broken;
  }

  private static Map<String, String> broken(Taking taking) throws Exception {
    return broken(Subject.driver(() -> new Taker(taking), MemoryDevice.board()));
  }

  @Test
  void hot02_deviceThatEnds_breaksNothing() throws Exception {
    assertThat(
            broken(context -> {
              long page = context.pages().allocatePage();
              context.onRemove(() -> context.pages().free(page, 1));
              return "memory";
            }))
        .isEmpty();
  }

  @Test
  void hot02_endThatThrows_breaksIt() throws Exception {
    Map<String, String> broken =
        broken(context -> {
          context.onRemove(() -> {
            throw new IllegalStateException("no end");
          });
          return "memory";
        });
    assertThat(broken).containsOnlyKeys("HOT-02");
    assertThat(broken.get("HOT-02"))
        .contains(
            "HOT-02 Unplugged and plugged in again, a device is as before.",
            "no end",
            "register with onRemove, in probe, the resources of the device");
  }

  @Test
  void hot02_numberThatIsNotGivenBack_breaksIt() throws Exception {
    Map<String, String> broken = broken(Subject.driver(Counting::new, MemoryDevice.board()));
    assertThat(broken).containsOnlyKeys("HOT-02");
    assertThat(broken.get("HOT-02")).contains("plugged in again there are", "memory2");
  }
}
