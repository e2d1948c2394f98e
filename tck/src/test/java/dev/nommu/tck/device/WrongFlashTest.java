package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.device.MtdDevice.Maker;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A flash that does one thing wrong breaks exactly the clauses that say so. */
final class WrongFlashTest {
  private static final String PATH = "/dev/mtd0";
  private static final String FLAGS = "MTD-01 Its type and its flags agree.";
  private static final String OPENS = "MTD-03 A read-only device is not opened for writing.";
  private static final String READS = "MTD-05 A read ends at its end.";
  private static final String NO_SPACE = "MTD-06 A write at its end fails: ENOSPC.";
  private static final String BLOCKS = "MTD-09 It consists of the blocks that it reports.";
  private static final String BAD =
      "MTD-09 A query for a bad block past the end is refused: EINVAL.";
  private static final String COMMAND = "MTD-09 An unknown command fails with ENOTTY.";
  private static final String WRITES =
      "MTD-06 Bytes written to an erased block are read back, and nothing else changes.";
  private static final String ERASES = "MTD-08 An erase sets a block to ones, and no other.";
  private static final String REFUSES = "MTD-08 An erase of partial blocks is refused: EINVAL.";
  private static final String MODE = "MTD-08 An erase requires a file open for writing: EPERM.";
  private static final String CLEARS = "FLASH-05 Programming only clears bits.";

  /**
   * A wrong flash.
   *
   * @param breaks the clauses, each with a part of what is said of it
   */
  private record Wrong(String name, Maker maker, Map<String, String> breaks) {}

  private static Stream<Wrong> wrongFlash() {
    return Stream.of(
        new Wrong(
            "it says that it is never erased",
            WrongFlash.NoErase::new,
            Map.of(FLAGS, "NOR flash (3) without NO_ERASE")),
        new Wrong(
            "it says that it cannot be written and is opened",
            WrongFlash.NotWriteable::new,
            Map.of(OPENS, "make open and the flag MTD_WRITEABLE (0x400) agree")),
        new Wrong(
            "it can be written and is not opened",
            WrongFlash.Shut::new,
            Map.of(OPENS, "the answer to open with O_RDWR is EACCES")),
        new Wrong(
            "it reads beyond its end", WrongFlash.Endless::new, Map.of(READS, "gave 13 and 13")),
        new Wrong(
            "it swallows what is written at its end",
            WrongFlash.Swallowing::new,
            Map.of(NO_SPACE, "the answer to a write at its end is 13")),
        new Wrong(
            "its regions do not fill it",
            WrongFlash.Gap::new,
            Map.of(BLOCKS, "compute size and erase size from the regions")),
        new Wrong(
            "it writes more at once than it erases",
            WrongFlash.LargePages::new,
            Map.of(BLOCKS, "a write size from 1 to the erase size")),
        new Wrong(
            "no block is bad, wherever it is",
            WrongFlash.NeverBad::new,
            Map.of(BAD, "at its end is 0")),
        new Wrong(
            "it takes any command",
            WrongFlash.Obliging::new,
            Map.of(COMMAND, "the answer to ioctl 0x0 is 0")),
        new Wrong(
            "it programs whole words",
            WrongFlash.WholeWords::new,
            Map.of(WRITES, "whatever the word size of the chip")),
        new Wrong(
            "it erases to zeros",
            WrongFlash.Zeros::new,
            Map.of(ERASES, "some are not ones", WRITES, "ones around them")),
        new Wrong(
            "it erases two blocks",
            WrongFlash.Twice::new,
            Map.of(ERASES, "the next block has changed")),
        new Wrong(
            "it rounds what is erased",
            WrongFlash.Rounding::new,
            Map.of(REFUSES, "erase of 0x3ff at 0x0 is 0")),
        new Wrong(
            "it is erased by who only reads",
            WrongFlash.Open::new,
            Map.of(MODE, "the answer to MEMERASE is 0")),
        new Wrong(
            "it is memory",
            WrongFlash.Memory::new,
            Map.of(CLEARS, "0xf0 written over 0x0f is read as 0xf0")));
  }

  private static Map<String, String> broken(Maker maker) {
    List<Clause> clauses =
        Stream.concat(new MtdClauses(PATH).all().stream(), new EraseClauses(PATH).all().stream())
            .toList();
    return Judgement.broken(MtdDevice.subject(maker), clauses);
  }

  private static void breaks(Wrong wrong) {
    Map<String, String> broken = broken(wrong.maker());
    assertThat(broken.keySet()).isEqualTo(wrong.breaks().keySet());
    wrong.breaks().forEach((clause, part) -> assertThat(broken.get(clause)).contains(part));
  }

  @TestFactory
  Stream<DynamicTest> wrongFlash_breaksWhatItBreaks() {
    return wrongFlash().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> breaks(wrong)));
  }

  @Test
  void rightFlash_breaksNothing() {
    assertThat(broken(MemoryFlash::new)).isEmpty();
  }

  @Test
  void contracts_areOfNodesAndStores() throws Exception {
    assertThat(Mtds.of(MtdDevice.subject(MemoryFlash::new)))
        .extracting(Contract::title)
        .containsExactly(PATH, "store mtd:flash");
  }
}
