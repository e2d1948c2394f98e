package dev.nommu.api;

/**
 * What {@code poll(2)} asks for and tells of a file. The set is that of Linux, and may grow with
 * it.
 *
 * @since 0.1.0
 */
public enum PollEvent {
  /** POLLIN, which is POLLRDNORM too: it can be read, or is at its end. */
  IN(0x1),
  /** POLLPRI: something exceptional is there. */
  PRI(0x2),
  /** POLLOUT, which is POLLWRNORM too: it can be written. */
  OUT(0x4),
  /** POLLRDHUP: the other side writes no more. */
  RDHUP(0x2000),
  /** POLLERR: an error is there; told whether it was asked for or not. */
  ERR(0x8),
  /** POLLHUP: the other side has gone; told whether it was asked for or not. */
  HUP(0x10),
  /** POLLNVAL: the descriptor is not open; only the kernel says so. */
  NVAL(0x20);

  private final int bit;

  PollEvent(int bit) {
    this.bit = bit;
  }

  /** Returns its bit in {@code struct pollfd}. */
  public int bit() {
    return bit;
  }
}
