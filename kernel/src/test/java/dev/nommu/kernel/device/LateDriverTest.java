package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drivers that store borrowed objects and use them after they have expired. */
final class LateDriverTest {
  @RegisterExtension final Machines machines = new Machines();

  /** Stores its contexts; its probe fails on request. */
  private static final class Keeper implements DeviceDriver {
    final List<DeviceContext> contexts = new ArrayList<>();
    boolean fails;
    Optional<String> ignores = Optional.empty();

    @Override
    public String name() {
      return "keeper";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,keeper");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      contexts.add(context);
      context.pages().allocateRun(4);
      ignores.ifPresent(value -> context.ignoreParameter("keeper.a", value, "expected 1"));
      if (fails) {
        throw new ErrnoException(Errno.ENODEV, "nobody answers");
      }
    }
  }

  private final Keeper driver = new Keeper();

  private Machine boot() {
    return machines.boot(
        TestBoard.withMebibytes(8).node("keeper { compatible = \"test,keeper\"; };").build(),
        Profile.DOCUMENT,
        driver);
  }

  private static Map<String, Errnos.Call> claims(DeviceContext context) {
    AddressRange range = new AddressRange(0x3000_0000L, 0x1000);
    DeviceNumber number = new DeviceNumber(240, 0);
    DeviceWindow window = DeviceWindow.of(MemorySegment.ofArray(new byte[0x1000]));
    return Map.of(
        "claimMemory", () -> context.claimMemory(range),
        "contents", () -> context.contents(List.of(range), (byte) 0),
        "claim", () -> context.claim(range, window),
        "registerRegion",
            () ->
                context.registerRegion(
                    new DeviceRegion(DeviceFile.Kind.CHARACTER, "late", number, 1, Errno.ENXIO)),
        "registerCharacterDevice",
            () -> context.registerCharacterDevice("late", number, mode -> null),
        "registerProcFile", () -> context.registerProcFile("late", () -> ""));
  }

  private static void assertRefused(Machine machine, DeviceContext context) {
    claims(context)
        .forEach((operation, claim) -> {
          ErrnoException failure = failureOf(claim);
          assertThat(failure.errno()).isEqualTo(Errno.EIO);
          assertThat(failure)
              .hasMessageContaining("plugin " + Keeper.class.getName() + ": " + operation)
              .hasMessageContaining("probe of /keeper")
              .hasMessageContaining("[PLUGIN-01]");
        });
    assertThatThrownBy(context::physicalMemory)
        .hasMessageContaining(Keeper.class.getName() + ": physicalMemory");
    assertThatThrownBy(() -> context.ignoreParameter("a", "1", "late"))
        .hasMessageContaining(Keeper.class.getName() + ": ignoreParameter")
        .hasMessageContaining("probe of /keeper");
    assertThat(machine.devices()).noneMatch(device -> device.name().equals("late"));
    assertThat(machine.memory().bankAt(0x3000_0000L)).isEmpty();
  }

  @Test
  void plugin01_claimAfterTheProbe_isRefusedWithItsName() throws Exception {
    Machine machine = boot();
    DeviceContext context = driver.contexts.getFirst();
    assertRefused(machine, context);
    PageSource pages = context.pages();
    long address = pages.allocatePage();
    pages.memory(address, 4096).fill((byte) 1);
    pages.free(address, 1);
  }

  @Test
  void plugin01_claimAndPagesAfterAFailedProbe_areRefusedWithItsName() {
    driver.fails = true;
    Machine machine = boot();
    DeviceContext context = driver.contexts.getFirst();
    assertRefused(machine, context);
    assertThatPagesAreRefused(context.pages(), Keeper.class);
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void board11_valueThatWasNotGiven_cannotBeIgnored() throws Exception {
    driver.ignores = Optional.of("2");
    Machine machine =
        machines.boot(
            Board.parse(
                "board",
                """
                /dts-v1/;
                / { #address-cells = <1>; #size-cells = <1>;
                  memory@80000000 { device_type = "memory"; reg = <0x80000000 0x400000>; };
                  chosen { bootargs = "keeper.a=1"; };
                  keeper { compatible = "test,keeper"; };
                };
                """),
            Profile.DOCUMENT,
            driver);
    assertThat(machine.nodes().getFirst().outcome())
        .asString()
        .contains(Keeper.class.getName() + ": ignoreParameter", "[PLUGIN-01]")
        .contains("expected a value that was given to keeper.a, found \"2\"");
    assertThat(machine.nodes()).noneMatch(node -> node.outcome() instanceof Probed.Outcome.NotUsed);
  }

  private static void assertThatPagesAreRefused(PageSource pages, Class<?> owner) {
    for (Errnos.Call late :
        List.<Errnos.Call>of(pages::allocatePage, () -> pages.allocateRun(64))) {
      ErrnoException failure = failureOf(late);
      assertThat(failure.errno()).isEqualTo(Errno.EIO);
      assertThat(failure).hasMessageContaining(owner.getName()).hasMessageContaining("[PLUGIN-01]");
    }
    assertThatThrownBy(() -> pages.memory(0x8000_0000L, 1)).hasMessageContaining(owner.getName());
    assertThatThrownBy(() -> pages.free(0x8000_0000L, 1)).hasMessageContaining(owner.getName());
  }
}
