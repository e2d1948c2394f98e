package dev.nommu.kernel.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.PluginFinder;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are found in jars and folders, each loaded separately. */
final class PluginPathTest {
  private static final String SERVICE = "META-INF/services/dev.nommu.api.DeviceDriver";

  /** A driver named by a library. */
  private static final String DRIVER =
      """
      package acme;
      import java.util.Set;
      public class Driver implements dev.nommu.api.DeviceDriver {
        @Override public String name() { return "sensor " + lib.Version.name(); }
        @Override public Set<String> compatible() { return Set.of("acme,sensor"); }
      }
      """;

  private static final String LIBRARY =
      "package lib; public class Version { public static String name() { return \"%s\"; } }";

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path folder;

  private PluginJar sensor(String name, String version) throws IOException {
    return new PluginJar(folder, name)
        .with("lib.Version", LIBRARY.formatted(version))
        .with("acme.Driver", DRIVER)
        .withFile(SERVICE, "acme.Driver\n");
  }

  private static List<String> added(PluginPath path) {
    return path.find(DeviceDriver.class).stream()
        .filter(plugin -> !plugin.from().isEmpty())
        .map(plugin -> plugin.get().name())
        .toList();
  }

  @Test
  void pluginsOfAKind_canBeGiven_andAddedPlacesChangeThemNoMore() throws Exception {
    FoundPlugin<DeviceDriver> driver = PluginPath.standard().find(DeviceDriver.class).getFirst();
    PluginPath given = PluginPath.standard().with(DeviceDriver.class, List.of(driver));
    assertThat(given.find(DeviceDriver.class)).containsExactly(driver);
    assertThat(given.find(FileSystemType.class))
        .hasSameSizeAs(PluginPath.standard().find(FileSystemType.class));
    assertThat(given.with(sensor("sensor", "1").jar()).find(DeviceDriver.class))
        .containsExactly(driver);
  }

  @Test
  void jarAndFolderOfClasses_areFoundBesideTheKernelsOwn() throws Exception {
    PluginJar sensor = sensor("sensor", "1");
    PluginPath standard = PluginPath.standard();
    for (Path place : List.of(sensor.jar(), sensor.classes())) {
      PluginPath path = standard.with(place);
      assertThat(added(path)).containsExactly("sensor 1");
      assertThat(path.added()).containsExactly(place.toString());
      assertThat(path.find(DeviceDriver.class))
          .hasSize(standard.find(DeviceDriver.class).size() + 1);
    }
    assertThat(standard.added()).isEmpty();
  }

  @Test
  void twoPlugins_carryDifferentVersionsOfALibrary() throws Exception {
    PluginPath path =
        PluginPath.standard().with(sensor("one", "1").jar()).with(sensor("two", "2").jar());
    assertThat(added(path)).containsExactly("sensor 1", "sensor 2");
  }

  @Test
  void ownLibrary_comesBeforeThatOfTheKernel() throws Exception {
    PluginJar driver =
        new PluginJar(folder, "own")
            .with(
                "com.google.common.base.Joiner",
                "package com.google.common.base; public class Joiner { public static String on() {"
                    + " return \"own\"; } }")
            .with(
                "acme.Driver",
                DRIVER.replace("lib.Version.name", "com.google.common.base.Joiner.on"))
            .withFile(SERVICE, "acme.Driver\n");
    assertThat(added(PluginPath.standard().with(driver.jar()))).containsExactly("sensor own");
  }

  @Test
  void ownResource_comesBeforeThatOfTheKernel() throws Exception {
    String reading =
        "new String(Driver.class.getResourceAsStream(\"/META-INF/MANIFEST.MF\").readAllBytes())";
    PluginJar driver =
        new PluginJar(folder, "own")
            .with(
                "acme.Driver",
                DRIVER.replace(
                    "return \"sensor \" + lib.Version.name();",
                    "try { return %s; } catch (Exception e) { return e.toString(); }"
                        .formatted(reading)))
            .withFile("META-INF/MANIFEST.MF", "Own: yes\n")
            .withFile(SERVICE, "acme.Driver\n");
    assertThat(added(PluginPath.standard().with(driver.classes()))).containsExactly("Own: yes\n");
  }

