package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.PluginFault;
import dev.nommu.api.PluginFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * The core of the frame buffers of a machine: owns {@code /dev/fb0} (29:0) to {@code /dev/fb31},
 * which {@code /proc/fb} lists, and delegates their operations to the device-specific drivers
 * (rules FB-01 to FB-14).
 *
 * <p>These are the {@link FrameBufferDeviceDriver}s found as services ({@link PluginFinder}):
 * {@link SimpleFrameBufferDriver}, {@link VirtualFrameBufferDriver} and those of other modules. A
 * fault of one of them is blamed on it, and affects neither the others nor the board.
 */
public final class FrameBufferDriver implements DeviceDriver {
  private static final int MAJOR = 29;
  private static final int MINORS = 256;
  private static final int MAXIMUM = 32;

  private final DeviceDrivers drivers;

  /** By their numbers. */
  private final ConcurrentSkipListMap<Integer, FrameBuffer> frameBuffers =
      new ConcurrentSkipListMap<>();

  /** Whether the first call that registers the core has succeeded. */
  private boolean hasCore;

  /** The context of the latest call, for warnings. */
  private Optional<DeviceContext> latest = Optional.empty();

  /** Called by the kernel, once for each machine. */
  public FrameBufferDriver() {
    drivers = DeviceDrivers.of(PluginFinder.current().find(FrameBufferDeviceDriver.class));
  }

  /** Returns {@code "fb"}. */
  @Override
  public String name() {
    return "fb";
  }

  /** Returns the {@code compatible} strings of all device-specific drivers. */
  @Override
  public Set<String> compatible() {
    return drivers.sound().stream()
        .flatMap(known -> known.compatible().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Lets a device-specific driver set up a frame buffer: the first by name that matches the most
   * specific of the node's {@code compatible} strings.
   *
   * @throws ErrnoException that driver's; ENODEV if none matches the node; ENXIO if there already
   *     are 32 frame buffers
   */
  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    latest = Optional.of(context);
    FrameBufferDeviceDriver driver = driverOf(node);
    add(List.of(DriverCall.ask(driver, "probe", () -> driver.probe(node, context))), context);
  }

  /**
   * Lets the device-specific drivers set up frame buffers that no node describes. In any case the
   * core owns major 29, whose numbers without a frame buffer return ENODEV (rule FB-01), and {@code
   * /proc/fb} exists. Drivers skipped for their faults are logged.
   *
   * @throws ErrnoException such a driver's; ENXIO as for {@link #probe}
   */
  @Override
  public void init(DeviceContext context) throws ErrnoException {
    latest = Optional.of(context);
    List<FrameBufferDevice> devices = new ArrayList<>();
    drivers.faults().forEach(context::warn);
    for (DeviceDrivers.Known known : drivers.sound()) {
      FrameBufferDeviceDriver driver = known.driver();
      DriverCall.ask(driver, "init", () -> driver.init(context)).ifPresent(devices::add);
    }
    add(devices, context);
  }

  /** Closes the device-specific drivers; failures are logged. */
  @Override
  public void close() {
    drivers.sound().reversed().forEach(known -> close(known.driver()));
  }

  private void close(FrameBufferDeviceDriver driver) {
    try {
      DriverCall.tell(driver, "close", driver::close);
    } catch (ErrnoException failure) {
      warn(failure.describe());
    } catch (PluginFault fault) {
      warn(DriverCall.told(fault));
    }
  }

  private void warn(String failure) {
    latest.ifPresent(context -> context.warn("close: " + failure));
  }

  /** Adds all or none, until their device is removed. */
  private void add(List<FrameBufferDevice> devices, DeviceContext context) throws ErrnoException {
    if (!hasCore) {
      registerCore(context);
    }
    SortedMap<Integer, FrameBuffer> added = new TreeMap<>();
    int number = 0;
    for (FrameBufferDevice device : devices) {
      while (frameBuffers.containsKey(number) || added.containsKey(number)) {
        number++;
      }
      added.put(number, register(device, number, context));
    }
    context.onRemove(() -> frameBuffers.keySet().removeAll(added.keySet()));
    frameBuffers.putAll(added);
    hasCore = true;
  }

  /** Called with the first frame buffer, so that the failure of a later one removes nothing. */
  private void registerCore(DeviceContext context) throws ErrnoException {
    context.registerRegion(
        new DeviceRegion(
            DeviceFile.Kind.CHARACTER, name(), new DeviceNumber(MAJOR, 0), MINORS, Errno.ENODEV));
    context.registerProcFile("fb", this::listing);
  }

  private FrameBufferDeviceDriver driverOf(FirmwareNode node) throws ErrnoException {
    return drivers
        .find(node.compatible())
        .orElseThrow(() ->
            new ErrnoException(
                Errno.ENODEV,
                "%s: compatible: expected one of %s, found %s"
                    .formatted(node.path(), compatible(), node.compatible())));
  }

  private static FrameBuffer register(FrameBufferDevice device, int number, DeviceContext context)
      throws ErrnoException {
    FrameBuffer frameBuffer = new FrameBuffer(device);
    if (number == MAXIMUM) {
      throw new ErrnoException(
          Errno.ENXIO,
          "%s: there are already %d frame buffers".formatted(frameBuffer.fixed().id(), MAXIMUM));
    }
    FrameBufferFile file = new FrameBufferFile(frameBuffer, context.profile());
    context.registerCharacterDevice("fb" + number, new DeviceNumber(MAJOR, number), flags -> file);
    return frameBuffer;
  }

  private String listing() {
    StringBuilder lines = new StringBuilder();
    frameBuffers.forEach((number, frameBuffer) ->
        lines.append(number).append(' ').append(frameBuffer.fixed().id()).append('\n'));
    return lines.toString();
  }
}
