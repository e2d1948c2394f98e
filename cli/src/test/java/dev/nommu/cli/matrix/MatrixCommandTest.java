package dev.nommu.cli.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.text.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts about the built-in board that follow from the document, and the forms of the matrix. */
final class MatrixCommandTest {
  private static final MatrixTable DOCUMENT = MatrixTable.of();
  private static final MatrixTable LINUX = MatrixTable.of("--profile", "linux-6.12");

  /** The expected values are the document's: the lines are given with each group. */
  @ParameterizedTest(name = "{0} {1} {2}: {3} {4}, again {5}")
  @CsvSource({
    // 19-25, 27-32: contiguous pages of its own, whether private or shared
    "'', private, rw, zeroed, ANON-01, zeroed",
    "'', shared, rw, zeroed, ANON-01, zeroed",
    "'', private, none, zeroed, ANON-01, zeroed",
    // 45-48: directly on the backing device; 41-43: an existing mapping is re-used
    "/m/romfs_rom/big.bin, private, r, direct, DIR-02, shared",
    "/m/romfs_rom/big.bin, private, rx, direct, DIR-02, shared",
    "/m/romfs_ram/big.bin, private, r, direct, DIR-02, shared",
    "/m/cramfs_rom/big.bin, private, r, direct, DIR-02, shared",
    "/tmp/nommu-matrix, private, r, direct, DIR-02, shared",
    "/dev/ram0, private, r, direct, DIR-02, shared",
    // 50-53: otherwise a copy; 41-43: which is re-used
    "/m/host/big.bin, private, r, copied, COPY-01, shared",
    "/m/romfs_nor/big.bin, private, r, copied, COPY-01, shared",
    "/m/romfs_blk/big.bin, private, rx, copied, COPY-01, shared",
    "/m/cramfs_blk/big.bin, private, x, copied, COPY-01, shared",
    "/dev/vda, private, r, copied, COPY-01, shared",
    // 66-67: a copy is always taken and never shared
    "/m/romfs_rom/big.bin, private, rw, copied, COPY-01, copied",
    "/tmp/nommu-matrix, private, w, copied, COPY-01, copied",
    "/m/host/big.bin, private, rwx, copied, COPY-01, copied",
    // 69-75: not supported
    "/m/host/big.bin, shared, r, ENODEV, MMAP-17, ''",
    "/m/host/big.bin, shared, rw, ENODEV, MMAP-17, ''",
    "/m/romfs_blk/big.bin, shared, r, ENODEV, MMAP-17, ''",
    "/dev/vda, shared, rw, ENODEV, MMAP-17, ''",
    "/dev/mtdblock0, shared, r, ENODEV, MMAP-17, ''",
    // 77-86: open, truncate, mmap
    "/tmp/nommu-matrix, shared, rw, direct, DIR-02, shared",
    "/dev/shm/nommu-matrix, shared, rwx, direct, DIR-02, shared",
    "/m/romfs_rom/big.bin, shared, r, direct, DIR-02, shared",
    "/m/romfs_rom/big.bin, shared, rw, EACCES, MMAP-14, ''",
    // 88-95: a ramdisk that allocated its memory as a contiguous array
    "/dev/ram0, shared, rw, direct, DIR-02, shared",
    // 97-105: frame buffers and flash devices; others are denied
    "/dev/fb0, shared, rw, direct, DIR-02, shared",
    "/dev/fb0, shared, rx, EINVAL, MMAP-20, ''",
    "/dev/mtd2, shared, r, direct, DIR-02, shared",
    "/dev/mtd0, shared, r, ENODEV, MMAP-17, ''",
    "/dev/null, shared, r, ENODEV, MMAP-10, ''",
    // a chardev is only shareable directly, it can't be copied
    "/dev/fb0, private, rw, ENODEV, MMAP-19, ''",
    // a mount that permits no execution
    "/m/noexec/nommu-matrix, shared, r, direct, DIR-02, shared",
    "/m/noexec/nommu-matrix, shared, rx, EPERM, MMAP-21a, ''",
    "/m/noexec/nommu-matrix, private, x, EPERM, MMAP-21a, ''",
  })
  void everyRowOfTheDocument_holds(
      String path, String sharing, String protection, String outcome, String rule, String again) {
    Map<String, String> trial = DOCUMENT.trial(path, sharing, protection);
    assertThat(trial).containsEntry("outcome", outcome).containsEntry("rule", rule);
    assertThat(trial).containsEntry("again_outcome", again);
  }

  @ParameterizedTest
  @CsvSource({
    "'', private, r, 19-25",
    "'', shared, r, 27-32",
    "/m/host/big.bin, private, none, 34-57",
    "/dev/fb0, private, r, 34-57",
    "/m/host/big.bin, private, w, 59-67",
    "/m/host/big.bin, shared, r, 69-75",
    "/dev/vda, shared, rw, 69-75",
    "/tmp/nommu-matrix, shared, r, 77-86",
    "/m/romfs_rom/big.bin, shared, rw, 77-86",
    "/dev/ram0, shared, r, 88-95",
    "/dev/fb0, shared, r, 97-105",
    "/dev/null, shared, r, 97-105",
  })
  void everyTrial_standsInItsRowOfTheDocument(
      String path, String sharing, String protection, String lines) {
    assertThat(DOCUMENT.trial(path, sharing, protection)).containsEntry("document_lines", lines);
  }

