package dev.nommu.chardevfb;

import dev.nommu.api.PluginFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The device-specific drivers that can say what they are, by name, and what is wrong with those
 * that cannot: these are left out.
 *
 * @param sound the drivers, by name
 * @param faults one line for each that was left out
 */
record DeviceDrivers(List<Known> sound, List<String> faults) {
  /**
   * A driver and what it says of itself, which it is asked once.
   *
   * @param driver the driver
   * @param name its name
   * @param compatible the nodes it drives
   */
  record Known(FrameBufferDeviceDriver driver, String name, Set<String> compatible) {
    static Known of(FrameBufferDeviceDriver driver) {
      return new Known(
          driver,
          DriverCall.answer(driver, "name", driver::name),
          DriverCall.answer(driver, "compatible", () -> Set.copyOf(driver.compatible())));
    }
  }

  /** What is found from here does not change while this class is loaded: it is sought once. */
  private static final class Own {
    static final ClassLoader LOADER = DeviceDrivers.class.getClassLoader();
    static final List<Supplier<FrameBufferDeviceDriver>> FOUND = find(LOADER);
  }

  /** Returns those that the thread's context class loader finds, made anew. */
  @SuppressWarnings("ReferenceEquality") // the very loader
  static DeviceDrivers make() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<Known> sound = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Supplier<FrameBufferDeviceDriver> each : loader == Own.LOADER ? Own.FOUND : find(loader)) {
      try {
        sound.add(Known.of(each.get()));
      } catch (ServiceConfigurationError | PluginFault broken) {
        faults.add(DriverCall.told(broken));
      }
    }
    sound.sort(Comparator.comparing(Known::name));
    return new DeviceDrivers(List.copyOf(sound), List.copyOf(faults));
  }

  /** Returns what makes the drivers; for one that cannot be loaded, what says why. */
  private static List<Supplier<FrameBufferDeviceDriver>> find(@Nullable ClassLoader loader) {
    List<Supplier<FrameBufferDeviceDriver>> found = new ArrayList<>();
    Iterator<ServiceLoader.Provider<FrameBufferDeviceDriver>> left =
        ServiceLoader.load(FrameBufferDeviceDriver.class, loader).stream().iterator();
    while (true) {
      try {
        if (!left.hasNext()) {
          return found;
        }
        found.add(left.next());
      } catch (ServiceConfigurationError broken) {
        found.add(() -> {
          throw broken;
        });
      }
    }
  }

  /** Returns the first by name that knows the most specific of a node's strings, or empty. */
  Optional<FrameBufferDeviceDriver> find(List<String> compatible) {
    return compatible.stream()
        .flatMap(wanted -> sound.stream().filter(known -> known.compatible().contains(wanted)))
        .map(Known::driver)
        .findFirst();
  }
}
