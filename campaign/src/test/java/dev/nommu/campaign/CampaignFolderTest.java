package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a campaign's folder that are not what they should be, wherever they come from. */
final class CampaignFolderTest {
  private static final String RESULTS =
      "\"results\": {\"seeds\": 0, \"sessions\": 0, \"coverage\": [], \"found\": []}";

  @TempDir private Path directory;

  private static List<TestedPlugin> plugins() throws Exception {
    return List.of(Slate.tested(Slate.Overflowing::new));
  }

  private void create() throws Exception {
    CampaignFolder.create(directory, Plan.ofSessions(plugins(), new Seeds(1, 20))).close();
  }

  private CampaignReport run() throws Exception {
    try (CampaignFolder folder = CampaignFolder.open(directory)) {
      return new Campaign(folder, plugins()).run(Conditions.allProcessors(), so -> {});
    }
  }

  /** Twice: a folder that could not be opened is not locked. */
  private void assertUnreadable(Path file) {
    for (int times = 0; times < 2; times++) {
      assertThatIOException()
          .isThrownBy(() -> CampaignFolder.open(directory))
          .withMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{ \"seeds\": ", "[]", "null", "{}", "{\"plugins\": []}"})
  void planThatIsNotOne_isNamed(String text) throws Exception {
    create();
    assertUnreadable(Files.writeString(directory.resolve("plan.json"), text));
  }

  @Test
  void planWithoutAVersion_isNamed() throws Exception {
    create();
    Path plan = directory.resolve("plan.json");
    String text = Files.readString(plan).replace("\"version\"", "\"other\"");
    assertUnreadable(Files.writeString(plan, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"done\": \"5\", \"lost\": {}, " + RESULTS + "}",
        "{\"done\": \"7-4\", \"lost\": {}, " + RESULTS + "}",
        "{\"done\": \"a-b\", \"lost\": {}, " + RESULTS + "}",
        "{\"done\": \"\", " + RESULTS + "}",
        "{\"done\": \"\", \"lost\": {}}"
      })
  void stateThatIsNotOne_isNamed(String text) throws Exception {
    create();
    assertUnreadable(Files.writeString(directory.resolve("state.json"), text));
  }

  @Test
  void folderThatCannotBeWritten_isNotLocked() throws Exception {
    Path inTheWay = Files.createDirectories(directory.resolve(".plan.json.new"));
    assertThatIOException().isThrownBy(this::create);
    Files.delete(inTheWay);
    create();
    assertThat(CampaignFolder.isAt(directory)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"session\": [], \"notes\": []}"})
  void findingThatIsNotOne_isKeptAgain(String text) throws Exception {
    create();
    CampaignReport report = run();
    assertThat(report.kept()).isNotEmpty();
    for (KeptFinding each : report.kept().values()) {
      Files.writeString(directory.resolve(each.capsule()).resolve("found.json"), text);
    }
    assertThat(run().kept()).isEqualTo(report.kept());
  }

  /** Half of a character, which no file can have. */
  private static final class Unwritable extends Slate.Page {
    @Override
    public long write(MemorySegment from, long position) {
      throw new IllegalStateException("\ud800");
    }
  }

  @Test
  void textOfAPluginThatCannotBeWritten_isWrittenAllTheSame() throws Exception {
    List<TestedPlugin> unwritable = List.of(Slate.tested(Unwritable::new));
    Plan plan = Plan.ofSessions(unwritable, new Seeds(1, 20));
    try (CampaignFolder folder = CampaignFolder.create(directory, plan)) {
      CampaignReport report =
          new Campaign(folder, unwritable).run(Conditions.allProcessors(), so -> {});
      assertThat(report.kept()).hasSize(2);
    }
    try (CampaignFolder folder = CampaignFolder.open(directory)) {
      assertThat(folder.known().snapshot().harvest().seeds()).isEqualTo(plan.total());
    }
  }

  @Test
  void reports_areTheSameInAllCountries() throws Exception {
    create();
    CampaignReport report = run();
    Locale usual = Locale.getDefault();
    try {
      String here = all(report);
      Locale.setDefault(Locale.GERMANY);
      assertThat(all(report)).isEqualTo(here);
    } finally {
      Locale.setDefault(usual);
    }
  }

  private String all(CampaignReport report) throws IOException {
    ReportFiles.write(report, directory);
    StringBuilder all = new StringBuilder(report.summary());
    for (String file : List.of("report.html", "report.json", "junit.xml")) {
      all.append(Files.readString(directory.resolve(file)));
    }
    return all.toString();
  }
}
