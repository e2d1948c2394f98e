package dev.nommu.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A channel whose operations run on other threads, each a call of a {@link NommuFileChannel}. */
final class NommuAsynchronousFileChannel extends AsynchronousFileChannel {
  private final NommuFileChannel channel;
  private final Executor executor;

  NommuAsynchronousFileChannel(NommuFileChannel channel, Executor executor) {
    this.channel = channel;
    this.executor = executor;
  }

  private <T> Future<T> submit(Callable<T> operation) {
    FutureTask<T> task = new FutureTask<>(operation);
    executor.execute(task);
    return task;
  }

  private <T extends @Nullable Object, A extends @Nullable Object> void submit(
      Callable<T> operation, A attachment, CompletionHandler<? super T, ? super A> handler) {
    Objects.requireNonNull(handler);
    executor.execute(() -> {
      T result;
      try {
        result = operation.call();
      } catch (Exception failure) {
        handler.failed(failure, attachment);
        return;
      }
      handler.completed(result, attachment);
    });
  }

  private void requireReadable(ByteBuffer into, long position) {
    if (!channel.isReadable()) {
      throw new NonReadableChannelException();
    }
    if (into.isReadOnly() || position < 0) {
      throw new IllegalArgumentException(
          "expected a buffer that can be written and a position of 0 or more");
    }
  }

  private void requireWritable(long position) {
    if (!channel.isWritable()) {
      throw new NonWritableChannelException();
    }
    if (position < 0) {
      throw new IllegalArgumentException("position %d: expected 0 or more".formatted(position));
    }
  }

  @Override
  public Future<Integer> read(ByteBuffer into, long position) {
    requireReadable(into, position);
    return submit(() -> channel.read(into, position));
  }

  @Override
  public <A extends @Nullable Object> void read(
      ByteBuffer into, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    requireReadable(into, position);
    submit(() -> channel.read(into, position), attachment, handler);
  }

  @Override
  public Future<Integer> write(ByteBuffer from, long position) {
    requireWritable(position);
    return submit(() -> channel.write(from, position));
  }

  @Override
  public <A extends @Nullable Object> void write(
      ByteBuffer from, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    requireWritable(position);
    submit(() -> channel.write(from, position), attachment, handler);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    channel.force(metaData);
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    return submit(locked(position, size, shared));
  }

  @Override
  public <A extends @Nullable Object> void lock(
      long position,
      long size,
      boolean shared,
      A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    submit(locked(position, size, shared), attachment, handler);
  }

  /** Locks at once, as this never waits; errors of the caller are thrown to the caller. */
  private Callable<FileLock> locked(long position, long size, boolean shared) {
    try {
      FileLock lock = channel.lock(this, position, size, shared);
      return () -> lock;
    } catch (IOException closed) {
      return () -> {
        throw closed;
      };
    }
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return channel.lock(this, position, size, shared);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
