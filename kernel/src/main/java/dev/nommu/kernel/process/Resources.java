package dev.nommu.kernel.process;

/** What a process may use, and what it has used. Thread-safe. */
public final class Resources {
  private final CpuTime cpuTime = new CpuTime();
  private volatile long dataLimit;

  private Resources(long dataLimit) {
    this.dataLimit = dataLimit;
  }

  static Resources unlimited() {
    return new Resources(Long.MAX_VALUE);
  }

  /** Returns those of a child, which has the same limits and has used nothing. */
  Resources ofChild() {
    return new Resources(dataLimit);
  }

  /** Returns how many bytes data and bss of an executable may have (RLIMIT_DATA). */
  public long dataLimit() {
    return dataLimit;
  }

  /** Sets how many bytes data and bss of an executable may have; children inherit it. */
  public void dataLimit(long bytes) {
    dataLimit = bytes;
  }

  /** Returns how long it has computed. */
  public CpuTime cpuTime() {
    return cpuTime;
  }
}
