package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.device.DeviceRegistry.Device;
import dev.nommu.kernel.device.DeviceRegistry.Target;
import dev.nommu.kernel.pages.Territory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The work of the registry, counted in comparisons of names, numbers and ranges and in entries
 * visited: with four times as many devices it is four times as much, plus the added depth of a
 * tree.
 */
final class CountedRegistryTest {
  private static final int SOME = 1000;
  private static final Target TARGET = new Target.CharacterTarget(flags -> new OpenFile() {}, 0600);

  /** Views of all entries, each of which may be visited. */
  private static final Set<String> VIEWS =
      Set.of("values", "keySet", "entrySet", "navigableKeySet", "descendingMap", "forEach");

  private final AtomicLong work = new AtomicLong();

  private <K extends Comparable<K>> Comparator<K> comparing() {
    return (one, other) -> {
      work.incrementAndGet();
      return one.compareTo(other);
    };
  }

  /** Counts each call of a map as one step, and a view of it as one step per entry. */
  private <M extends Map<?, ?>> M counted(Class<? super M> type, M map) {
    @SuppressWarnings("unchecked")
    M counted =
        (M)
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  work.addAndGet(VIEWS.contains(method.getName()) ? map.size() : 1);
                  try {
                    return method.invoke(map, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return counted;
  }

  private DeviceRegistry registry() {
    return new DeviceRegistry(
        Set.of(),
        counted(Map.class, new LinkedHashMap<NumberedDevices.Key, Device>()),
        counted(NavigableMap.class, new TreeMap<String, Device>(comparing())));
  }

  private interface Work {
    void with(DeviceRegistry registry, int devices) throws ErrnoException;
  }

  private long counted(int devices, Work of) throws ErrnoException {
    DeviceRegistry registry = registry();
    work.set(0);
    of.with(registry, devices);
    return work.get();
  }

  /** Four times as many, and two levels more of a tree: never 16 times as much. */
  private void assertLinear(Work of) throws ErrnoException {
    long some = counted(SOME, of);
    assertThat(some).isGreaterThanOrEqualTo(SOME);
    assertThat(counted(4 * SOME, of)).isLessThan(some * 4 * 3 / 2);
  }

  private static void add(DeviceRegistry registry, int i, Territory territory)
      throws ErrnoException {
    registry.add(
        new Device(
            "many/device" + i, new DeviceNumber(240, i), TARGET, territory, "driver", "driver"));
  }

  @Test
  void devicesWithNumbersOfTheirOwn_areRegisteredWithoutLookingAtTheOthers() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        add(registry, i, new Territory());
      }
    });
  }

  @Test
  void devicesWithNumbersThatAreGivenOut_areRegisteredWithoutLookingAtTheOthers() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        registry.addNumbered("n%d", TARGET, new Territory(), "driver", "driver");
      }
    });
  }

  @Test
  void devicesThatAreRefused_areRefusedWithoutLookingAtTheOthers() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        add(registry, i, new Territory());
        int taken = i;
        assertErrno(Errno.EBUSY, () -> add(registry, taken, new Territory()));
        registry.addNumbered("n%d", TARGET, new Territory(), "driver", "driver");
        assertErrno(
            Errno.EBUSY,
            () -> registry.addNumbered("many", TARGET, new Territory(), "driver", "driver"));
      }
    });
  }

  @Test
  void devicesOfProbesThatFail_areTakenBackWithoutLookingAtTheOthers() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        add(registry, i, new Territory());
        Territory failing = new Territory();
        registry.addNumbered("n%d", TARGET, failing, "driver", "driver");
        registry.addNumbered("n%d", TARGET, failing, "driver", "driver");
        registry.removeAll(failing);
        registry.addNumbered("n%d", TARGET, new Territory(), "driver", "driver");
      }
    });
  }

  @Test
  void majorThatIsGivenOut_isFoundWithoutLookingAtTheDevices() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        add(registry, i, new Territory());
        Territory failing = new Territory();
        registry.allocateRegion(DeviceFile.Kind.CHARACTER, "region", 1, failing, "driver");
        registry.removeAll(failing);
      }
    });
  }

  @Test
  void devices_areFoundWithoutLookingAtTheOthers() throws Exception {
    assertLinear((registry, devices) -> {
      for (int i = 0; i < devices; i++) {
        add(registry, i, new Territory());
      }
      for (int i = 0; i < devices; i++) {
        assertThat(registry.find(DeviceFile.Kind.CHARACTER, new DeviceNumber(240, i))).isPresent();
      }
    });
  }

  private long countedRegions(int count) throws ErrnoException {
    NumberRegions regions = new NumberRegions(() -> new TreeMap<>(comparing()));
    work.set(0);
    for (int i = 0; i < count; i++) {
      DeviceNumber first = new DeviceNumber(240, i * 2);
      regions.add(
          new DeviceRegion(DeviceFile.Kind.CHARACTER, "region " + i, first, 2, Errno.ENXIO));
      assertThat(regions.find(DeviceFile.Kind.CHARACTER, first)).isPresent();
    }
    return work.get();
  }

  @Test
  void ranges_areComparedWithFewOthers() throws Exception {
    assertThat(countedRegions(4 * SOME)).isLessThan(countedRegions(SOME) * 4 * 3 / 2);
  }
}
