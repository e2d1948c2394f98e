package dev.nommu.api;

import java.util.Optional;

/**
 * An open file, as {@code struct file} with its {@code file_operations}.
 *
 * <p>The operations a file has are the interfaces it implements; one it does not implement is an
 * empty slot, with these results:
 *
 * <table>
 * <caption>Slots</caption>
 * <tr><th>interface</th><th>without it</th></tr>
 * <tr><td>{@link ReadableFile}</td><td>read: EINVAL; MAP_COPY is dropped (MMAP-12)</td></tr>
 * <tr><td>{@link ConcurrentlyReadableFile}</td><td>reads wait for other operations</td></tr>
 * <tr><td>{@link WritableFile}</td><td>write: EINVAL</td></tr>
 * <tr><td>{@link MappableFile}</td><td>mmap: ENODEV (MMAP-10)</td></tr>
 * <tr><td>{@link DirectlyMappableFile}</td><td>MAP_DIRECT is dropped (MMAP-12)</td></tr>
 * <tr><td>{@link ControllableFile}</td><td>ioctl: ENOTTY</td></tr>
 * <tr><td>{@link PollableFile}</td><td>never waits; poll: IN and OUT (POLL-02)</td></tr>
 * <tr><td>{@link SeekableFile}</td><td>lseek: up to the file's largest size; data up
 * to its end (FILE-01)</td></tr>
 * <tr><td>{@link Syncable}</td><td>fsync: EINVAL (FILE-03)</td></tr>
 * <tr><td>{@link SpliceReadableFile}, {@link SpliceWritableFile}</td><td>sendfile from and to a
 * character device: EINVAL (FILE-12)</td></tr>
 * <tr><td>{@link AllocatableFile}</td><td>fallocate: EOPNOTSUPP (FILE-04)</td></tr>
 * </table>
 *
 * <p>The kernel owns the life of the file: it counts references, keeps the position and the open
 * mode, and calls {@link #close} once, after the last descriptor and the last mapping are gone.
 *
 * @since 0.1.0
 */
public interface OpenFile extends AutoCloseable {
  /**
   * Returns the mappings that the backing device permits, or empty for the defaults of rule BDI-03:
   * {@link BackingDeviceInfo#COPY} for a regular file or block device, {@link
   * BackingDeviceInfo#DIRECT_READ_WRITE} for a character device.
   */
  default Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.empty();
  }

  /**
   * Releases the file.
   *
   * @throws ErrnoException EIO if written data could not be stored
   */
  @Override
  default void close() throws ErrnoException {}
}
