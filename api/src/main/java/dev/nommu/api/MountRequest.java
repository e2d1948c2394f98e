package dev.nommu.api;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a file system is mounted from, and with what.
 *
 * @param source the first argument of {@code mount(2)}, as given
 * @param store the store behind the source, if it names one
 * @param hostDirectory the host directory behind the source, if the board gives it one
 * @param options the last argument of {@code mount(2)}: comma-separated, may be empty
 * @param access READ for a read-only mount
 * @param pages memory for a file system that lives in it
 * @param clock what time it is on the machine
 * @param profile which of two disagreeing rules holds
 */
public record MountRequest(
    String source,
    Optional<BackingStore> store,
    Optional<Path> hostDirectory,
    String options,
    AccessMode access,
    PageSource pages,
    InstantSource clock,
    Profile profile) {
  /**
   * Returns the store.
   *
   * @throws ErrnoException EINVAL if the source names none
   */
  public BackingStore requireStore() throws ErrnoException {
    return store.orElseThrow(() ->
        new ErrnoException(
            Errno.EINVAL,
            "mount: expected a block device or MTD as source, found \"" + source + "\""));
  }
}
