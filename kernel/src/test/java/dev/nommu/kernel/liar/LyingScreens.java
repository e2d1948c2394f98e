package dev.nommu.kernel.liar;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.chardevfb.FrameBufferDevice;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the core of the frame buffers finds as a service: a driver of screens behind a proxy, for
 * which it is named.
 */
public final class LyingScreens implements FrameBufferDeviceDriver {
  private static volatile LyingPlugins plugins = new LyingPlugins();

  private final FrameBufferDeviceDriver driver =
      plugins.wrap(
          new RareScreenDriver(), FrameBufferDeviceDriver.class, LyingScreens.class.getName());

  /** Called by the core, once for each machine. */
  public LyingScreens() {}

  /**
   * Returns a loader with which the core finds it.
   *
   * @param liars who lie
   * @param directory an empty one
   */
  static ClassLoader loader(LyingPlugins liars, Path directory) throws IOException {
    plugins = liars;
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(FrameBufferDeviceDriver.class.getName()), LyingScreens.class.getName());
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, LyingScreens.class.getClassLoader());
  }

  @Override
  public String name() {
    return driver.name();
  }

  @Override
  public Set<String> compatible() {
    return driver.compatible();
  }

  @Override
  public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    return driver.probe(node, context);
  }

  @Override
  public Optional<FrameBufferDevice> init(DeviceContext context) throws ErrnoException {
    return driver.init(context);
  }

  @Override
  public void close() throws ErrnoException {
    driver.close();
  }
}
