package dev.nommu.api;

/**
 * What a mapping is asked for, as PROT_READ, PROT_WRITE and PROT_EXEC. Nothing enforces it. The set
 * does not grow.
 *
 * @since 0.1.0
 */
public enum Protection {
  /** PROT_READ. */
  READ(1),
  /** PROT_WRITE. */
  WRITE(2),
  /** PROT_EXEC. */
  EXEC(4);

  private final int bit;

  Protection(int bit) {
    this.bit = bit;
  }

  /** Returns the PROT bit. */
  public int bit() {
    return bit;
  }
}
