package dev.nommu.api;

/**
 * What the backing device of a file permits of mappings, as the BDI_CAP bits in Linux (rule
 * BDI-01).
 */
public enum MapCapability {
  /** A private copy may be made. Without it MAP_PRIVATE fails with ENODEV. */
  MAP_COPY,
  /** The store itself may be mapped. Without it MAP_SHARED fails with ENODEV. */
  MAP_DIRECT,
  /** A direct mapping may be asked for with PROT_READ; otherwise EINVAL, or a copy. */
  READ_MAP,
  /** A direct mapping may be asked for with PROT_WRITE; otherwise EINVAL. */
  WRITE_MAP,
  /** A direct mapping may be asked for with PROT_EXEC; otherwise EINVAL, or a copy. */
  EXEC_MAP;

  /** Returns the capability that permits this protection in a direct mapping. */
  public static MapCapability permitting(Protection protection) {
    return switch (protection) {
      case READ -> READ_MAP;
      case WRITE -> WRITE_MAP;
      case EXEC -> EXEC_MAP;
    };
  }
}
