package dev.nommu.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * {@code nommu check}: right, wrong, endless and suicidal plugins, each in a process of its own.
 */
final class CheckCommandTest {
  private static final String DRIVER =
      """
      package acme;

      import dev.nommu.api.*;
      import java.util.Set;

      public class Lamp implements DeviceDriver {
        @Override public String name() { return "lamp"; }
        @Override public Set<String> compatible() { return Set.of("acme,lamp"); }
        @Override public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
          AddressRange range = node.reg().getFirst();
          context.claimMemory(range);
          context.registerCharacterDevice("lamp", flags -> new DirectlyMappableFile() {
            @Override public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
              %s
            }
            @Override public Consent mmap(MapRequest request, long address) {
              return Consent.ACCEPTED;
            }
          });
        }
      }
      """;

  @TempDir private Path folder;

  private Path plugin(String answer) throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("lamp"));
    Path source = Files.writeString(folder.resolve("Lamp.java"), DRIVER.formatted(answer));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", plugin.toString(), source.toString()))
        .isZero();
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.nommu.api.DeviceDriver"), "acme.Lamp\n");
    return plugin;
  }

  @Test
  void pluginThatKeepsItsContract_isToldOfWithWhatWasSkipped() throws Exception {
    Path plugin = plugin("return Placement.within(range, request);");
    Run run = Run.of("check", plugin);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("skipped /dev/lamp, document: ", "acme.Lamp: ", " skipped, 0 broken");
    assertThat(run.exitCode()).isZero();
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
    Run run = Run.of("check", plugin, "--junit-xml", xml);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("broken  /dev/lamp, document: DIR-03", "change:   compare offset and length")
        .containsPattern("acme.Lamp: .*\\(DIR-03, PLUGIN-01\\)");
    Document report = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    Element suite = (Element) report.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("failures"))
        .isEqualTo(String.valueOf(report.getElementsByTagName("failure").getLength()))
        .isNotEqualTo("0");
  }

  @Test
  void pluginThatEndsTheProcess_isToldOfWithTheRuleThatWasTested() throws Exception {
    Run run = Run.of("check", plugin("System.exit(7); return Placement.DECLINED;"), "--tap");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: acme.Lamp\n")
        .contains("# ended the process with exit code 7: test of /dev/lamp, document: ")
        .endsWith("not ok 1 acme.Lamp\n");
  }

  @Test
  void pluginThatNeverReturns_isToldOfWhenItsTimeIsOver() throws Exception {
    Path plugin = plugin("while (true) { Thread.onSpinWait(); }");
    Run run = Run.of("check", plugin, "--timeout", "8");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("failed  did not return within 8 s: test of /dev/lamp, document");
  }

  @Test
  void jarWithoutPlugins_isRefused() throws Exception {
    Run run = Run.of("check", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no plugin with a contract found");
  }

  @Test
  void classThatIsNotThere_isRefusedWithThoseThatAre() throws Exception {
    Run run = Run.of("check", plugin("return Placement.DECLINED;"), "--class", "acme.Lump");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[acme.Lamp], found acme.Lump");
  }
}
