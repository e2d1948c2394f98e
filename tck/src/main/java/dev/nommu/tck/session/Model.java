package dev.nommu.tck.session;

/** A model of a plugin's answers: a simple implementation of the same behaviour. */
@FunctionalInterface
public interface Model {
  /** Knows nothing. */
  Model NONE = session -> session;

  /** Returns the same steps, with {@code = result} behind those whose result is known. */
  Session stated(Session session);
}
