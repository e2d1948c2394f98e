package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two devices side by side: a mapping of one does not reach into the other. */
final class NeighbourTest {
  private static final long FIRST = 0x3000_0000L;

  @RegisterExtension final Machines machines = new Machines();

  /** Memory whose mappings begin this many bytes after its start. */
  private static final class Shifted implements DeviceDriver {
    long shift;

    private final class File implements DirectlyMappableFile {
      private final AddressRange range;

      File(AddressRange range) {
        this.range = range;
      }

      @Override
      public Placement getUnmappedArea(MapRequest request) {
        return Placement.at(range.start() + shift);
      }

      @Override
      public Consent mmap(MapRequest request, long address) {
        return Consent.ACCEPTED;
      }
    }

    @Override
    public String name() {
      return "shifted";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,shifted");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      AddressRange range = node.reg().getFirst();
      context.claimMemory(range);
      context.registerCharacterDevice(
          node.name(),
          new DeviceNumber(242, (int) (range.start() >> 12) & 0xff),
          mode -> new File(range));
    }
  }

  private final Shifted driver = new Shifted();

  private TaskCalls boot(String... nodes) {
    TestBoard board = TestBoard.withMebibytes(8);
    for (String node : nodes) {
      board.node(node);
    }
    return new TaskCalls(machines.boot(board.build(), Profile.DOCUMENT, driver).init());
  }

  private static String node(String name, long start, long size) {
    return "%s { compatible = \"test,shifted\"; reg = <0 0x%x 0 0x%x>; };"
        .formatted(name, start, size);
  }

  @Test
  void plugin01_tailInWhatAnotherDriverClaimed_isRefusedWithBothNames() throws Exception {
    TaskCalls p = boot(node("a", FIRST, PAGE), node("b", FIRST + PAGE, PAGE));
    driver.shift = 0x800;
    int file = p.read("/dev/a");
    ErrnoException failure = failureOf(() -> p.map(file, PAGE, PROT_READ, MAP_SHARED));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining(Shifted.class.getName())
        .hasMessageContaining("b at 0x30001000-0x30002000")
        .hasMessageContaining("[PLUGIN-01]");
    assertThat(p.maps()).isEmpty();
  }

  @Test
  void dir10_tailWhereNothingAnswers_isMapped() throws Exception {
    TaskCalls p = boot(node("a", FIRST, PAGE), node("b", FIRST + 2 * PAGE, PAGE));
    driver.shift = 0x800;
    assertThat(p.map(p.read("/dev/a"), PAGE, PROT_READ, MAP_SHARED)).isEqualTo(FIRST + 0x800);
  }

  @Test
  void dir10_tailInRam_isMapped() throws Exception {
    long start = TestBoard.RAM - PAGE;
    TaskCalls p = boot(node("a", start, PAGE));
    driver.shift = 0x800;
    assertThat(p.map(p.read("/dev/a"), PAGE, PROT_READ, MAP_SHARED)).isEqualTo(start + 0x800);
  }
}
