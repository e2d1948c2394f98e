package dev.nommu.api;

/**
 * The access requested of a mapping: PROT_READ, PROT_WRITE, PROT_EXEC. Nothing enforces it. The set
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
