package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A test in a module sees the kernel, but not its implementation libraries. */
final class ModulePathTest {
  private static final String TESTER = "module tester { requires dev.nommu.kernel; exports test; }";
  private static final String TEST =
      """
      package test;

      import dev.nommu.api.Profile;
      import dev.nommu.devicetree.DeviceTree;
      import dev.nommu.devicetree.Includes;
      import dev.nommu.kernel.Kernel;
      import dev.nommu.kernel.Machine;
      import dev.nommu.kernel.Strictness;
      import dev.nommu.kernel.board.Board;
      import dev.nommu.kernel.path.PluginPath;
      import java.nio.file.Path;
      import java.util.List;

      public class Test {
        private static final String BOARD = \"""
            /dts-v1/;
            / {
              #address-cells = <1>; #size-cells = <1>;
              memory@80000000 { device_type = "memory"; reg = <0x80000000 0x800000>; };
              a@0 { compatible = "%s"; reg = <0x10000000 0x1000>; bank-width = <4>; };
            };
            \""";

        private static Board board(String compatible) throws Exception {
          String source = BOARD.formatted(compatible);
          return Board.of("board", DeviceTree.parseDts(source, "board", Includes.none()), Path.of("."));
        }

        public static List<String> standard() throws Exception {
          try (Machine machine = Machine.boot(board("mtd-ram"), Profile.DOCUMENT, Strictness.STRICT)) {
            return machine.log().lines();
          }
        }

        public static List<String> with(Path place) throws Exception {
          PluginPath plugins = PluginPath.standard().with(place);
          try (Machine machine = Kernel.of(plugins).boot(board("acme,sensor"))) {
            return machine.log().lines();
          }
        }

        public static List<String> closed(Path place) throws Exception {
          try (PluginPath plugins = PluginPath.standard().with(place);
              Machine machine = Kernel.of(plugins).boot(board("acme,sensor"))) {
            return machine.log().lines();
          }
        }

        public static List<String> of(ModuleLayer plugins) throws Exception {
          try (Machine machine = Kernel.of(PluginPath.of(plugins)).boot(board("acme,sensor"))) {
            return machine.log().lines();
          }
        }
      }
      """;
  private static final String PLUGIN =
      """
      module acme.sensor {
        requires dev.nommu.api;
        provides dev.nommu.api.DeviceDriver with acme.sensor.SensorDriver;
      }
      """;
  private static final String NEEDY = PLUGIN.replace("requires", "requires acme.library; requires");
  private static final String DRIVER =
      """
      package acme.sensor;

      import java.util.Set;

      public class SensorDriver implements dev.nommu.api.DeviceDriver {
        @Override
        public String name() {
          return "sensor";
        }

        @Override
        public Set<String> compatible() {
          return Set.of("acme,sensor");
        }
      }
      """;

  /** The libraries of the kernel alone: others may have packages in common. */
  private static final String LIBRARY =
      ".*/(guice|guava|failureaccess|aopalliance|jakarta\\.inject-api|commons-io|jspecify)-[^/]*jar";

  @TempDir Path folder;

