package dev.nommu.kernel.signal;

/** A child's change of state as reported to its parent: the status of {@code waitpid}. */
public sealed interface WaitStatus {
  /** Returns Linux's encoding, which WIFEXITED and the like decode. */
  int raw();

  /**
   * The process exited.
   *
   * @param code the exit code, 0 to 255
   */
  record Exited(int code) implements WaitStatus {
    /** Takes the low eight bits, as Linux does. */
    public Exited {
      code &= 0xff;
    }

    @Override
    public int raw() {
      return code << Byte.SIZE;
    }
  }

  /** A signal killed the process. */
  record Signaled(Signal signal) implements WaitStatus {
    @Override
    public int raw() {
      return signal.number();
    }
  }

  /** A signal stopped the process. */
  record Stopped(Signal signal) implements WaitStatus {
    @Override
    public int raw() {
      return signal.number() << Byte.SIZE | 0x7f;
    }
  }

  /** The process continued after a stop. */
  record Continued() implements WaitStatus {
    @Override
    public int raw() {
      return 0xffff;
    }
  }
}
