package dev.nommu.kernel.plugin;

import java.io.Serial;

/**
 * Thrown by the kernel to leave all frames of a thread, including those of plugins: the only error
 * that is never a plugin's fault.
 */
public abstract class Unwinding extends Error {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates one without a stack trace, which would never be printed. */
  protected Unwinding(String message) {
    super(message, null, false, false);
  }
}
