package dev.nommu.kernel.device;

import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;

/**
 * A channel to a file. The JDK closes a channel when the thread that uses it is interrupted; here
 * it is reopened, so that a task that ends does not affect the others. Not safe for concurrent use.
 */
final class HostChannel implements AutoCloseable {
  private final CallableOp<SeekableByteChannel, IOException> opening;
  private SeekableByteChannel channel;

  /** An operation on a channel that may be repeated. */
  @FunctionalInterface
  interface Use<T> {
    /** Runs the operation. */
    T with(SeekableByteChannel channel) throws IOException;
  }

  /** Opens a file and remembers how to reopen it. */
  HostChannel(CallableOp<SeekableByteChannel, IOException> opening) throws IOException {
    this.opening = opening;
    this.channel = opening.call();
  }

  /** Runs an operation on the channel to completion. An interrupt is restored afterwards. */
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
