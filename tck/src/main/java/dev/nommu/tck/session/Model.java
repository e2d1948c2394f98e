package dev.nommu.tck.session;

/** What is known of the answers of a plugin: a simple thing that does the same. */
@FunctionalInterface
public interface Model {
  /** Knows nothing. */
  Model NONE = session -> session;

  /** Returns the same steps, with {@code = result} behind those whose result is known. */
  Session stated(Session session);
}
