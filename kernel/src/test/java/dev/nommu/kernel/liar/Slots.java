package dev.nommu.kernel.liar;

import static java.lang.reflect.Modifier.isPublic;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Executable;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.ForwardingHandler;
import dev.nommu.api.Hart;
import dev.nommu.api.MachineTimer;
import dev.nommu.api.PageSource;
import dev.nommu.api.PluginFinder;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Processor;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.api.UapiHeader;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.chardevfb.FrameBufferDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The interfaces that plugins implement: those of {@code api} and, for drivers below a driver, of
 * the frame buffers; found in the compiled classes.
 */
final class Slots {
  /** What the kernel implements and lends. */
  private static final Set<Class<?>> KERNELS =
      Set.of(
          DeviceContext.class,
          Executable.class,
          FirmwareNode.class,
          MachineTimer.class,
          PageSource.class,
          PluginFinder.class,
          ProcessMemory.class,
          ProcessorMemory.class,
          UserMemory.class,
          WaitQueue.class);

  /** What tools, and plugins that run machine code, ask and the kernel never does. */
  private static final Set<Class<?>> ASKED_BY_OTHERS =
      Set.of(ForwardingHandler.class, Hart.class, Processor.class, UapiHeader.class);

  /** All of them; a sealed one is implemented through those it permits. */
  static final Set<Class<?>> ALL =
      Stream.of(PageSource.class, FrameBufferDevice.class)
          .flatMap(beside -> find(beside).stream())
          .collect(Collectors.toUnmodifiableSet());

  private Slots() {}

  private static Set<Class<?>> find(Class<?> beside) {
    String room = beside.getPackageName();
    try {
      Path code = Path.of(beside.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return in(code, room);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        return in(jar.getPath("/"), room);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Set<Class<?>> in(Path root, String room) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(room.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
          .<Class<?>>map(
              name -> load(room + "." + name.substring(0, name.length() - ".class".length())))
          .filter(type ->
              isPublic(type.getModifiers())
                  && type.isInterface()
                  && !type.isSealed()
                  && !KERNELS.contains(type)
                  && !ASKED_BY_OTHERS.contains(type))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Slots.class.getClassLoader());
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }
}
