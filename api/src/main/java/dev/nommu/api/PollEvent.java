package dev.nommu.api;

/**
 * The events that {@code poll(2)} requests and returns. The set follows Linux and may grow with it.
 *
 * @since 0.1.0
 */
public enum PollEvent {
  /** POLLIN and POLLRDNORM: the file can be read, or is at its end. */
  IN(0x1),
  /** POLLPRI: an exceptional condition. */
  PRI(0x2),
  /** POLLOUT and POLLWRNORM: the file can be written. */
  OUT(0x4),
  /** POLLRDHUP: the peer has stopped writing. */
  RDHUP(0x2000),
  /** POLLERR: an error; returned even if not requested. */
  ERR(0x8),
  /** POLLHUP: the peer has gone; returned even if not requested. */
  HUP(0x10),
  /** POLLNVAL: the descriptor is not open; only the kernel returns it. */
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
