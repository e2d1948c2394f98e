package dev.nommu.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * {@code nommu check}: right, wrong, endless and suicidal plugins, each in a process of its own.
 */
final class CheckCommandTest {
  /** It says that one byte more was written. */
  private static final String WRITE =
      "@Override public long write(java.lang.foreign.MemorySegment from, long position)"
          + " { return from.byteSize() + 1; }\n";

  @TempDir private Path folder;

  private Path plugin(String answer) throws IOException {
    return new Lamp(folder).answering(answer);
  }

  @Test
  void pluginThatKeepsItsContract_isToldOfWithWhatWasSkipped() throws Exception {
    Path plugin = plugin("return Placement.within(range, request);");
    Run run = Run.of("check", plugin);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("skipped DIR-02 \\(2\\), MMAP-17 \\(2\\): it cannot be read: ")
        .contains("acme.Lamp: ", " skipped, 0 broken")
        .doesNotContain("skipped /dev/lamp");
    assertThat(run.out().lines().filter(line -> line.startsWith("skipped"))).hasSizeLessThan(12);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void skippedTests_areListedOnDemand() throws Exception {
    Path plugin = plugin("return Placement.within(range, request);");
    Run run = Run.of("check", plugin, "--skipped", "--seeds", "0");
    assertThat(run.out()).contains("skipped /dev/lamp, document: ", " skipped, 0 broken");
    assertThat(run.exitCode()).isZero();
  }

  private static final String FORMAT =
      """
      package acme;

      import dev.nommu.api.*;

      public class Lamp implements BinaryFormat {
        @Override public String name() { return "lamp"; }
        @Override public Recognition recognize(Executable file, ExecRequest request)
            throws ErrnoException {
          %s
        }
      }
      """;

  private Path format(String text) throws IOException {
    Path plugin = new Lamp(folder).compiled(FORMAT.formatted(text));
    Files.move(
        plugin.resolve("META-INF/services/dev.nommu.api.DeviceDriver"),
        plugin.resolve("META-INF/services/dev.nommu.api.BinaryFormat"));
    return plugin;
  }

  @Test
  void formatOfAJar_isCheckedWithAnExecutable() throws Exception {
    Path plugin = format("return null;");
    Path program = Files.write(folder.resolve("program"), new byte[] {1, 2, 3, 4});
    Run run = Run.of("check", plugin, "--executable", program, "--capsules", folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("broken  lamp, document: EXEC-13");
  }

  @Test
  void formatWithoutAnExecutable_isToldOfWithTheOption() throws Exception {
    Run run = Run.of("check", format("return null;"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("give a file that this format loads, with --executable");
  }

  @Test
  void pluginThatPrints_isCheckedLikeAnyOther() throws Exception {
    Path plugin = plugin("System.out.println(request); return Placement.within(range, request);");
    Run run = Run.of("check", plugin, "--seeds", "1");
    assertThat(run.out()).contains(" skipped, 0 broken");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void pluginThatBreaksARule_isExitCode1WithTheRule() throws Exception {
    Path plugin = plugin("return Placement.at(range.start() + request.offset());");
    Path xml = folder.resolve("report.xml");
    Path html = folder.resolve("report.html");
    Run run = Run.of("check", plugin, "--junit-xml", xml, "--html", html);
    assertPage(html);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("broken  /dev/lamp, document: DIR-03", "change:   compare offset and length")
        .containsPattern("acme.Lamp: .*\\(PLUGIN-01, DIR-03\\)");
    Document report = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    Element suite = (Element) report.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("failures"))
        .isEqualTo(String.valueOf(report.getElementsByTagName("failure").getLength()))
        .isNotEqualTo("0");
  }

  /** What is broken comes first; markup in names and messages is text. */
  private static void assertPage(Path html) throws IOException {
    String page = Files.readString(html);
    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n")
        .contains("<h2>acme.Lamp</h2>", " broken</p>", "<p>faults, document (seed 1, ")
        .containsPattern("<td>DIR-03 [^\n]*<td><pre class=\"broken\">  found: ")
        .contains("<span class=\"held\">kept</span>", "<span class=\"skipped\">skipped: ")
        .endsWith("</html>\n");
    assertThat(page.lastIndexOf("class=\"broken\">")).isLessThan(page.indexOf("class=\"held\">"));
  }

  @Test
  void pluginThatCannotBeMade_isToldOfWithTheReason() throws Exception {
    String source = Lamp.DRIVER.formatted("return Placement.DECLINED;");
    String constructor = "public Lamp() { throw new IllegalStateException(\"not today\"); } ";
    Path plugin =
        new Lamp(folder)
            .compiled(
                source.replace("@Override public String", constructor + "@Override public String"));
    Run run = Run.of("check", plugin);
    assertThat(run.exitCode()).isEqualTo(1);
    String why = "plugin acme.Lamp (%s) cannot be used: ".formatted(plugin);
    assertThat(run.out())
        .contains("failed  " + why + "java.lang.IllegalStateException: not today\n")
        .contains("acme.Lamp: 0 kept, 0 skipped, 0 broken");
    assertThat(run.err()).startsWith("nommu: " + why).hasLineCount(1);
  }

  @Test
  void pluginThatEndsTheProcess_isToldOfWithTheRuleThatWasTested() throws Exception {
    Run run = Run.of("check", plugin("System.exit(7); return Placement.DECLINED;"), "--tap");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: acme.Lamp\n")
        .contains("# ended the process with exit code 7: in the test of /dev/lamp, document: ")
        .endsWith("not ok 1 acme.Lamp\n");
  }

  @Test
  void pluginThatNeverReturns_isToldOfWhenItsTimeIsOver() throws Exception {
    Path plugin = plugin("while (true) { Thread.onSpinWait(); }");
    Run run = Run.of("check", plugin, "--timeout", "8");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("failed  did not return within 8 s: in the test of /dev/lamp, document");
  }

  /** Of what no contract asks: a write of many bytes. */
  @Test
  void whatOnlySessionsFind_isKeptAndReplayed() throws Exception {
    Path plugin =
        new Lamp(folder)
            .compiled(
                Lamp.DRIVER
                    .formatted("return Placement.within(range, request);")
                    .replace("new DirectlyMappableFile() {", "new Lit() {")
                    .replace("@Override public Consent", WRITE + "@Override public Consent")
                    .replace(
                        "public class Lamp implements DeviceDriver {",
                        "public class Lamp implements DeviceDriver {\n"
                            + "interface Lit extends DirectlyMappableFile, WritableFile {}"));
    Path capsules = folder.resolve("kept");
    Run run = Run.of("check", plugin, "--capsules", capsules);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("broken  generated sessions, document: PLUGIN-01 Session");
    try (Stream<Path> kept = Files.list(capsules)) {
      Run replayed = Run.of("run", kept.findFirst().orElseThrow(), "--plugin", plugin);
      assertThat(replayed.exitCode()).isEqualTo(1);
      assertThat(replayed.err()).contains("FAULT: EIO").contains("acme.Lamp");
    }
  }

  @Test
  void folderWithoutPlugins_isRefusedWithAHint() throws Exception {
    Files.createDirectories(folder.resolve("target/classes"));
    Run run = Run.of("check", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no plugin found (did you mean ");
  }

  @Test
  void numbersAndFilesThatCannotBe_areRefusedAtOnce() throws Exception {
    Path plugin = plugin("return Placement.DECLINED;");
    for (String[] wrong :
        new String[][] {{"--timeout", "0"}, {"--seeds", "-1"}, {"--board", "no.dts"}}) {
      assertThat(Run.of("check", plugin, wrong[0], wrong[1]).exitCode()).isEqualTo(2);
    }
  }

  @Test
  void classThatIsNotThere_isRefusedWithThoseThatAre() throws Exception {
    Run run = Run.of("check", plugin("return Placement.DECLINED;"), "--class", "acme.Lump");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[acme.Lamp], found acme.Lump");
  }
}