  @ParameterizedTest
  @CsvSource({
    // profiles: MTD-11, COPY-05
    "/dev/mtd2, private, r, direct, EACCES",
    "/dev/mtd0, private, r, copied, EINVAL",
    "/dev/zero, private, r, copied, EINVAL",
    // MMAP-19: direct although there is no copy
    "/dev/fb0, private, r, direct, ENODEV",
    "/dev/mem, private, rx, direct, ENODEV",
  })
  void profiles_differInWhatTheyAreSaidToDifferIn(
      String path, String sharing, String protection, String document, String linux) {
    assertThat(DOCUMENT.trial(path, sharing, protection)).containsEntry("outcome", document);
    assertThat(LINUX.trial(path, sharing, protection)).containsEntry("outcome", linux);
  }

  @ParameterizedTest
  @CsvSource({
    "'', private, r, kernel",
    "/m/host/big.bin, private, r, kernel",
    "/m/host/big.bin, shared, r, kernel",
    "/m/romfs_rom/big.bin, private, r, dev.nommu.romfs.",
    "/tmp/nommu-matrix, shared, rw, dev.nommu.ramfs.",
    "/dev/ram0, shared, rw, dev.nommu.blockdev.",
    "/dev/fb0, shared, rw, dev.nommu.chardevfb.",
  })
  void whoDecided_isTheKernelOrTheClassOfThePlugin(
      String path, String sharing, String protection, String who) {
    assertThat(DOCUMENT.trial(path, sharing, protection).get("decided_by")).startsWith(who);
  }

  @Test
  void refusalOfADriver_namesItsClass() {
    assertThat(LINUX.trial("/dev/mtd2", "private", "r").get("decided_by"))
        .startsWith("dev.nommu.mtd.");
  }

  @Test
  void builtInBoard_hasSomethingForEveryRowOfTheDocument() {
    assertThat(DOCUMENT.rows())
        .extracting(row -> row.get("document_row"))
        .containsAll(Arrays.stream(DocumentRow.values()).map(DocumentRow::title).toList());
  }

  @Test
  void everythingIsTried_privateAndSharedWithEveryProtection() {
    Map<String, List<String>> tries =
        DOCUMENT.rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("path"),
                    Collectors.mapping(
                        row -> row.get("sharing") + " " + row.get("protection"),
                        Collectors.toList())));
    assertThat(tries.values())
        .allSatisfy(each ->
            assertThat(each)
                .containsExactlyInAnyOrder(
                    "private r",
                    "private x",
                    "private rx",
                    "private none",
                    "private w",
                    "private rw",
                    "private rwx",
                    "shared r",
                    "shared x",
                    "shared rx",
                    "shared none",
                    "shared w",
                    "shared rw",
                    "shared rwx"));
  }

  @Test
  void everyDeviceOfTheBoard_isTried() {
    Set<String> devices =
        Pattern.compile("─ (/dev/\\S+) .*(block|character)")
            .matcher(Run.of("board").out())
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> tried =
        DOCUMENT.rows().stream()
            .flatMap(row -> MatrixTable.paths(row).stream())
            .collect(Collectors.toSet());
    assertThat(devices).hasSizeGreaterThan(10);
    assertThat(tried).containsAll(devices);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tmp", "/m/host", "/m/romfs_rom", "/m/cramfs_nor", "/proc"})
  void everyMountWithFiles_hasOneTried(String mount) {
    String prefix = mount.equals("/") ? "/" : mount + "/";
    assertThat(DOCUMENT.rows())
        .anySatisfy(row ->
            assertThat(row)
                .containsEntry("kind", "regular file")
                .extractingByKey("path")
                .asString()
                .startsWith(prefix));
  }

  @Test
  void recordedBoard_canBeTried() {
    MatrixTable recorded = MatrixTable.of("--board", Run.recordedBoard());
    assertThat(recorded.trial("/m/ext2/big.bin", "shared", "r")).containsEntry("outcome", "ENODEV");
    assertThat(recorded.trial("/m/romfs_rom/big.bin", "private", "r"))
        .containsEntry("outcome", "direct");
  }

  @Test
  void text_putsProtectionsThatCameOutAlikeInOneLine() {
    Run run = Run.of("matrix");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("board: built-in board, profile: document\n")
        .contains("File, MAP_PRIVATE, PROT_READ / PROT_EXEC, !PROT_WRITE  (nommu-mmap.txt 34-57)")
        .containsPattern("/m/host/big.bin +hostfs +r x rx none +copied COPY-01 +shared SHARE-02");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void markdown_hasATableForEachRowWithLinksToTheRules() {
    String page = Run.of("matrix", "--format", "markdown").out();
    assertThat(page).contains("| direct [DIR-02](RULES.md#dir-02) |");
    assertThat(page.lines().filter(line -> line.startsWith("## "))).hasSize(8);
    assertThat(page.lines().filter(line -> line.startsWith("|")))
        .allSatisfy(line -> assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(7));
  }

  @Test
  void colours_areOnlyForATerminal() {
    assertThat(Run.of("matrix").out()).doesNotContain("\u001b");
    assertThat(Run.on(Palette.ANSI, Console.Progress.DROPPED, "matrix").out())
        .contains("\u001b[32mdirect DIR-02\u001b[0m");
    assertThat(Run.on(Palette.ANSI, Console.Progress.DROPPED, "matrix", "--format", "csv").out())
        .doesNotContain("\u001b");
  }
}
