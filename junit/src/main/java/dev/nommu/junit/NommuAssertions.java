package dev.nommu.junit;

import dev.nommu.kernel.task.Task;

/**
 * Assertions about a machine. Import {@link #assertThat} statically; it can be combined with that
 * of AssertJ.
 *
 * {@snippet :
 * assertThat(task).mapping(flash).shared().read().isDirectAt("flash@20000000+0x1000");
 * assertThat(task).mapping(flash).privately().read().write().isCopied();
 * assertThat(task).mapping(flash).shared().write().isRefusedWith(Errno.EACCES).by("MMAP-14");
 * assertThat(task).mapsAsIn("/dev/sensor", Path.of("src/test/resources/sensor.maps"));
 * }
 */
public final class NommuAssertions {
  private NommuAssertions() {}

  /** Begins assertions about a task. */
  public static TaskAssert assertThat(Task task) {
    return new TaskAssert(task);
  }
}
