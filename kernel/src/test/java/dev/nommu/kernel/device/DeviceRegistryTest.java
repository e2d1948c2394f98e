package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registrations of drivers: conflicts, and several threads. */
final class DeviceRegistryTest {
  @RegisterExtension final Machines machines = new Machines();

  private interface Registration {
    void with(DeviceContext context) throws Exception;
  }

  private record Driver(String name, Registration registration) implements DeviceDriver {
    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      try {
        registration.with(context);
      } catch (ErrnoException failure) {
        throw failure;
      } catch (Exception unexpected) {
        throw new AssertionError(unexpected);
      }
    }
  }

  private Machine boot(Driver... drivers) {
    return machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, (Object[]) drivers);
  }

  private static OpenFile open(OpenFlags flags) {
    return new OpenFile() {};
  }

  private static void register(DeviceContext context, String name, int major, int minor)
      throws ErrnoException {
    context.registerCharacterDevice(name, new DeviceNumber(major, minor), DeviceRegistryTest::open);
  }

  private ErrnoException conflict(Registration second) {
    List<ErrnoException> failures = new ArrayList<>();
    boot(
        new Driver(
            "a-first",
            context -> {
              register(context, "thing", 241, 7);
              context.registerRegion(
                  new DeviceRegion(
                      DeviceFile.Kind.CHARACTER,
                      "things",
                      new DeviceNumber(240, 16),
                      16,
                      Errno.ENXIO));
            }),
        new Driver("b-second", context -> failures.add(failureOf(asCall(context, second)))));
    return failures.getFirst();
  }

  private static Errnos.Call asCall(DeviceContext context, Registration registration) {
    return () -> {
      try {
        registration.with(context);
      } catch (ErrnoException failure) {
        throw failure;
      } catch (Exception unexpected) {
        throw new AssertionError(unexpected);
      }
    };
  }

  @Test
  void nameOrNumberThatIsTaken_isRefusedWithWhoHasItAndTheNumberInDecimal() {
    for (Registration second :
        List.<Registration>of(
            context -> register(context, "thing", 250, 0),
            context -> register(context, "thing/below", 250, 0),
            context -> register(context, "other", 241, 7))) {
      ErrnoException failure = conflict(second);
      assertThat(failure.errno()).isEqualTo(Errno.EBUSY);
      assertThat(failure)
          .hasMessageContaining("of driver b-second")
          .hasMessageContaining("taken by thing (character device 241:7) of driver a-first");
    }
  }

  @Test
  void regionsThatOverlap_areRefusedWithBoth() {
    for (int first : new int[] {10, 20, 31}) {
      ErrnoException failure =
          conflict(context ->
              context.registerRegion(
                  new DeviceRegion(
                      DeviceFile.Kind.CHARACTER,
                      "more",
                      new DeviceNumber(240, first),
                      10,
                      Errno.ENXIO)));
      assertThat(failure).hasMessageContaining("240:16").hasMessageContaining("240:" + first);
    }
  }

  @Test
  void directoryOfADevice_isNotADevice() {
    Machine machine =
        boot(
            new Driver(
                "paths",
                context -> {
                  register(context, "card-1", 240, 0);
                  register(context, "card/a", 240, 1);
                  register(context, "card0", 240, 2);
                  assertThat(
                          failureOf(asCall(context, again -> register(again, "card", 240, 3)))
                              .errno())
                      .isEqualTo(Errno.EBUSY);
                }));
    assertThat(machine.devices()).filteredOn(device -> device.driver().equals("paths")).hasSize(3);
  }

  @Test
  void driverOfSeveralThreads_registersAll() {
    int threads = 4;
    int each = 500;
    Machine machine =
        boot(
            new Driver(
                "threads",
                context -> {
                  CountDownLatch ready = new CountDownLatch(threads);
                  List<Thread> all = new ArrayList<>();
                  for (int t = 0; t < threads; t++) {
                    int major = 240 + t;
                    all.add(
                        Thread.startVirtualThread(() -> {
                          ready.countDown();
                          for (int i = 0; i < each; i++) {
                            registerUnchecked(context, ready, major, i);
                          }
                        }));
                  }
                  for (Thread thread : all) {
                    thread.join();
                  }
                }));
    assertThat(machine.devices())
        .filteredOn(device -> device.driver().equals("threads"))
        .hasSize(threads * each);
  }

  private static void registerUnchecked(
      DeviceContext context, CountDownLatch ready, int major, int minor) {
    try {
      ready.await();
      register(context, "t%d/d%d".formatted(major, minor), major, minor);
      context.registerProcFile("t%d-%d".formatted(major, minor), () -> "");
    } catch (ErrnoException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
