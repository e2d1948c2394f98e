package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.HeardTrail;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a trail hears of a mapping after it was planned. */
final class MappingTrailTest {
  @RegisterExtension final Machines machines = new Machines();

  private final Board board =
      TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(4 * PAGE))).build();
  private final FakeDevice device = new FakeDevice();

  private TaskCalls init(Profile profile) {
    return new TaskCalls(machines.boot(board, profile, device).init());
  }

  /** Maps two pages for reading; returns what was heard, also if that is refused. */
  private static List<String> heard(TaskCalls p, int file, int flags, long offset) {
    HeardTrail trail = new HeardTrail();
    try {
      p.task().mmap(0, 2 * PAGE, PROT_READ, flags, file, offset, trail);
    } catch (ErrnoException refused) {
      // the trail says it
    }
    return trail.heard();
  }

  @Test
  void copy01_copy_isGrantedWithItsPagesTrimmed_andThenUsedAgain() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.read("/host/data");
    assertThat(heard(p, file, MAP_PRIVATE, 0))
        .containsSubsequence("TRIM-02 applied", "COPY-01 grants COPY");
    assertThat(heard(p, file, MAP_PRIVATE, 0)).endsWith("SHARE-02 grants COPY");
  }

  @Test
  void share03_overlapWithACopy_isRefused() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    int file = p.read("/host/data");
    heard(p, file, MAP_PRIVATE, 0);
    assertThat(heard(p, file, MAP_PRIVATE, PAGE)).endsWith("SHARE-03 refuses with EINVAL");
  }

  @Test
  void dir02_placeOfADriver_isGranted() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    assertThat(heard(p, p.write("/dev/fake"), MAP_SHARED, 0)).endsWith("DIR-02 grants STORE");
  }

  @Test
  void dir04_declined_leadsToACopyOrIsRefused() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.where = request -> Placement.DECLINED;
    int file = p.write("/dev/fake");
    assertThat(heard(p, file, MAP_PRIVATE, 0))
        .endsWith(
            "DIR-01: Everything says " + Placement.DECLINED,
            "DIR-04 applied",
            "TRIM-02 applied",
            "COPY-03: Everything says 8192",
            "COPY-01 grants COPY");
    assertThat(heard(p, file, MAP_SHARED, 0)).endsWith("DIR-04 refuses with ENODEV");
  }

  @Test
  void dir01_whatADriverSays_isHeardAlsoIfItThrowsIt() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    int file = p.write("/dev/fake");
    device.where = request -> Placement.at(device.base());
    device.whether = (request, address) -> Consent.DECLINED;
    assertThat(heard(p, file, MAP_SHARED, 0))
        .endsWith(
            "DIR-01: Everything says " + Placement.at(device.base()),
            "DIR-05: Everything says " + Consent.DECLINED,
            "DIR-05 refuses with ENODEV");
    device.where = request -> refuse(Errno.ENOSYS);
    assertThat(heard(p, file, MAP_SHARED, 0))
        .endsWith("DIR-01: Everything says " + Placement.DECLINED, "DIR-04 refuses with ENODEV");
    device.where = request -> refuse(Errno.EBUSY);
    assertThat(heard(p, file, MAP_SHARED, 0)).endsWith("DIR-01: Everything says EBUSY");
  }

  private static Placement refuse(Errno errno) throws ErrnoException {
    throw new ErrnoException(errno, "the driver throws it");
  }

  @Test
  void plugin01_placeOfAnother_isRefused() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.where = request -> Placement.at(0);
    assertThat(heard(p, p.write("/dev/fake"), MAP_SHARED, 0))
        .endsWith("PLUGIN-01 refuses with EIO");
  }

  @Test
  void dir12_rangeBeyondTheHighestAddress_isRefused() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.where = request -> Placement.at(device.base());
    assertThat(heard(p, p.write("/dev/fake"), MAP_SHARED, Long.MIN_VALUE))
        .endsWith("DIR-12 refuses with EINVAL");
    assertThat(heard(p, p.write("/dev/fake"), MAP_SHARED, Long.MAX_VALUE - PAGE + 1))
        .endsWith("DIR-12 refuses with EINVAL");
  }

  @Test
  void copy03_readThatFails_isHeard() throws Exception {
    TaskCalls p = init(Profile.DOCUMENT);
    device.where = request -> Placement.DECLINED;
    device.reading =
        (into, position) -> {
          throw new ErrnoException(Errno.EIO, "the driver throws it");
        };
    assertThat(heard(p, p.write("/dev/fake"), MAP_PRIVATE, 0))
        .endsWith("COPY-03: Everything says EIO");
  }

  @Test
  void copy05_characterDevice_isRefusedBy612() throws Exception {
    TaskCalls p = init(Profile.LINUX_6_12);
    device.where = request -> Placement.DECLINED;
    assertThat(heard(p, p.write("/dev/fake"), MAP_PRIVATE, 0))
        .endsWith("COPY-05 refuses with EINVAL");
  }

  @Test
  void copy02_noMemory_isRefused() throws Exception {
    Shortage shortage = Machines.shortage(board);
    TaskCalls p =
        new TaskCalls(machines.bootWithShortage(board, Profile.DOCUMENT, shortage).init());
    int file = p.read("/host/data");
    shortage.after(0);
    assertThat(heard(p, file, MAP_PRIVATE, 0)).endsWith("COPY-02 refuses with ENOMEM");
  }
}
