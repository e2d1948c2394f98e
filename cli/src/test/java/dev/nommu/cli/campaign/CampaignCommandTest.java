package dev.nommu.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** {@code nommu campaign}: what it finds, what it writes, and that nothing is lost by a kill. */
final class CampaignCommandTest {
  private static final String PEN =
      """
      package acme;

      import dev.nommu.api.*;
      import java.lang.foreign.MemorySegment;
      import java.util.Set;

      public class Pen implements DeviceDriver {
        @Override public String name() { return "pen"; }
        @Override public Set<String> compatible() { return Set.of("acme,pen"); }
        @Override public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
          context.registerCharacterDevice("pen", flags -> new WritableFile() {
            @Override public long write(MemorySegment from, long position) {
              return position > 16000 ? -1 : from.byteSize();
            }
          });
        }
      }
      """;

  @TempDir private Path folder;
  private Path plugin = Path.of("");

  @BeforeEach
  void compile() throws IOException {
    plugin = Files.createDirectories(folder.resolve("pen"));
    Path source = Files.writeString(folder.resolve("Pen.java"), PEN);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", plugin.toString(), source.toString()))
        .isZero();
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.nommu.api.DeviceDriver"), "acme.Pen\n");
  }

  private Object[] arguments(Path report, String seeds) {
    return new Object[] {
      "campaign",
      "--plugin",
      plugin,
      "--profile",
      "document",
      "--steps",
      "10",
      "--seeds",
      seeds,
      "--report",
      report
    };
  }

  private static JsonObject json(Path report) throws IOException {
    return JsonParser.parseString(Files.readString(report.resolve("report.json")))
        .getAsJsonObject();
  }

  @Test
  void fault_isToldOnce_andItsCapsuleIsReplayedByRun() throws Exception {
    Path report = folder.resolve("report");
    Run run = Run.of(arguments(report, "1..600"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().filter(line -> line.startsWith("wrong"))).hasSize(1);
    assertThat(run.out())
        .containsPattern("wrong   PLUGIN-01 acme\\.Pen\\S*\\.write, sessions, document: \\d+ times")
        .contains("600 of 600 seeds run");
    try (Stream<Path> kept = Files.list(report.resolve("capsules"))) {
      Path capsule = kept.toList().getFirst();
      Run replay = Run.of("run", "--plugin", plugin, capsule);
      assertThat(replay.exitCode()).isEqualTo(1);
      assertThat(replay.err()).contains("FAULT: EIO");
      assertThat(Files.readString(capsule.resolve("found.json")))
          .contains("\"java\"", "\"nommu\"", "\"digest\"");
    }
    assertReports(report);
  }

  private static void assertReports(Path report) throws Exception {
    assertThat(Files.readString(report.resolve("report.html")))
        .startsWith("<!DOCTYPE html>")
        .contains("color-scheme: light dark", "pwrite: ")
        .doesNotContain("http:", "https:", "<script");
    JsonObject json = json(report);
    assertThat(json.get("seedsRun").getAsLong()).isEqualTo(600);
    assertThat(json.getAsJsonArray("found").size()).isEqualTo(1);
    assertThat(json.getAsJsonObject("coverage").keySet())
        .containsExactly("answer", "fault", "outcome", "rule");
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.resolve("junit.xml").toFile());
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void campaignThatIsKilled_goesOn_andComesToTheSame() throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Run.of(arguments(whole, "1..4000"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nommu.cli.Main"));
    Stream.of(arguments(killed, "1..4000")).map(String::valueOf).forEach(command::add);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    while (seedsRun(killed) == 0 && process.isAlive()) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    assertThat(seedsRun(killed)).isBetween(1L, 3999L);
    Run rest = Run.of("campaign", "--resume", "--report", killed);
    assertThat(rest.out()).contains("4,000 of 4,000 seeds run");
    for (String field : List.of("seedsRun", "sessions", "coverage", "found", "lost")) {
      assertThat(json(killed).get(field)).isEqualTo(json(whole).get(field));
    }
  }

  private static long seedsRun(Path report) throws IOException {
    return Files.exists(report.resolve("report.json"))
        ? json(report).get("seedsRun").getAsLong()
        : 0;
  }

  @Test
  void folderWithACampaign_isNotBegunAgain_andAChangedPluginDoesNotGoOn() throws Exception {
    Path report = folder.resolve("report");
    Run.of(arguments(report, "1..3"));
    Run again = Run.of(arguments(report, "1..3"));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("contains a campaign: continue it with --resume");
    Path more = Files.writeString(plugin.resolve("more.txt"), "another");
    assertOthers(report);
    Path renamed = folder.resolve("renamed");
    Run.of(arguments(renamed, "1..3"));
    Files.move(more, plugin.resolve("less.txt"));
    assertOthers(renamed);
  }

  private static void assertOthers(Path report) {
    Run changed = Run.of("campaign", "--resume", "--report", report);
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("plugins with the digest");
  }

  @Test
  void optionsOfThePlan_areRefusedWithResume() {
    Path report = folder.resolve("report");
    Run.of(arguments(report, "1..3"));
    assertThat(Run.of("campaign", "--resume", "--report", report, "--for", "1m").err()).isEmpty();
    List<List<String>> options =
        List.of(
            List.of("--plugin", plugin.toString()),
            List.of("--with", plugin.toString()),
            List.of("--self"),
            List.of("--class", "acme.Pen"),
            List.of("--board", "board.dts"),
            List.of("--profile", "document"),
            List.of("--seeds", "1..4"),
            List.of("--work", "faults"),
            List.of("--steps", "60"));
    for (List<String> each : options) {
      List<Object> arguments = new ArrayList<>(List.of("campaign", "--resume", "--report", report));
      arguments.addAll(each);
      Run run = Run.of(arguments.toArray());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("cannot be combined with " + each.getFirst()).hasLineCount(1);
    }
  }

  @Test
  void numbersThatMakeNoCampaign_areExplained_andNoFolderIsMade() {
    assertRefused("expected 0 threads or more, found -1", "--seeds", "1..3", "--threads", "-1");
    assertRefused("a step or more", "--seeds", "1..3", "--steps", "0");
    String most = "0..9223372036854775806";
    assertRefused("found " + most, "--seeds", most);
  }

  private void assertRefused(String why, String... options) {
    Path report = folder.resolve("report");
    Stream<Object> command = Stream.of("campaign", "--plugin", plugin, "--report", report);
    Run run = Run.of(Stream.concat(command, Stream.of(options)).toArray());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
    assertThat(report).doesNotExist();
  }

  @Test
  void folderThatCannotBeWritten_isExplained() throws Exception {
    Path report = folder.resolve("report");
    Files.createDirectories(report.resolve(".state.json.new"));
    Run run = Run.of(arguments(report, "1..3"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("nommu campaign: cannot write " + report + ": ")
        .hasLineCount(1);
  }

  @Test
  void commandLine_thatSaysTooLittleOrTooMuch_isExplained() {
    assertThat(Run.of("campaign").err()).contains("expected --plugin or --self, and --seeds");
    assertThat(Run.of("campaign", "--resume", "--self").err())
        .contains("--resume continues the campaign");
    assertThat(Run.of("campaign", "--self", "--seeds", "9..1").err())
        .contains("expected FROM..TO, FROM at most TO");
    assertThat(Run.of("campaign", "--self", "--seeds", "1..9", "--for", "3").err())
        .contains("expected a time as 90s, 30m or 12h");
    assertThat(Run.of("campaign", "--resume", "--report", folder.resolve("none")).err())
        .contains("expected a campaign, found no plan.json");
  }
}