  private static Path[] modulePath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(place -> isOurs(place) || place.toString().matches(LIBRARY))
        .toArray(Path[]::new);
  }

  private static boolean isOurs(Path place) {
    return place.getFileName().toString().matches("nommu-.*\\.jar")
        || Files.exists(place.resolve("module-info.class"));
  }

  private static ModuleDescriptor kernel() {
    return ModuleFinder.of(modulePath()).find("dev.nommu.kernel").orElseThrow().descriptor();
  }

  private String path(String... needed) {
    return Stream.concat(Stream.of(modulePath()), Stream.of(needed).map(folder::resolve))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Compiles a module against the module path; returns the output of the compiler. */
  private String compile(String name, Map<String, String> sources, String... needed)
      throws Exception {
    Path source = folder.resolve(name + "-source");
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Path file = source.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    JavaCompiler compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--module-path", path(needed), "-d", folder.resolve(name).toString());
      List<Path> all = sources.keySet().stream().map(source::resolve).toList();
      compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
          .call();
    }
    return said.toString();
  }

  @SuppressWarnings("restricted") // the kernel gets its memory from the C library
  private ModuleLayer layer() throws Exception {
    assertThat(compile("tester", Map.of("module-info.java", TESTER, "test/Test.java", TEST)))
        .isEmpty();
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(
                ModuleFinder.compose(
                    ModuleFinder.of(folder.resolve("tester")), ModuleFinder.of(modulePath())),
                ModuleFinder.of(),
                Set.of("tester"));
    ModuleLayer.Controller made =
        ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
    made.enableNativeAccess(made.layer().findModule("dev.nommu.kernel").orElseThrow());
    return made.layer();
  }

  private static Class<?> test(ModuleLayer layer) throws ReflectiveOperationException {
    return layer.findLoader("tester").loadClass("test.Test");
  }

  @Test
  void testersModule_requiresTheKernelAlone() throws Exception {
    assertThat(lines(test(layer()).getMethod("standard").invoke(null)))
        .contains("/a@0: bound to mtd");
  }

  /** Without it the command's module does not receive Ctrl-C. */
  @Test
  void command_requiresTheModuleOfSignals() {
    ModuleDescriptor command =
        ModuleFinder.of(modulePath()).find("dev.nommu.cli").orElseThrow().descriptor();
    assertThat(command.requires()).extracting(Requires::name).contains("jdk.unsupported");
  }

  @Test
  void kernelOfALayer_hasItsPluginsAndThoseOfItsParents() throws Exception {
    ModuleLayer parent = layer();
    assertThat(
            compile(
                "acme.sensor",
                Map.of("module-info.java", PLUGIN, "acme/sensor/SensorDriver.java", DRIVER)))
        .isEmpty();
    Configuration configuration =
        parent
            .configuration()
            .resolve(
                ModuleFinder.of(folder.resolve("acme.sensor")),
                ModuleFinder.of(),
                Set.of("acme.sensor"));
    ModuleLayer plugins =
        parent.defineModulesWithOneLoader(configuration, parent.findLoader("tester"));
    assertThat(lines(test(parent).getMethod("of", ModuleLayer.class).invoke(null, plugins)))
        .contains("/a@0: bound to sensor");
    assertThat(lines(test(parent).getMethod("of", ModuleLayer.class).invoke(null, parent)))
        .contains("/a@0: no driver for [acme,sensor]");
  }

  @Test
  void moduleThatIsAdded_isInALayerOfItsOwn() throws Exception {
    assertThat(
            compile(
                "acme.sensor",
                Map.of("module-info.java", PLUGIN, "acme/sensor/SensorDriver.java", DRIVER)))
        .isEmpty();
    assertThat(lines(with(layer(), "acme.sensor"))).contains("/a@0: bound to sensor");
  }

  @Test
  void moduleThatIsAdded_hasItsResources() throws Exception {
    String named =
        DRIVER.replace(
            "return \"sensor\";",
            "try (var in = SensorDriver.class.getResourceAsStream(\"name.txt\")) {"
                + " return new String(in.readAllBytes()); }"
                + " catch (java.io.IOException e) { return e.toString(); }");
    assertThat(
            compile(
                "acme.sensor",
                Map.of("module-info.java", PLUGIN, "acme/sensor/SensorDriver.java", named)))
        .isEmpty();
    Files.writeString(folder.resolve("acme.sensor/acme/sensor/name.txt"), "thermometer");
    assertThat(lines(with(layer(), "acme.sensor"))).contains("/a@0: bound to thermometer");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void moduleOfAPathThatIsClosed_isNoLongerOpen() throws Exception {
    compile(
        "acme.sensor", Map.of("module-info.java", PLUGIN, "acme/sensor/SensorDriver.java", DRIVER));
    Path jar = folder.resolve("sensor.jar");
    String classes = folder.resolve("acme.sensor").toString();
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    assertThat(tool.run(System.out, System.err, "-c", "-f", jar.toString(), "-C", classes, "."))
        .isZero();
    Object log = test(layer()).getMethod("closed", Path.class).invoke(null, jar);
    assertThat(lines(log)).contains("/a@0: bound to sensor");
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(Files::isSymbolicLink).map(ModulePathTest::target))
          .doesNotContain(jar.toRealPath());
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException closedMeanwhile) {
      return link;
    }
  }

  @Test
  void moduleThatMissesAnother_isRefusedWithItsName() throws Exception {
    assertThat(compile("acme.library", Map.of("module-info.java", "module acme.library {}")))
        .isEmpty();
    assertThat(
            compile(
                "acme.sensor",
                Map.of("module-info.java", NEEDY, "acme/sensor/SensorDriver.java", DRIVER),
                "acme.library"))
        .isEmpty();
    assertThatThrownBy(() -> with(layer(), "acme.sensor"))
        .rootCause()
        .hasMessage("Module acme.library not found, required by acme.sensor");
  }

  @Test
  void moduleForAnotherVersionOfTheApi_isRefusedWithBoth() throws Exception {
    compile(
        "acme.sensor", Map.of("module-info.java", PLUGIN, "acme/sensor/SensorDriver.java", DRIVER));
    Path manifest = folder.resolve("acme.sensor/META-INF/MANIFEST.MF");
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "Manifest-Version: 1.0\nNommu-Api-Version: 7.5.0\n");
    assertThatThrownBy(() -> with(layer(), "acme.sensor"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".*acme.sensor: made for version 7.5.0 of nommu-api, this is \\d+\\.\\d+\\..*");
  }

  private Object with(ModuleLayer layer, String plugin) throws Exception {
    try {
      return test(layer).getMethod("with", Path.class).invoke(null, folder.resolve(plugin));
    } catch (InvocationTargetException failed) {
      throw (Exception) failed.getCause();
    }
  }

  private static Stream<String> lines(Object log) {
    return ((List<?>) log).stream().map(String::valueOf);
  }

  @Test
  void guice_isNotPassedOnToThoseWhoRequireTheKernel() {
    assertThat(kernel().requires())
        .filteredOn(requires -> requires.modifiers().contains(Requires.Modifier.TRANSITIVE))
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("dev.nommu.api", "dev.nommu.devicetree");
    assertThat(kernel().exports())
        .extracting(Exports::source)
        .contains("dev.nommu.kernel.inject")
        .doesNotContain("dev.nommu.kernel.parts");
  }

  @Test
  void testersModule_doesNotSeeGuice() throws Exception {
    String using = "package test; class Uses { com.google.inject.Module module; }";
    assertThat(compile("tester", Map.of("module-info.java", TESTER, "test/Uses.java", using)))
        .contains("com.google.inject");
  }
}
