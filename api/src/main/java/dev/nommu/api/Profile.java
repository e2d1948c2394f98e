package dev.nommu.api;

/**
 * Which behaviour applies where the document and Linux disagree. A profile is only a name: what it
 * means for a rule is decided where the rule is carried out, in the kernel or in a plugin. The set
 * may grow by more kernels: a switch needs a default.
 *
 * @since 0.1.0
 */
public enum Profile {
  /** What {@code nommu-mmap.txt} says, read literally. */
  DOCUMENT("document"),
  /** What Linux 6.12 was seen to answer. */
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
