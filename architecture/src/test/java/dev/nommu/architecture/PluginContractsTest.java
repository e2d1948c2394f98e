package dev.nommu.architecture;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each plugin of the project, its snippets and its examples is tested with the kit's contract. */
final class PluginContractsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern PLUGIN =
      Pattern.compile(
          "(?:class|record|enum) (\\w+)[^{]*\\simplements\\s[^{]*\\b"
              + "(?:DeviceDriver|FileSystemType|BinaryFormat|FrameBufferDeviceDriver)\\b");
  private static final Pattern CONTRACT =
      Pattern.compile(
          "extends"
              + " (?:CharacterDevice|Registers|BlockDevice|Mtd|FrameBuffer|FileSystem|BinaryFormat)"
              + "Contract\\b");
  private static final Pattern TESTED = Pattern.compile("return new (\\w+)\\(");

  /** The plugins that no contract can test, and why. */
  private static final Map<String, String> WITHOUT_CONTRACT =
      Map.of(
          "FrameBufferDriver",
          "it is the core: the contract of each driver below it is of its files",
          "SramDriver",
          "it has memory and nothing that is asked",
          "ConsoleDriver",
          "it is made with the log and the keyboard of a machine: ConsoleTest",
          "DevTmpFs",
          "it is mounted by the kernel, once, and its names are devices: ProcFilesTest",
          "PseudoFileSystem",
          "proc and sysfs show the machine that mounts them: ProcFilesTest, ProcFormatTest");

  private static Stream<Path> sources(String folder) throws IOException {
    try (Stream<Path> found = Files.walk(PROJECT)) {
      return found
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains(folder))
          .toList()
          .stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new IllegalStateException(file.toString(), unreadable);
    }
  }

  private static Set<String> tested() throws IOException {
    return sources("/src/test/java/")
        .map(PluginContractsTest::text)
        .filter(text -> CONTRACT.matcher(text).find())
        .flatMap(text -> TESTED.matcher(text).results())
        .map(found -> found.group(1))
        .collect(toSet());
  }

  private static Map<String, String> plugins() throws IOException {
    return sources("/src/main/java/")
        .map(PluginContractsTest::text)
        .flatMap(text -> PLUGIN.matcher(text).results())
        .map(found -> found.group(1))
        .distinct()
        .collect(toMap(Function.identity(), name -> WITHOUT_CONTRACT.getOrDefault(name, "")));
  }

  @Test
  void plugin_hasAContractTest_orAReasonToHaveNone() throws IOException {
    Map<String, String> plugins = plugins();
    assertThat(plugins).containsKeys("RamfsType", "MtdDriver", "ButtonDriver", "ZipType");
    Set<String> tested = tested();
    List<String> untested =
        plugins.entrySet().stream()
            .filter(plugin -> plugin.getValue().isEmpty() && !tested.contains(plugin.getKey()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    assertThat(untested).as("plugins without a test that extends a contract").isEmpty();
  }

  @Test
  void reason_isOfAPluginThatIsThereAndHasNoContractTest() throws IOException {
    assertThat(plugins().keySet()).containsAll(WITHOUT_CONTRACT.keySet());
    assertThat(tested()).doesNotContainAnyElementsOf(WITHOUT_CONTRACT.keySet());
  }
}
