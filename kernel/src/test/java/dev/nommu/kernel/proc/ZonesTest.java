package dev.nommu.kernel.proc;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Free memory by zone and order in /proc. */
final class ZonesTest {
  private static final long BLOCK = 4 << 20;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(String ram, String reserved) throws Exception {
    Board board =
        Board.parse(
            "zones",
            """
            /dts-v1/;
            / {
              #address-cells = <2>;
              #size-cells = <2>;
              memory { device_type = "memory"; reg = <%s>; };
              reserved-memory {
                ranges;
                #address-cells = <2>;
                #size-cells = <2>;
                kernel { reg = <%s>; };
              };
            };
            """
                .formatted(ram, reserved));
    return new TaskCalls(machines.boot(board, Profile.LINUX_6_12).init());
  }

  @Test
  void proc19_buddyinfo_countsFreeBlocksByOrder() throws Exception {
    TaskCalls p = init("0 0x80000000 0 0x1000000", "0 0x80000000 0 0x3000");
    assertThat(p.text("/proc/buddyinfo"))
        .isEqualTo(
            "Node 0, zone    DMA32      1      0      1      1      1      1      1      1      1"
                + "      1      3 \n");
    p.anonymous(BLOCK);
    assertThat(p.text("/proc/buddyinfo")).endsWith("      1      2 \n");
  }

  @Test
  void proc19_ramBeyond4GiB_isAZoneOfItsOwn() throws Exception {
    assertThat(init("0 0xff800000 0 0x1000000", "0 0xff800000 0 0x2000").text("/proc/buddyinfo"))
        .isEqualTo(
            "Node 0, zone    DMA32      0      1      1      1      1      1      1      1      1"
                + "      1      1 \n"
                + "Node 0, zone   Normal      0      0      0      0      0      0      0      0"
                + "      0      0      2 \n");
  }

  @Test
  void proc20_pagetypeinfo_hasAllPagesUnderOneType() throws Exception {
    TaskCalls p = init("0 0x80000000 0 0xa00000", "0 0x80000000 0 0x1000");
    assertThat(p.text("/proc/pagetypeinfo"))
        .isEqualTo(
            """
            Page block order: 10
            Pages per block:  1024

            Free pages count per migrate type at order       0      1      2      3      4      5      6      7      8      9     10\s
            Node    0, zone    DMA32, type    Unmovable      1      1      1      1      1      1      1      1      1      2      1\s
            Node    0, zone    DMA32, type      Movable      0      0      0      0      0      0      0      0      0      0      0\s
            Node    0, zone    DMA32, type  Reclaimable      0      0      0      0      0      0      0      0      0      0      0\s
            Node    0, zone    DMA32, type   HighAtomic      0      0      0      0      0      0      0      0      0      0      0\s

            Number of blocks type     Unmovable      Movable  Reclaimable   HighAtomic\s
            Node 0, zone    DMA32            3            0            0            0\s
            """);
  }

  @Test
  void proc20_pagetypeinfo_isForTheSuperuser() throws Exception {
    TaskCalls p = init("0 0x80000000 0 0x400000", "0 0x80000000 0 0x1000");
    p.task().processes().setuid(1000);
    assertErrno(Errno.EACCES, () -> p.read("/proc/pagetypeinfo"));
  }
}
