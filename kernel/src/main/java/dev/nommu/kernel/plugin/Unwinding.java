package dev.nommu.kernel.plugin;

import java.io.Serial;

/**
 * Thrown by the kernel to leave all frames of a thread, those of plugins among them: the one error
 * that is never a plugin's fault.
 */
public abstract class Unwinding extends Error {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates one without a stack trace: nobody looks for the place it comes from. */
  protected Unwinding(String message) {
    super(message, null, false, false);
  }
}
