package dev.nommu.kernel.device;

import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;

/**
 * A channel to a file. The platform closes a channel when the thread that uses it is interrupted;
 * here it is opened again, so that a task that ends costs the others nothing. Not safe for
 * concurrent use.
 */
final class HostChannel implements AutoCloseable {
  private final CallableOp<SeekableByteChannel, IOException> opening;
  private SeekableByteChannel channel;

  /** Something that is done with a channel, and may be done twice. */
  @FunctionalInterface
  interface Use<T> {
    /** Does it. */
    T with(SeekableByteChannel channel) throws IOException;
  }

  /** Opens a file and keeps the way to open it. */
  HostChannel(CallableOp<SeekableByteChannel, IOException> opening) throws IOException {
    this.opening = opening;
    this.channel = opening.call();
  }

  /** Does something with the channel, to its end. An interrupt is kept for afterwards. */
  <T> T use(Use<T> use) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return use.with(channel);
        } catch (ClosedByInterruptException closed) {
          interrupted |= Thread.interrupted();
          channel = opening.call();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
