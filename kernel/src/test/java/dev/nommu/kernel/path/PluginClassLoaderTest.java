package dev.nommu.kernel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that a plugin finds under nommu's names. */
final class PluginClassLoaderTest {
  private static final Class<?> KERNELS = PluginClassLoaderTest.class;

  @TempDir private Path folder;

  @BeforeEach
  void carryAClassThatTheKernelHasToo() throws Exception {
    String file = KERNELS.getName().replace('.', '/') + ".class";
    Path copy = folder.resolve(file);
    Files.createDirectories(copy.getParent());
    try (InputStream bytes = KERNELS.getClassLoader().getResourceAsStream(file)) {
      Files.copy(Objects.requireNonNull(bytes), copy);
    }
  }

  private Class<?> found(Set<String> packages) throws Exception {
    List<URL> parts = List.of(folder.toUri().toURL());
    try (PluginClassLoader loader = new PluginClassLoader("plugin", parts, packages)) {
      return loader.loadClass(KERNELS.getName());
    }
  }

  @Test
  void classBesideAPlugin_isTheKernels() throws Exception {
    assertThat(found(Set.of())).isSameAs(KERNELS);
  }

  @Test
  void classOfAModuleOfThePlugin_isItsOwn() throws Exception {
    assertThat(found(Set.of(KERNELS.getPackageName())).getClassLoader())
        .isInstanceOf(PluginClassLoader.class);
  }
}
