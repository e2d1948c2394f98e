package dev.nommu.tck.session;

/** A model of a plugin's answers: a simple implementation of the same behaviour. */
@FunctionalInterface
public interface Model {
  /** Predicts nothing. */
  Model NONE = session -> session;

  /** Returns the steps, with {@code = result} after those whose result is known. */
  Session stated(Session session);
}
