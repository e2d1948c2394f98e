package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Profile;
import dev.nommu.chardevfb.FrameBufferDevice;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.chardevfb.VirtualFrameBufferDriver;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.FrameBuffers;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A screen that does not end when it is unplugged breaks that rule alone. */
final class ScreenRemovalTest {
  private static final String RULE = "HOT-02";

  /** A screen that shows itself in a window of the host that no two can have. */
  private static class Shown implements FrameBufferDeviceDriver {
    final Set<String> windows = new HashSet<>();
    private final RightScreen.Driver right = new RightScreen.Driver(RightScreen::new);

    @Override
    public String name() {
      return right.name();
    }

    @Override
    public Set<String> compatible() {
      return right.compatible();
    }

    @Override
    public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      if (!windows.add(node.path())) {
        throw new ErrnoException(Errno.EBUSY, "its window is open");
      }
      return right.probe(node, context);
    }
  }

  /** Closes the window. */
  private static final class Closed extends Shown {
    @Override
    public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      context.onRemove(() -> windows.remove(node.path()));
      return super.probe(node, context);
    }
  }

  private static Subject subject(Supplier<FrameBufferDeviceDriver> driver, String board)
      throws Exception {
    return Subject.of(
        FrameBufferDeviceDriver.class,
        FrameBufferDeviceDriver::name,
        driver,
        Board.parse("screen.dts", board));
  }

  private static Map<String, Verdict> verdicts(Subject subject) throws Exception {
    Map<String, Verdict> verdicts = new TreeMap<>();
    Contract contract = FrameBuffers.of(subject).getFirst();
    for (Clause clause : contract.clauses()) {
      verdicts.put(clause.name(), contract.judge(clause, Profile.LINUX_6_12));
    }
    return verdicts;
  }

  private static Map<String, Verdict> verdicts(Supplier<FrameBufferDeviceDriver> driver)
      throws Exception {
    return verdicts(subject(driver, MadeBoard.of(Set.of("test,screen"))));
  }

  private static Verdict ofRule(Map<String, Verdict> verdicts) {
    return verdicts.entrySet().stream()
        .filter(each -> each.getKey().startsWith(RULE))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void hot02_screenThatEnds_breaksNothing() throws Exception {
    Map<String, Verdict> verdicts = verdicts(Closed::new);
    assertThat(verdicts.values()).noneMatch(Verdict.Broken.class::isInstance);
    assertThat(ofRule(verdicts)).isEqualTo(Verdict.HELD);
  }

  @Test
  void hot02_windowThatStaysOpen_breaksIt() throws Exception {
    Map<String, Verdict> verdicts = verdicts(Shown::new);
    assertThat(ofRule(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.found()).contains("/device@10000000", "its window is open");
              assertThat(broken.remedy()).contains("register with onRemove, in probe");
            });
    assertThat(verdicts.values()).filteredOn(Verdict.Broken.class::isInstance).hasSize(1);
  }

  @Test
  void hot02_screenWithoutANode_isSkipped() throws Exception {
    String board =
        MadeBoard.of(Set.of())
            .replaceFirst(
                "memory@",
                "chosen { bootargs = \"vfb.vfb_enable=1 vfb.mode_option=64x64-8\"; }; memory@");
    assertThat(ofRule(verdicts(subject(VirtualFrameBufferDriver::new, board))))
        .isEqualTo(Verdict.skipped("no node describes it: it exists as long as the machine"));
  }
}
