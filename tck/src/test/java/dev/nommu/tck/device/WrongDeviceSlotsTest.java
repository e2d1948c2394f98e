package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an open device does beside reading and writing is tested where it has the slot for it. */
final class WrongDeviceSlotsTest {
  private static final String SEEK = "FILE-01 Its own seek counts from the given position.";
  private static final String SYNC = "FILE-03 Its own fsync does not change the bytes read.";

  private interface Files {
    OpenFile make(AddressRange range, MemorySegment memory);
  }

  private static Subject subject(Files files) {
    return MemoryDevice.subject((range, memory, context) -> files.make(range, memory));
  }

  private static Contract contract(Files files) throws Exception {
    return CharacterDevices.of(subject(files)).getFirst();
  }

  private static void assertBreaks(String clause, String part, Files files) throws Exception {
    Map<String, String> broken = Judgement.broken(subject(files), contract(files).clauses());
    assertThat(broken).containsOnlyKeys(clause);
    assertThat(broken.get(clause)).contains(part);
  }

  private static Map<String, Verdict> slots(Files files) throws Exception {
    Contract contract = contract(files);
    return contract.clauses().stream()
        .filter(clause -> Set.of(SEEK, SYNC).contains(clause.name()))
        .collect(
            Collectors.toMap(Clause::name, clause -> contract.judge(clause, Profile.DOCUMENT)));
  }

  @Test
  void slots_areTestedWhereTheyAre_andSkippedWhereNot() throws Exception {
    assertThat(slots(WrongDeviceSlots.Slotted::new))
        .isEqualTo(Map.of(SEEK, Verdict.HELD, SYNC, Verdict.HELD));
    assertThat(slots(MemoryFile::new))
        .isEqualTo(
            Map.of(
                SEEK,
                Verdict.skipped("its file does not implement SeekableFile"),
                SYNC,
                Verdict.skipped("its file does not implement Syncable")));
  }

  @Test
  void slotsThatAreRight_breakNothing() throws Exception {
    Files files = WrongDeviceSlots.Slotted::new;
    assertThat(Judgement.broken(subject(files), contract(files).clauses())).isEmpty();
  }

  @Test
  void file01_seekThatCountsWrong_breaksIt() throws Exception {
    assertBreaks(
        SEEK,
        "/dev/memory: at position 1, a seek of 5 from CURRENT leads to 5",
        WrongDeviceSlots.CountingFromTheStart::new);
  }

  @Test
  void file01_positionThatCannotBe_breaksIt() throws Exception {
    assertBreaks(
        SEEK,
        "throw EINVAL from seek for an unknown whence and for a position before the start",
        WrongDeviceSlots.BeforeTheStart::new);
    assertBreaks(SEEK, "UnsupportedOperationException: holes", WrongDeviceSlots.Surprised::new);
  }

  @Test
  void file03_fsyncThatSpoilsOrFails_breaksIt() throws Exception {
    assertBreaks(
        SYNC,
        "/dev/memory: after fsync 130 bytes are read, different from 3 on",
        WrongDeviceSlots.SpoiltBySync::new);
    assertBreaks(SYNC, "nothing is kept", WrongDeviceSlots.NeverKept::new);
  }

  @Test
  void file04_deviceIsNeverAskedForRoom() throws Exception {
    Setting setting = new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);
    try (Trial trial = subject(WrongDeviceSlots.Allocating::new).boot(setting)) {
      int file = trial.task().open("/dev/memory", OpenFlags.O_RDWR);
      assertThatThrownBy(() -> trial.task().descriptors().fallocate(file, 0, 0, 1))
          .isInstanceOfSatisfying(
              ErrnoException.class, refused -> assertThat(refused.errno()).isEqualTo(Errno.ENODEV));
      assertThat(trial.recorder().calls("allocate")).isEmpty();
    }
  }
}
