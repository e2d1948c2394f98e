package dev.nommu.kernel.ipc;

import dev.nommu.kernel.sysctl.Sysctl;
import java.util.List;

/**
 * How much shared memory there can be, with the defaults of Linux 6.12. Lowering a limit takes
 * nothing away. Thread-safe.
 *
 * @param shmmax kernel.shmmax: how many bytes a segment has at most
 * @param shmall kernel.shmall: how many pages all segments have at most
 * @param shmmni kernel.shmmni: how many segments there are at most
 */
public record ShmLimits(Sysctl shmmax, Sysctl shmall, Sysctl shmmni) {
  /** SHMMAX and SHMALL: practically everything, with room for sums. */
  private static final long UNLIMITED = -1L - (1L << 24);

  private static final long ULONG_MAX = -1L;
  private static final int SHMMNI = 4096;

  /** Segments that there can be, whatever is set: IPCMNI. */
  public static final int IPCMNI = 1 << 15;

  /** Creates the limits of one machine. */
  public ShmLimits() {
    this(
        new Sysctl("kernel.shmmax", 0, ULONG_MAX, UNLIMITED),
        new Sysctl("kernel.shmall", 0, ULONG_MAX, UNLIMITED),
        new Sysctl("kernel.shmmni", 0, IPCMNI, SHMMNI));
  }

  /** Returns all of them. */
  public List<Sysctl> settings() {
    return List.of(shmmax, shmall, shmmni);
  }
}
