package dev.nommu.api;

/** What a mapping is asked for, as PROT_READ, PROT_WRITE and PROT_EXEC. Nothing enforces it. */
public enum Protection {
  /** PROT_READ. */
  READ,
  /** PROT_WRITE. */
  WRITE,
  /** PROT_EXEC. */
  EXEC
}
