package dev.nommu.api;

/**
 * A kind of mapping that the backing device of a file permits, as the BDI_CAP bits in Linux (rule
 * BDI-01). The set is the document's and does not grow.
 *
 * @since 0.1.0
 */
public enum MapCapability {
  /** Private copies are permitted. Without it MAP_PRIVATE fails with ENODEV. */
  MAP_COPY(0x04),
  /** Direct mappings of the store are permitted. Without it MAP_SHARED fails with ENODEV. */
  MAP_DIRECT(0x08),
  /** A direct mapping may have PROT_READ; otherwise EINVAL, or a copy. */
  READ_MAP(0x10),
  /** A direct mapping may have PROT_WRITE; otherwise EINVAL. */
  WRITE_MAP(0x20),
  /** A direct mapping may have PROT_EXEC; otherwise EINVAL, or a copy. */
  EXEC_MAP(0x40);

  private final int bit;

  MapCapability(int bit) {
    this.bit = bit;
  }

  /** Returns the BDI_CAP bit, as Linux had it when the document was written (rule BDI-01). */
  public int bit() {
    return bit;
  }

  /** Returns the capability that permits this protection in a direct mapping. */
  public static MapCapability permitting(Protection protection) {
    return switch (protection) {
      case READ -> READ_MAP;
      case WRITE -> WRITE_MAP;
      case EXEC -> EXEC_MAP;
    };
  }
}