  @Test
  void folderOfJars_isAPluginAndItsLibraries() throws Exception {
    Path together = Files.createDirectory(folder.resolve("together"));
    PluginJar library =
        new PluginJar(folder, "library").with("lib.Version", LIBRARY.formatted("3"));
    Files.copy(library.jar(), together.resolve("library.jar"));
    PluginJar sensor = sensor("sensor", "3");
    Files.delete(sensor.classes().resolve("lib/Version.class"));
    Files.copy(sensor.jar(), together.resolve("sensor.jar"));
    assertThat(added(PluginPath.standard().with(together))).containsExactly("sensor 3");
  }

  @Test
  void plugin01_classThatIsMissing_isNamedWithTheJarAndTheMachineStarts() throws Exception {
    PluginJar sensor = sensor("sensor", "1").withFile(SERVICE, "acme.Driver\nacme.Absent\n");
    Path jar = sensor.jar();
    Machine machine = boot(PluginPath.standard().with(jar));
    assertThat(machine.log().lines())
        .contains("/sensor@0: bound to sensor 1")
        .anyMatch(line ->
            line.startsWith("plugin of dev.nommu.api.DeviceDriver (" + jar + ") cannot be used")
                && line.endsWith("Provider acme.Absent not found"));
  }

  @Test
  void plugin01_libraryThatIsMissing_isNamedWithClassAndJar() throws Exception {
    PluginJar sensor = sensor("sensor", "1");
    Files.delete(sensor.classes().resolve("lib/Version.class"));
    Path jar = sensor.jar();
    Machine machine = boot(PluginPath.standard().with(jar));
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("acme.Driver") && line.contains("lib/Version"));
  }

  private Machine boot(PluginPath path) throws BoardException {
    return machines.boot(
        Kernel.of(path),
        TestBoard.withMebibytes(8)
            .node("sensor@0 { compatible = \"acme,sensor\"; reg = <0 0 0 0x1000>; };")
            .build(),
        Profile.DOCUMENT);
  }

  @Test
  void twoDriversWithOneName_areNamedWithTheirJars() throws Exception {
    Path one = sensor("one", "1").jar();
    Path two = sensor("two", "1").jar();
    PluginPath path = PluginPath.standard().with(one).with(two);
    assertThatThrownBy(() -> boot(path))
        .rootCause()
        .hasMessageContainingAll(
            "two plugins provide the driver \"sensor 1\"",
            "acme.Driver (" + one.toUri().toURL() + ")",
            "acme.Driver (" + two.toUri().toURL() + "); no machine boots with both");
  }

  @Test
  void placeThatIsNone_isNamedWithTheReason() throws Exception {
    Path absent = folder.resolve("absent.jar");
    Path text = Files.writeString(folder.resolve("text.jar"), "no zip");
    assertThatThrownBy(() -> PluginPath.standard().with(absent))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(absent + ": ");
    assertThatThrownBy(() -> PluginPath.standard().with(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(text + ": not a jar: ");
  }

  @Test
  void closedPath_loadsNoMoreClasses_andAnotherJarTakesThePlace() throws Exception {
    PluginPath one = PluginPath.standard().with(sensor("one", "1").jar());
    List<FoundPlugin<DeviceDriver>> found;
    try (PluginPath both = one.with(sensor("two", "2").jar())) {
      found = both.find(DeviceDriver.class).stream().filter(it -> !it.from().isEmpty()).toList();
    }
    assertThat(found)
        .hasSize(2)
        .allSatisfy(plugin ->
            assertThatThrownBy(() -> plugin.get().name())
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("lib/Version"));
    try (PluginPath anew = PluginPath.standard().with(sensor("one", "3").jar())) {
      assertThat(added(anew)).containsExactly("sensor 3");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closedPath_hasNoOpenFiles() throws Exception {
    Path jar = sensor("sensor", "1").jar().toRealPath();
    try (PluginPath path = PluginPath.standard().with(jar)) {
      assertThat(added(path)).containsExactly("sensor 1");
      assertThat(openFiles()).contains(jar);
    }
    assertThat(openFiles()).doesNotContain(jar);
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) { // it may be closed by now
          open.add(Files.readSymbolicLink(descriptor));
        }
      }
    }
    return open;
  }

  @Test
  void pluginOfAPlugin_findsWhatBelongsToTheKernelThatMakesIt() throws Exception {
    PluginPath path = PluginPath.standard().with(sensor("sensor", "1").jar());
    assertThat(path.during(PluginFinder::current)).isSameAs(path);
    assertThat(PluginFinder.current()).isNotSameAs(path);
    assertThat(PluginFinder.current().find(DeviceDriver.class))
        .hasSameSizeAs(PluginPath.standard().find(DeviceDriver.class));
  }
}
