package dev.nommu.api;

/**
 * Whether a driver consents to a direct mapping: the answer of {@code file_operations.mmap}.
 *
 * <p>Only the kernel switches over the answers, so the set may grow. A driver answers with {@link
 * #ACCEPTED}, {@link #accepted} and {@link #DECLINED}, so each may grow too.
 *
 * @since 0.1.0
 */
public sealed interface Consent {
  /** Consent of a driver that needs no events of the mapping. */
  Consent ACCEPTED = new Accepted(mapping -> {});

  /** The single {@link Declined} instance. */
  Consent DECLINED = new Declined();

  /** Returns consent, with the receiver of later events of the mapping. */
  static Consent accepted(VmOperations operations) {
    return new Accepted(operations);
  }

  /**
   * The mapping is made.
   *
   * @param operations called when the mapping is removed
   */
  record Accepted(VmOperations operations) implements Consent {}

  /** ENOSYS: a private mapping is copied if MAP_COPY is permitted, a shared one is refused. */
  record Declined() implements Consent {}
}
