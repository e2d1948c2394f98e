package dev.nommu.chardevfb;

import dev.nommu.api.PluginFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The device-specific drivers that describe themselves, by name, and the faults of those that do
 * not, which are skipped.
 *
 * @param sound the drivers, by name
 * @param faults one line for each skipped driver
 */
record DeviceDrivers(List<Known> sound, List<String> faults) {
  /**
   * A driver and its description of itself, which it is asked for once.
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

  /** Creates the drivers; of two with the same name the first is used and the other is reported. */
  static DeviceDrivers of(List<? extends Supplier<FrameBufferDeviceDriver>> makers) {
    List<Known> sound = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Supplier<FrameBufferDeviceDriver> maker : makers) {
      try {
        add(Known.of(maker.get()), sound, faults);
      } catch (ServiceConfigurationError | LinkageError | PluginFault broken) {
        faults.add(DriverCall.told(broken));
      }
    }
    sound.sort(Comparator.comparing(Known::name));
    return new DeviceDrivers(List.copyOf(sound), List.copyOf(faults));
  }

  private static void add(Known made, List<Known> sound, List<String> faults) {
    sound.stream()
        .filter(known -> known.name().equals(made.name()))
        .findFirst()
        .ifPresentOrElse(
            first ->
                faults.add(
                    "frame buffer driver %s: not used: the name \"%s\" is already used by %s"
                        .formatted(
                            PluginFault.nameOf(made.driver()),
                            made.name(),
                            PluginFault.nameOf(first.driver()))),
            () -> sound.add(made));
  }

  /**
   * Returns the first driver by name that matches the most specific of a node's strings, or empty.
   */
  Optional<FrameBufferDeviceDriver> find(List<String> compatible) {
    return compatible.stream()
        .flatMap(wanted -> sound.stream().filter(known -> known.compatible().contains(wanted)))
        .map(Known::driver)
        .findFirst();
  }
}
