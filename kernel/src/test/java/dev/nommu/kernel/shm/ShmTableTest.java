package dev.nommu.kernel.shm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of /proc/sysvipc/shm: rule SHM-08. */
final class ShmTableTest {
  /** The titles and the first row were taken from a 64-bit kernel. */
  @Test
  void shm08_sysvipcShm_hasLinuxsColumns() {
    ShmStatus first =
        new ShmStatus(
            32770,
            new IpcPermissions(-1201570557, 0, 0, 0, 0, 0640),
            5000,
            new ShmStatus.History(9913, 0, 0, 0, 1700000000),
            0);
    ShmStatus second =
        new ShmStatus(
            1,
            new IpcPermissions(0, -2, 1000, 12, 100, 01600),
            4096,
            new ShmStatus.History(7, 123456, 86400, 86399, 5),
            3);
    assertThat(ShmTable.of(List.of(first, second)))
        .isEqualTo(
            """
                   key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap
            -1201570557      32770   640                  5000  9913     0      0     0     0     0     0          0          0 1700000000                  8192                     0
                     0          1  1600                  4096     7 123456      3 4294967294  1000    12   100      86400      86399          5                  4096                     0
            """);
  }
}
