package dev.nommu.api;

/** What {@code poll(2)} asks for and tells of a file. */
public enum PollEvent {
  /** POLLIN, which is POLLRDNORM too: it can be read, or is at its end. */
  IN,
  /** POLLPRI: something exceptional is there. */
  PRI,
  /** POLLOUT, which is POLLWRNORM too: it can be written. */
  OUT,
  /** POLLRDHUP: the other side writes no more. */
  RDHUP,
  /** POLLERR: an error is there; told whether it was asked for or not. */
  ERR,
  /** POLLHUP: the other side has gone; told whether it was asked for or not. */
  HUP,
  /** POLLNVAL: the descriptor is not open; only the kernel says so. */
  NVAL
}
