package dev.nommu.kernel.signal;

/** A child's change of state as its parent learns it: the status of {@code waitpid}. */
public sealed interface WaitStatus {
  /** Returns the number that Linux gives: what WIFEXITED and the like take apart. */
  int raw();

  /**
   * The process ended by itself.
   *
   * @param code what it ended with, 0 to 255
   */
  record Exited(int code) implements WaitStatus {
    /** Keeps the low eight bits, as Linux does. */
    public Exited {
      code &= 0xff;
    }

    @Override
    public int raw() {
      return code << Byte.SIZE;
    }
  }

  /** A signal ended the process. */
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

  /** The process goes on after a stop. */
  record Continued() implements WaitStatus {
    @Override
    public int raw() {
      return 0xffff;
    }
  }
}
