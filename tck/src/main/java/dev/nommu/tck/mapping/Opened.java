package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Trial;
import dev.nommu.tck.interpose.Recorder.Call;
import dev.nommu.tck.trail.RecordedTrail;
import java.util.List;
import java.util.Optional;

/**
 * A file that was opened with as much access as possible. To be used by one thread.
 *
 * @param trial the machine
 * @param task the task that opened it
 * @param path its name
 * @param descriptor its number
 * @param isWritable whether it is open for writing
 */
public record Opened(Trial trial, Task task, String path, int descriptor, boolean isWritable) {
  /**
   * Opens a file for reading and writing or, where that fails, for reading.
   *
   * @throws ErrnoException if neither is possible
   */
  public static Opened open(Trial trial, String path) throws ErrnoException {
    return open(trial, trial.task(), path);
  }

  /** Opens a file as another process. */
  static Opened open(Trial trial, Task task, String path) throws ErrnoException {
    try {
      return new Opened(trial, task, path, task.open(path, OpenFlags.O_RDWR), true);
    } catch (ErrnoException notForWriting) {
      return new Opened(trial, task, path, task.open(path, OpenFlags.O_RDONLY), false);
    }
  }

  /** Opens the file once more, as another process. */
  Opened byAnother() throws ErrnoException {
    return open(trial, trial.machine().init().spawn("another"), path);
  }

  /**
   * Returns the plugin's own object, to be called without the kernel.
   *
   * @return empty for a direct plugin, whose object only the kernel has
   */
  public Optional<OpenFile> plugins() {
    List<Call> opens = trial.recorder().calls("open");
    return opens.isEmpty() || !(opens.getLast().answer() instanceof OpenFile file)
        ? Optional.empty()
        : Optional.of(file);
  }

  /** Requests a mapping. */
  public Attempt map(int protection, Sharing sharing, long offset, long length) {
    return new Request(protection, sharing, offset, length).make(task, path, descriptor);
  }

  /**
   * Removes a mapping.
   *
   * @throws ErrnoException EINVAL if there is no such mapping
   */
  public void unmap(Attempt.Mapped mapping, long length) throws ErrnoException {
    task.munmap(mapping.address(), length);
  }

  /**
   * Returns the capabilities of its backing device, including defaults; empty if it cannot be
   * mapped.
   */
  public Optional<Capabilities> offered() {
    RecordedTrail trail = new RecordedTrail();
    try {
      long address = task.mmap(0, 1, PROT_READ, MAP_PRIVATE, descriptor, 0, trail);
      task.munmap(address, 1);
    } catch (ErrnoException refused) {
      return trail.offered();
    }
    return trail.offered();
  }

  /** Returns whether its backing device has a capability. */
  public boolean offers(MapCapability capability) {
    return offered().filter(each -> each.has(capability)).isPresent();
  }
}
