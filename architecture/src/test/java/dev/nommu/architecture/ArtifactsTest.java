package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.plugin.Artifacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The kernel knows the artifact of each plugin of this project. */
final class ArtifactsTest {
  /** The class directory of a room, or its jar. */
  private static final Pattern ROOM =
      Pattern.compile(".*?/(?:([^/]+)/target/(?:classes|nommu-[^/]*)|nommu-(\\D+)-[^/]*\\.jar)/?");

  @Test
  void artifactOfEachDriver_isKnownByWhatItDrives() {
    Map<String, String> expected = new TreeMap<>();
    for (DeviceDriver driver : ServiceLoader.load(DeviceDriver.class)) {
      driver.compatible().forEach(name -> expected.put(name, artifact(driver)));
    }
    Map<String, String> known = new TreeMap<>();
    Artifacts.compatible()
        .forEach(name -> known.put(name, Artifacts.ofCompatible(name).orElseThrow()));
    assertThat(known).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void artifactOfEachFileSystem_isKnownByItsName() {
    Map<String, String> expected = new TreeMap<>();
    for (FileSystemType type : ServiceLoader.load(FileSystemType.class)) {
      expected.put(type.name(), artifact(type));
    }
    Map<String, String> known = new TreeMap<>();
    Artifacts.types().forEach(name -> known.put(name, Artifacts.ofType(name).orElseThrow()));
    assertThat(known).isNotEmpty().isEqualTo(expected);
  }

  private static String artifact(Object plugin) {
    String place =
        Path.of(plugin.getClass().getProtectionDomain().getCodeSource().getLocation().getPath())
            .toAbsolutePath()
            .normalize()
            .toString();
    Matcher room = ROOM.matcher(place);
    assertThat(room.matches()).as(place).isTrue();
    return "nommu-" + (room.group(1) == null ? room.group(2) : room.group(1));
  }
}
