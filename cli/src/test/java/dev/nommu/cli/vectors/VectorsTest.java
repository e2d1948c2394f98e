package dev.nommu.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.cli.Run;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test vectors: what is committed, what it covers, and that a second reader agrees. */
final class VectorsTest {
  private static final Path FOLDER = Path.of("..", "docs", "vectors");
  private static final Path COMMITTED = FOLDER.resolve("mmap.json");
  private static final Path SCHEMA = FOLDER.resolve("schema.json");
  private static final int MOST_BYTES = 1 << 20;

  /** Rules about calls that never come to a file, or about what is mapped already. */
  private static final Set<Rule> NOT_OF_ONE_MAPPING =
      EnumSet.of(
          Rule.MMAP_01,
          Rule.MMAP_02,
          Rule.FLAGS_07,
          Rule.SHARE_01,
          Rule.SHARE_02,
          Rule.SHARE_03,
          Rule.SHARE_04,
          Rule.SHARE_05,
          Rule.SHARE_07,
          Rule.SHARE_09,
          Rule.DIR_01,
          Rule.DIR_11,
          Rule.TRIM_02,
          Rule.UNMAP_01,
          Rule.UNMAP_02,
          Rule.UNMAP_03,
          Rule.UNMAP_05,
          Rule.REMAP_01,
          Rule.REMAP_02,
          Rule.REMAP_03,
          Rule.REMAP_04,
          Rule.REMAP_05,
          Rule.REMAP_06);

  @TempDir private Path directory;

  @Test
  void committedVectors_areWhatTheRulesAnswer() throws IOException {
    Path now = directory.resolve("now.json");
    Run run = Run.of("vectors", "--reduced", "-o", now);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(Files.mismatch(COMMITTED, now))
        .as("first byte that differs; ./nommu vectors --reduced -o docs/vectors/mmap.json")
        .isEqualTo(-1);
    assertThat(Run.of("vectors", "--reduced").out()).isEqualTo(Files.readString(COMMITTED));
    assertThat(Files.size(COMMITTED)).isLessThan(MOST_BYTES);
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void fileThatCannotBeWritten_isNamedAndLeftAsItIs() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("folder").resolve("full")).getParent();
    Run run = Run.of("vectors", "--reduced", "-o", folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("nommu vectors: cannot write ").contains(folder.toString());
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void committedVectors_areAsTheSchemaSays() throws Exception {
    assertThat(Python.run(COMMITTED, "schema.py", SCHEMA)).isEqualTo(new Python(0, "valid\n"));
  }

  @Test
  void vectorAgainstTheSchema_isFound() throws Exception {
    Path wrong = directory.resolve("wrong.json");
    Files.writeString(
        wrong, Files.readString(COMMITTED).replace("\"use\":\"own\"", "\"use\":\"mine\""));
    assertThat(Python.run(wrong, "schema.py", SCHEMA).output())
        .contains(".use: 'mine' is against enum");
  }

  @Test
  void secondReader_agreesWithWhatIsCommitted() throws Exception {
    long vectors = Files.readAllLines(COMMITTED).size() - 5;
    assertThat(Python.run(COMMITTED, "reader.py"))
        .isEqualTo(new Python(0, vectors + " vectors, 0 of them different\n"));
  }

  @Test
  void secondReader_findsOneWrongVector() throws Exception {
    Path wrong = directory.resolve("wrong.json");
    String committed = Files.readString(COMMITTED);
    Files.writeString(wrong, committed.replaceFirst("\"rule\":\"DIR-03\"", "\"rule\":\"DIR-04\""));
    Python run = Python.run(wrong, "reader.py");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("\"rule\": \"DIR-03\"", " vectors, 1 of them different");
  }

  /** So both sides of each condition are there. */
  @Test
  void secondReaderInWhichAConditionNeverOrAlwaysHolds_disagreesWithWhatIsCommitted()
      throws Exception {
    assertThat(Python.run(COMMITTED, "faults.py", Python.script("reader.py")).output())
        .matches("[1-9][0-9]+ faults\n");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void eachRuleOfOneMapping_isCitedAndNotCitedByVectorsThatDifferInOneField(Profile profile)
      throws IOException {
    List<TestVector> vectors = committed(profile);
    Set<Rule> shown = EnumSet.noneOf(Rule.class);
    for (TestVector vector : vectors) {
      for (Rule rule : cited(vector)) {
        if (!shown.contains(rule) && vectors.stream().anyMatch(v -> isOtherSide(vector, v, rule))) {
          shown.add(rule);
        }
      }
    }
    Set<Rule> expected = EnumSet.complementOf(EnumSet.copyOf(NOT_OF_ONE_MAPPING));
    if (profile == Profile.DOCUMENT) {
      expected.remove(Rule.COPY_05);
    }
    assertThat(shown).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void eachOutcome_isThere(Profile profile) throws IOException {
    assertThat(committed(profile).stream().map(v -> v.decision().outcome().toString()))
        .contains("EACCES", "EAGAIN", "EINVAL", "EIO", "ENODEV", "ENOMEM", "EOVERFLOW", "EPERM")
        .contains("zeroed", "copied", "direct")
        .doesNotContain(Outcome.Made.SHARED.toString());
  }

  private static List<TestVector> committed(Profile profile) throws IOException {
    try (Trials trials = Trials.open()) {
      return Table.reduced(profile, trials).toList();
    }
  }

  private static Set<Rule> cited(TestVector vector) {
    Set<Rule> cited = EnumSet.of(vector.decision().rule());
    cited.addAll(vector.because());
    return cited;
  }

  private static boolean isOtherSide(TestVector one, TestVector other, Rule rule) {
    return !cited(other).contains(rule) && differences(one, other) == 1;
  }

  private static long differences(TestVector one, TestVector other) {
    List<Object> ones = given(one);
    List<Object> others = given(other);
    return ones.size() == others.size()
        ? IntStream.range(0, ones.size()).filter(i -> !ones.get(i).equals(others.get(i))).count()
            + changedAnswers(one, other)
        : Integer.MAX_VALUE;
  }

  private static long changedAnswers(TestVector one, TestVector other) {
    return one.answers().stream()
        .filter(answer ->
            other.answers().stream()
                .anyMatch(o -> o.question().equals(answer.question()) && o != answer))
        .count();
  }

  private static List<Object> given(TestVector vector) {
    MmapArguments request = vector.situation().request();
    List<Object> given = new ArrayList<>();
    given.add(request.address());
    given.add(request.length());
    given.add(request.protection());
    given.add(request.flags());
    given.add(request.pageOffset());
    vector.situation().file().map(VectorsTest::given).ifPresent(given::addAll);
    return given;
  }

  private static List<Object> given(FileFacts file) {
    return List.of(file.kind(), file.slots(), file.mode(), file.traits(), file.backing());
  }
}
