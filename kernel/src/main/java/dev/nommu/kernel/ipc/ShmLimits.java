package dev.nommu.kernel.ipc;

import dev.nommu.kernel.sysctl.Sysctl;
import java.util.List;

/**
 * The limits of shared memory, with the defaults of Linux 6.12. Lowering a limit does not affect
 * existing segments. Thread-safe.
 *
 * @param shmmax kernel.shmmax: the maximum size of a segment in bytes
 * @param shmall kernel.shmall: the maximum number of pages of all segments
 * @param shmmni kernel.shmmni: the maximum number of segments
 */
public record ShmLimits(Sysctl shmmax, Sysctl shmall, Sysctl shmmni) {
  /** SHMMAX and SHMALL: practically unlimited, but sums do not overflow. */
  private static final long UNLIMITED = -1L - (1L << 24);

  private static final long ULONG_MAX = -1L;
  private static final int SHMMNI = 4096;

  /** IPCMNI: the upper bound of the number of segments, regardless of settings. */
  public static final int IPCMNI = 1 << 15;

  /** Creates the limits of one machine. */
  public ShmLimits() {
    this(
        new Sysctl("kernel.shmmax", 0, ULONG_MAX, UNLIMITED),
        new Sysctl("kernel.shmall", 0, ULONG_MAX, UNLIMITED),
        new Sysctl("kernel.shmmni", 0, IPCMNI, SHMMNI));
  }

  /** Returns all limits. */
  public List<Sysctl> settings() {
    return List.of(shmmax, shmall, shmmni);
  }
}
