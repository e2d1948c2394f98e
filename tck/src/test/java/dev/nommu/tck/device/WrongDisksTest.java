package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BlockDevice;
import dev.nommu.tck.Contract;
import dev.nommu.tck.device.DiskDriver.Maker;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A disk that does one thing wrong breaks exactly the clauses that say so. */
final class WrongDisksTest {
  private static final String PATH = "/dev/disk";
  private static final String READS = "BLK-09 All of it can be read, to the last byte.";
  private static final String READS_NO_MORE = "BLK-09 Reads outside of it are refused: EIO.";
  private static final String STAYS = "BLK-09 Its size and block size never change.";
  private static final String FLUSHES = "BLK-09 Written data can be flushed.";
  private static final String POINTS = "DIR-02 A pointed range has the bytes that are read.";
  private static final String POINTS_NO_MORE =
      "DIR-03 Ranges outside of it are not pointed: EINVAL.";
  private static final String PERMITS = "DIR-04 A store that permits MAP_DIRECT can be pointed.";
  private static final String UNPOINTS =
      "FLASH-11 A pointed range can be written again after its release.";
  private static final String WRITES =
      "BLK-09 Written bytes are read back, and nothing else changes.";
  private static final String WRITES_NO_MORE = "BLK-09 Writes outside of it are refused: EIO.";
  private static final String WRITES_NOTHING = "BLK-09 A read-only device refuses writes: EROFS.";
  private static final String CLOSES = "BLK-09 The last close loses no written data.";
  private static final String BLOCK = "BLK-08 A physical block has 512, 1024, 2048 or 4096 bytes.";
  private static final String COMMAND = "BLK-08 An unknown command fails with ENOTTY.";

  /**
   * A wrong disk.
   *
   * @param breaks the clauses, each with a part of what is said of it
   */
  private record Wrong(String name, Maker maker, Map<String, String> breaks) {}

  private static Stream<Wrong> wrongDisks() {
    return Stream.of(
        new Wrong(
            "it reads whole sectors",
            WrongDisks.WholeSectors::new,
            Map.of(
                READS, "which need not be a multiple of anything",
                WRITES, "the bytes written there",
                CLOSES, "the bytes read differ",
                READS_NO_MORE, "it was done",
                POINTS_NO_MORE, "it was done")),
        new Wrong(
            "it reads less than it is asked for",
            WrongDisks.Clipping::new,
            Map.of(READS_NO_MORE, "read of 1 bytes at 0x8000, of 0x8000: it was done")),
        new Wrong(
            "it throws for what it does not have",
            WrongDisks.Careless::new,
            Map.of(WRITES_NO_MORE, "throw nothing but ErrnoException")),
        new Wrong(
            "it becomes read-only",
            WrongDisks.Growing::new,
            Map.of(STAYS, "the same: the kernel calls these once")),
        new Wrong(
            "it cannot be flushed",
            WrongDisks.Unflushed::new,
            Map.of(FLUSHES, "the call succeeds")),
        new Wrong(
            "whatever is pointed is its start",
            WrongDisks.AtItsStart::new,
            Map.of(POINTS, "add the offset")),
        new Wrong(
            "it points what it does not have",
            WrongDisks.Endless::new,
            Map.of(POINTS_NO_MORE, "point of 1 bytes at 0x8000, of 0x8000: it was done")),
        new Wrong(
            "it permits what it cannot do",
            WrongDisks.Pointless::new,
            Map.of(PERMITS, "override point, or")),
        new Wrong(
            "it is pinned for ever",
            WrongDisks.Pinned::new,
            Map.of(UNPOINTS, "pass an unpoint action to PointedRange.at")),
        new Wrong(
            "it writes half",
            WrongDisks.Halving::new,
            Map.of(WRITES, "the bytes written there", CLOSES, "the bytes read differ")),
        new Wrong(
            "it does not say that it is read-only",
            WrongDisks.Unsaid::new,
            Map.of(
                WRITES, "which is not read-only",
                WRITES_NO_MORE, "EROFS",
                CLOSES, "EROFS")),
        new Wrong(
            "it is read-only and written",
            WrongDisks.Written::new,
            Map.of(WRITES_NOTHING, "the answer to a write is success")),
        new Wrong(
            "its last close clears it",
            WrongDisks.Forgetful::new,
            Map.of(CLOSES, "the bytes read differ")),
        new Wrong("its last close throws", WrongDisks.Closing::new, Map.of(CLOSES, "IllegalState")),
        new Wrong(
            "its blocks are not a power of two",
            WrongDisks.OddBlocks::new,
            Map.of(BLOCK, "returned 1000")),
        new Wrong(
            "it takes any command",
            WrongDisks.Obliging::new,
            Map.of(COMMAND, "the answer to ioctl 0x0 is 0")));
  }

  private static Map<String, String> broken(Maker maker) {
    return Judgement.broken(DiskDriver.subject(maker), new BlockClauses(PATH).all());
  }

  private static void breaks(Wrong wrong) {
    Map<String, String> broken = broken(wrong.maker());
    assertThat(broken.keySet()).isEqualTo(wrong.breaks().keySet());
    wrong.breaks().forEach((clause, part) -> assertThat(broken.get(clause)).contains(part));
  }

  @TestFactory
  Stream<DynamicTest> blk09_wrongDisk_breaksWhatItBreaks() {
    return wrongDisks().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> breaks(wrong)));
  }

  @Test
  void blk09_memory_breaksNothing() {
    assertThat(broken(MemoryDisk::new)).isEmpty();
  }

  @Test
  void blk09_memoryThatIsReadOnly_breaksNothing() {
    assertThat(broken((memory, address) -> BlockDevice.of(memory.asReadOnly(), address))).isEmpty();
  }

  @Test
  void blk09_emptyDisk_breaksNothing() {
    assertThat(broken((memory, address) -> new MemoryDisk(memory.asSlice(0, 0), address)))
        .isEmpty();
  }

  @Test
  void blk09_emptyDiskThatReadsWhatItDoesNotHave_breaksIt() {
    Map<String, String> broken =
        broken((memory, address) -> new WrongDisks.Clipping(memory.asSlice(0, 0), address));
    assertThat(broken).containsOnlyKeys(READS_NO_MORE);
    assertThat(broken.get(READS_NO_MORE)).contains("read of 1 bytes at 0x0, of 0x0: it was done");
  }

  @Test
  void disks_areThoseThatTheDriverRegisters() throws Exception {
    assertThat(BlockDevices.of(DiskDriver.subject(MemoryDisk::new)))
        .extracting(Contract::title)
        .containsExactly(PATH);
  }
}
