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
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drivers that keep what they were lent and use it when its time is over. */
final class LateDriverTest {
  @RegisterExtension final Machines machines = new Machines();

  /** Keeps its contexts; its probe fails if it is told to. */
  private static final class Keeper implements DeviceDriver {
    final List<DeviceContext> contexts = new ArrayList<>();
    boolean fails;

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
