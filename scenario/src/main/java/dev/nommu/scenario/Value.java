package dev.nommu.scenario;

/** An evaluated argument of a call. */
public sealed interface Value {
  /**
   * A number or an address, 64 bits.
   *
   * @param value two's complement
   */
  record Numeric(long value) implements Value {}

  /**
   * Bytes: a path, data to write, an ioctl's structure. No zero byte is added at their end.
   *
   * @param bytes must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Text(byte[] bytes) implements Value {}
}
