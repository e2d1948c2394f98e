package dev.nommu.api;

/**
 * Whether a driver consents to a direct mapping: the answer of {@code file_operations.mmap}.
 *
 * <p>The kernel alone switches over the answers, so that the set may grow. A driver answers with
 * {@link #ACCEPTED}, {@link #accepted} and {@link #DECLINED}, so that each may grow too.
 *
 * @since 0.1.0
 */
public sealed interface Consent {
  /** Consent of a driver that does not want to hear of the mapping again. */
  Consent ACCEPTED = new Accepted(mapping -> {});

  /** The single {@link Declined} instance. */
  Consent DECLINED = new Declined();

  /** Returns consent together with what is to be told about the mapping later. */
  static Consent accepted(VmOperations operations) {
    return new Accepted(operations);
  }

  /**
   * The mapping is made.
   *
   * @param operations called when the mapping goes
   */
  record Accepted(VmOperations operations) implements Consent {}

  /** ENOSYS: a private mapping is copied if MAP_COPY is permitted, a shared one is refused. */
  record Declined() implements Consent {}
}
