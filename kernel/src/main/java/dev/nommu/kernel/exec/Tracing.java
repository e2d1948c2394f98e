package dev.nommu.kernel.exec;

/** Whether the process that executes is traced: its mappings are then not shared (FLAGS-08). */
public enum Tracing {
  /** A tracer is attached. */
  TRACED,
  /** No tracer is attached. */
  UNTRACED
}
