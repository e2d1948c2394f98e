package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A plugin is found on the class path as well as on the module path. */
final class ServicesTest {
  private static final String FOLDER = "META-INF/services/";

  @Test
  void providesInModuleInfo_isWhatMetaInfServicesSays() throws IOException {
    Map<String, Set<String>> provided = new TreeMap<>();
    Map<String, Set<String>> listed = new TreeMap<>();
    for (ModuleReference module : modules()) {
      for (Provides provides : module.descriptor().provides()) {
        provided.put(
            module.descriptor().name() + ": " + provides.service(),
            Set.copyOf(provides.providers()));
      }
      listed.putAll(listedBy(module));
    }
    assertThat(listed).isNotEmpty().isEqualTo(provided);
  }

  @Test
  void everyProvider_canBeMade() throws ReflectiveOperationException {
    Set<String> services =
        modules().stream()
            .flatMap(module -> module.descriptor().provides().stream())
            .map(Provides::service)
            .collect(Collectors.toSet());
    assertThat(services).isNotEmpty();
    for (String service : services) {
      assertThat(ServiceLoader.load(Class.forName(service))).isNotEmpty().doesNotContainNull();
    }
  }

  /** Returns the providers in the module's META-INF/services, by module and service. */
  private static Map<String, Set<String>> listedBy(ModuleReference module) throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    try (ModuleReader reader = module.open()) {
      Set<String> files =
          reader.list().filter(name -> name.matches(FOLDER + ".+")).collect(Collectors.toSet());
      for (String file : files) {
        String service = file.substring(FOLDER.length());
        listed.put(module.descriptor().name() + ": " + service, lines(reader, file));
      }
    }
    return listed;
  }

  private static Set<String> lines(ModuleReader reader, String file) throws IOException {
    try (InputStream stream = reader.open(file).orElseThrow()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** Returns this project's modules on the class path: folders of classes, or jars. */
  private static Set<ModuleReference> modules() {
    Path[] places =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(ServicesTest::isOurs)
            .toArray(Path[]::new);
    return ModuleFinder.of(places).findAll();
  }

  private static boolean isOurs(Path place) {
    return place.getFileName().toString().matches("nommu-.*\\.jar")
        || Files.exists(place.resolve("module-info.class"));
  }
}
