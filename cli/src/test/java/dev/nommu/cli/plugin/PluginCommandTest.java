package dev.nommu.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Main;
import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --plugin} and {@code nommu plugin list}, with a plugin of one driver and its names. */
final class PluginCommandTest {
  private static final String DRIVER =
      """
      package acme;

      import dev.nommu.api.*;
      import java.util.Set;

      public class Lamp implements DeviceDriver {
        @Override public String name() { return "lamp"; }
        @Override public Set<String> compatible() { return Set.of("acme,lamp", "acme,bulb"); }
        @Override public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
          context.registerCharacterDevice("lamp", flags -> new OpenFile() {});
        }
      }
      """;
  private static final String NAMES =
      """
      package acme;

      import java.util.Map;

      public class Names implements dev.nommu.api.UapiHeader {
        @Override public String name() { return "lamp.h"; }
        @Override public Map<String, Long> constants() { return Map.of("LAMP_ERROR", 22L); }
      }
      """;
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        lamp { compatible = "acme,lamp"; };
      };
      """;

  @TempDir private Path folder;
  private Path plugin;
  private Path board;

  @BeforeEach
  void makePlugin() throws IOException {
    plugin = Files.createDirectory(folder.resolve("lamp"));
    compile("Lamp", DRIVER);
    compile("Names", NAMES);
    service("DeviceDriver", "acme.Lamp");
    service("UapiHeader", "acme.Names");
    board = Files.writeString(folder.resolve("board.dts"), BOARD);
  }

  private void compile(String name, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", plugin.toString(), file.toString()))
        .isZero();
  }

  private void service(String name, String provider) throws IOException {
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.nommu.api." + name), provider + "\n");
  }

  @Test
  void list_showsEachProviderWhatItDrivesAndFromWhere() {
    Run run = Run.of("plugin", "list", "--plugin", plugin);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("driver +lamp +acme,bulb, acme,lamp +acme.Lamp +" + plugin + "\n")
        .containsPattern("names +lamp.h +1 constants, 0 ioctls +acme.Names +" + plugin + "\n")
        .containsPattern("driver +mtd +cfi-flash, mtd-ram, mtd-rom +\\S+MtdDriver +nommu\n")
        .containsPattern("file system +romfs +a block device or MTD +\\S+RomfsType +nommu\n");
    assertThat(Run.of("plugin", "list").out()).doesNotContain("acme.Lamp");
  }

  @Test
  void twoOfOneName_areMarked_andNoMachineBoots() throws IOException {
    Path other = folder.resolve("other");
    Files.move(plugin, other);
    makePlugin();
    Run run = Run.of("plugin", "list", "--plugin", plugin, "--plugin", other);
    String marked = "driver +lamp \\(twice: no machine boots\\) +acme,bulb, acme,lamp +acme.Lamp +";
    assertThat(run.out()).containsPattern(marked + plugin).containsPattern(marked + other);
    assertThat(run.out().lines().filter(line -> line.contains("twice"))).hasSize(2);
    Run board = Run.of("board", "--board", this.board, "--plugin", plugin, "--plugin", other);
    assertThat(board.exitCode()).isNotZero();
    assertThat(board.err())
        .contains("two plugins provide the driver \"lamp\"", "no machine boots with both");
  }

  @Test
  void frameBufferDriverWithANameThatIsTaken_isNamed_andTheMachineStarts() throws IOException {
    String kind = "dev.nommu.chardevfb.FrameBufferDeviceDriver";
    compile(
        "Screen",
        "package acme; public class Screen implements %s {".formatted(kind)
            + " public String name() { return \"vfb\"; }"
            + " public java.util.Set<String> compatible() { return java.util.Set.of(); } }");
    Files.writeString(plugin.resolve("META-INF/services").resolve(kind), "acme.Screen\n");
    Run run = Run.of("board", "--board", board, "--plugin", plugin);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "nommu: plugin acme.Screen ("
                + plugin
                + ") cannot be used: the name \"vfb\" is already used by"
                + " dev.nommu.chardevfb.VirtualFrameBufferDriver; the machine starts without it\n");
  }

  @Test
  void addedDriver_isOnTheBoard() {
    assertThat(Run.of("board", "--board", board).out())
        .containsPattern("\n  lamp +acme,lamp +no driver\n");
    assertThat(Run.of("board", "--board", board, "--plugin", plugin).out())
        .containsPattern("\n  lamp +acme,lamp +driver lamp\n");
  }

  @Test
  void namesOfAPlugin_areThoseOfScenarios() throws IOException {
    Path scenario = Files.writeString(folder.resolve("s.txt"), "close(LAMP_ERROR)\n");
    assertThat(Run.of("run", scenario).exitCode()).isEqualTo(2);
    assertThat(Run.of("run", "--plugin", plugin, scenario).out())
        .isEqualTo("close(LAMP_ERROR) = -1 EBADF\n");
    assertThat(
            Run.of("run", "--plugin", plugin, "--out", folder.resolve("out"), scenario).exitCode())
        .isZero();
    assertThat(folder.resolve("out/s.out")).hasContent("close(LAMP_ERROR) = -1 EBADF\n");
  }

  @Test
  void explain_asksThePluginsDriver() {
    String call = "mmap(NULL, 4096, PROT_READ, MAP_SHARED, \"/dev/lamp\", LAMP_ERROR - 22)";
    Run run = Run.of("explain", "--board", board, "--plugin", plugin, call);
    assertThat(run.out()).startsWith("open(\"/dev/lamp\"").contains("ENODEV");
  }

  @Test
  void pluginThatCannotBeUsed_isNamedOnceAndTheMachineStarts() throws IOException {
    service("FileSystemType", "acme.Absent");
    Run run = Run.of("board", "--board", board, "--plugin", plugin);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "nommu: plugin of dev.nommu.api.FileSystemType ("
                + plugin
                + ") cannot be used: dev.nommu.api.FileSystemType: Provider acme.Absent not found;"
                + " the machine starts without it\n");
    assertThat(Run.of("plugin", "list", "--plugin", plugin).out())
        .containsPattern("file system +cannot be used +of dev.nommu.api.FileSystemType +" + plugin);
  }

  @Test
  void pluginThatAnswersNullOrControlCharacters_isNamedAndSpoilsNoTerminal() throws IOException {
    compile("Lamp", DRIVER.replace("\"lamp\"; }", "null; }"));
    compile("Names", NAMES.replace("lamp.h", "lamp\\u001b[31m.h"));
    Run run = Run.of("plugin", "list", "--plugin", plugin);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("nommu: plugin acme.Lamp (" + plugin + ") cannot be used: ")
        .contains("null");
    assertThat(run.out())
        .containsPattern("driver +cannot be used +acme.Lamp")
        .contains("names ")
        .doesNotContain("\u001b");
  }

  @Test
  void headerThatContradictsAnother_isTold() throws IOException {
    compile("Names", NAMES.replace("LAMP_ERROR", "O_RDWR"));
    Path scenario = Files.writeString(folder.resolve("s.txt"), "close(O_RDWR)\n");
    assertThat(Run.of("run", "--plugin", plugin, scenario).err())
        .startsWith("nommu: ")
        .contains("acme.Names", "O_RDWR")
        .hasLineCount(1);
  }

  @Test
  void headerThatCannotBeMade_isToldOnce() throws IOException {
    service("UapiHeader", "acme.Absent");
    Path scenario = Files.writeString(folder.resolve("s.txt"), "close(3)\n");
    assertThat(Run.of("run", "--plugin", plugin, scenario).err())
        .contains("acme.Absent")
        .hasLineCount(1);
  }

  @Test
  void placeWithoutAPlugin_isRefusedBeforeAMachineStarts() throws IOException {
    Path absent = folder.resolve("absent.jar");
    assertThat(Run.of("board", "--plugin", absent))
        .returns(2, Run::exitCode)
        .returns("", Run::out)
        .extracting(Run::err)
        .asString()
        .startsWith("nommu: --plugin " + absent + ": ");
    Path compiled = Files.createDirectories(folder.resolve("project/target/classes"));
    assertThat(Run.of("board", "--plugin", folder.resolve("project")).err())
        .contains("no plugin found (did you mean " + compiled + "?): expected ");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Run.of("board", "--plugin", empty))
        .returns(2, Run::exitCode)
        .extracting(Run::err)
        .asString()
        .startsWith("nommu: --plugin " + empty + ": no plugin found: expected ")
        .contains("META-INF/services/dev.nommu.api.DeviceDriver\n");
  }

  @Test
  void environment_addsPluginsEachOnce() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "plugin",
            "list");
    command.environment().put("NOMMU_PLUGINS", plugin + ":" + plugin);
    Process process = command.redirectErrorStream(true).start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(said).filteredOn(line -> line.contains("acme.Lamp")).hasSize(1);
  }

  @Test
  void readme_namesTheCommandsThatTakeAPlugin() throws IOException {
    List<String> commands =
        Pattern.compile("^  ([a-z]+) +[A-Z]", Pattern.MULTILINE)
            .matcher(Run.of("--help").out())
            .results()
            .map(line -> line.group(1))
            .toList();
    assertThat(commands).contains("run", "plugin");
    String taking =
        commands.stream()
            .filter(command -> Run.of(command, "--help").out().contains("--plugin="))
            .sorted()
            .map("`%s`"::formatted)
            .collect(
                Collectors.joining(
                    ", ", "The commands that take plugins are ", " and `plugin list`."));
    assertThat(Files.readString(Path.of("../docs/FIRST-DRIVER.md"))).contains(taking);
  }
}
