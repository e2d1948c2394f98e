package dev.nommu.kernel.exec;

/** Whether somebody traces the process that executes: its mappings are then its own (FLAGS-08). */
public enum Tracing {
  /** Somebody does. */
  TRACED,
  /** Nobody does. */
  UNTRACED
}
