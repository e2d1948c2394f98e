package dev.nommu.kernel.console;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.SpliceWritableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A host stream as a file that programs write, such as their standard output. Writes are not
 * buffered. A broken pipe is EPIPE, any other failure EIO. Thread-safe if the stream is.
 */
public final class HostOutput implements SpliceWritableFile, PollableFile {
  private static final long PIECE = 1 << 16;
  private static final String BROKEN_PIPE = "broken pipe";

  private final OutputStream into;
  private final FileWaitQueue never = FileWaitQueue.ofTasks("room for output to the host");

  /**
   * Creates the file.
   *
   * @param into flushed after each write; not closed
   */
  public HostOutput(OutputStream into) {
    this.into = into;
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    try {
      for (long done = 0; done < from.byteSize(); done += PIECE) {
        long length = Math.min(PIECE, from.byteSize() - done);
        into.write(from.asSlice(done, length).toArray(ValueLayout.JAVA_BYTE));
      }
      into.flush();
      return from.byteSize();
    } catch (IOException broken) {
      throw new ErrnoException(errno(broken), "output to the host: " + broken.getMessage(), broken);
    }
  }

  /** Java gives the reason only as text. */
  private static Errno errno(IOException broken) {
    return String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT).contains(BROKEN_PIPE)
        ? Errno.EPIPE
        : Errno.EIO;
  }

  @Override
  public Set<PollEvent> poll() {
    return EnumSet.of(PollEvent.OUT);
  }

  @Override
  public WaitQueue queue() {
    return never;
  }
}
