package dev.nommu.kernel.process;

/** The resource limits and the resource usage of a process. Thread-safe. */
public final class Resources {
  private final CpuTime cpuTime = new CpuTime();
  private volatile long dataLimit;

  private Resources(long dataLimit) {
    this.dataLimit = dataLimit;
  }

  static Resources unlimited() {
    return new Resources(Long.MAX_VALUE);
  }

  /** Returns the resources of a child, with the same limits and no usage. */
  Resources ofChild() {
    return new Resources(dataLimit);
  }

  /** Returns the most bytes that data and bss of an executable may have (RLIMIT_DATA). */
  public long dataLimit() {
    return dataLimit;
  }

  /** Sets the most bytes that data and bss of an executable may have; children inherit it. */
  public void dataLimit(long bytes) {
    dataLimit = bytes;
  }

  /** Returns its CPU time. */
  public CpuTime cpuTime() {
    return cpuTime;
  }
}
