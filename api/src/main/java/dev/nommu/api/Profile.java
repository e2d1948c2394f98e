package dev.nommu.api;

/**
 * Which behaviour applies where the document and Linux disagree. A profile is only a name: its
 * meaning is defined where a rule is implemented, in the kernel or in a plugin. The set may grow by
 * more kernels: a switch needs a default.
 *
 * @since 0.1.0
 */
public enum Profile {
  /** The document {@code nommu-mmap.txt}, read literally. */
  DOCUMENT("document"),
  /** The observed behaviour of Linux 6.12. */
  LINUX_6_12("linux-6.12");

  private final String id;

  Profile(String id) {
    this.id = id;
  }

  /** Returns the name by which users choose the profile. */
  public String id() {
    return id;
  }
}
