package dev.nommu.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Channels: scatter and gather, transfers, locks, interrupts, and many threads at once. */
@Timeout(60)
final class ChannelTest {
  @RegisterExtension final Memory memory = new Memory();

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  void scatterAndGather_moveThePositionByWhatWasMoved() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      ByteBuffer[] written = {bytes(1, 2), bytes(), bytes(3, 4, 5)};
      assertEquals(5, channel.write(written));
      assertEquals(5, channel.position());
      channel.position(1);
      ByteBuffer[] read = {ByteBuffer.allocate(3), ByteBuffer.allocate(3)};
      assertEquals(4, channel.read(read));
      assertArrayEquals(new byte[] {2, 3, 4}, read[0].array());
      assertArrayEquals(new byte[] {5, 0, 0}, read[1].array());
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void scatter_intoABufferThatCannotBeWritten_readsNothing() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      channel.write(bytes(1, 2, 3), 0);
      ByteBuffer[] into = {ByteBuffer.allocate(1), ByteBuffer.allocate(1).asReadOnlyBuffer()};
      assertThrows(IllegalArgumentException.class, () -> channel.read(into));
      assertThrows(IndexOutOfBoundsException.class, () -> channel.read(into, 0, -1));
      assertEquals(0, channel.position());
      assertEquals(0, into[0].position());
    }
  }

  @Test
  void gatheringWrites_areEachInOnePiece_throughOneChannelAndMany() throws Exception {
    try (FileChannel shared = memory.open("/tmp/shared");
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int value = i;
        writers.add(threads.submit(() -> gather(shared, value)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    for (String file : List.of("/tmp/shared", "/tmp/appended")) {
      byte[] written = Files.readAllBytes(memory.path(file));
      assertEquals(4 * 2 * 500, written.length);
      for (int at = 0; at < written.length; at += 2) {
        assertEquals(written[at], written[at + 1], file);
      }
    }
  }

  private Void gather(FileChannel shared, int value) throws IOException {
    try (FileChannel own =
        FileChannel.open(
            memory.path("/tmp/appended"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < 500; i++) {
        assertEquals(2, shared.write(new ByteBuffer[] {bytes(value), bytes(value)}));
        assertEquals(2, own.write(new ByteBuffer[] {bytes(value), bytes(value)}));
      }
    }
    return null;
  }

  @Test
  void transfers_copyBetweenChannels_andBeyondTheEndNothing() throws IOException {
    byte[] content = new byte[200_000];
    new java.util.Random(15).nextBytes(content);
    Files.write(memory.path("/tmp/a"), content);
    try (FileChannel from = memory.open("/tmp/a");
        FileChannel to = memory.open("/tmp/b")) {
      assertEquals(199_990, from.transferTo(10, Long.MAX_VALUE, to));
      assertEquals(0, from.transferTo(200_000, 5, to));
      from.position(0);
      assertEquals(10, to.transferFrom(from, 199_990, 10));
      assertEquals(0, to.transferFrom(from, 300_000, 10));
      assertEquals(10, from.position());
    }
    byte[] copied = Files.readAllBytes(memory.path("/tmp/b"));
    assertArrayEquals(
        java.util.Arrays.copyOfRange(content, 10, 200_000),
        java.util.Arrays.copyOf(copied, 199_990));
    assertArrayEquals(
        java.util.Arrays.copyOf(content, 10),
        java.util.Arrays.copyOfRange(copied, 199_990, 200_000));
  }

  @Test
  void appendingChannels_loseNothing_fromManyVirtualThreads() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte value = (byte) i;
        writers.add(threads.submit(() -> append(value)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    int[] counted = new int[50];
    for (byte value : Files.readAllBytes(memory.path("/tmp/log"))) {
      counted[value]++;
    }
    for (int count : counted) {
      assertEquals(100, count);
    }
  }

  private Void append(byte value) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            memory.path("/tmp/log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < 100; i++) {
        out.write(value);
      }
    }
    return null;
  }

  /** A descriptor's number must not mean another file for a call that is about to be made. */
  @Test
  void closedWhileOthersRead_readsTheFileOrThrows_neverAnotherFile() throws Exception {
    Files.write(memory.path("/tmp/ones"), filled(1));
    Files.write(memory.path("/tmp/twos"), filled(2));
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<?> opener = threads.submit(() -> openAndClose(over));
      for (int round = 0; round < 300; round++) {
        FileChannel ones = FileChannel.open(memory.path("/tmp/ones"));
        Future<?> reader = threads.submit(() -> readOnes(ones));
        Future<?> another = threads.submit(() -> readOnes(ones));
        ones.close();
        reader.get();
        another.get();
      }
      over.set(true);
      opener.get();
    }
    Task task = memory.machine().init();
    assertEquals(3, task.open("/tmp/ones", 0));
  }

  @Test
  void descriptorThatIsClosed_keepsItsNumber_untilTheLastCallIsOver() throws Exception {
    Files.write(memory.path("/tmp/a"), filled(1));
    Task task = memory.machine().init();
    int number = task.open("/tmp/a", OpenFlags.O_RDONLY);
    OpenDescriptor descriptor = new OpenDescriptor(task, number);
    int opened =
        descriptor.call((by, same) -> {
          descriptor.close();
          return by.open("/tmp/a", OpenFlags.O_RDONLY);
        });
    assertTrue(opened != number);
    assertEquals(number, task.open("/tmp/a", OpenFlags.O_RDONLY));
    assertThrows(ClosedChannelException.class, () -> descriptor.call(Task::fstat));
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[64];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private Void openAndClose(AtomicBoolean over) throws IOException {
    while (!over.get()) {
      FileChannel.open(memory.path("/tmp/twos")).close();
    }
    return null;
  }

  private static Void readOnes(FileChannel channel) throws IOException {
    try {
      while (true) {
        ByteBuffer read = ByteBuffer.allocate(64);
        channel.read(read, 0);
        assertArrayEquals(filled(1), read.array());
      }
    } catch (ClosedChannelException closed) {
      return null;
    }
  }

  private FutureTask<Integer> reading(FileChannel channel) {
    Callable<Integer> read = () -> channel.read(ByteBuffer.allocate(1));
    return new FutureTask<>(read);
  }

  private FileChannel emptyPipe() throws IOException {
    memory.machine().init().tree().create("/tmp/pipe", NewInode.fifo(0600));
    return memory.open("/tmp/pipe");
  }

  private static void awaitWait(Task task) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (task.waitsFor().isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertFalse(task.waitsFor().isEmpty());
  }

  @Test
  void interrupt_endsAReadThatWaits_andClosesTheChannel() throws Exception {
    FileChannel channel = emptyPipe();
    FutureTask<Integer> read = reading(channel);
    Thread reader = Thread.ofVirtual().start(read);
    awaitWait(memory.machine().init());
    reader.interrupt();
    ExecutionException failed = assertThrows(ExecutionException.class, read::get);
    assertEquals(ClosedByInterruptException.class, failed.getCause().getClass());
    assertFalse(channel.isOpen());
  }

  @Test
  void close_endsAReadThatWaits() throws Exception {
    FileChannel channel = emptyPipe();
    FutureTask<Integer> read = reading(channel);
    Thread.ofPlatform().start(read);
    awaitWait(memory.machine().init());
    channel.close();
    ExecutionException failed = assertThrows(ExecutionException.class, read::get);
    assertEquals(AsynchronousCloseException.class, failed.getCause().getClass());
  }

  @Test
  void fileSystem_closesItsChannels() throws Exception {
    NommuFileSystem files = NommuFileSystem.of(memory.machine().init());
    Path file = Files.write(files.getPath("/tmp/a"), new byte[1]);
    FileChannel channel = FileChannel.open(file);
    files.close();
    assertThrows(ClosedChannelException.class, channel::size);
    assertThrows(java.nio.file.ClosedFileSystemException.class, () -> Files.size(file));
    assertEquals(1, Files.size(memory.path("/tmp/a")));
  }

  @Test
  void locks_excludeOverlappingOnesOfTheSameFile() throws IOException {
    Files.write(memory.path("/tmp/a"), new byte[10]);
    Files.createLink(memory.path("/tmp/b"), memory.path("/tmp/a"));
    try (FileChannel one = memory.open("/tmp/a");
        FileChannel other = memory.open("/tmp/b")) {
      FileLock lock = one.lock(0, 5, false);
      assertThrows(OverlappingFileLockException.class, () -> other.lock(4, 5, false));
      assertTrue(other.tryLock(5, 5, true).isShared());
      lock.release();
      assertFalse(lock.isValid());
      other.lock(0, 5, false);
    }
    try (FileChannel again = memory.open("/tmp/a")) {
      assertTrue(again.tryLock().isValid());
    }
  }

  /** A lock that comes to be while its channel is being closed. */
  @Test
  void lockOfAClosedChannel_excludesNothing() throws IOException {
    FileLocks locks = new FileLocks();
    FileChannel closed = memory.open("/tmp/a");
    try (FileChannel channel = memory.open("/tmp/a")) {
      FileKey key = new FileKey(new DeviceNumber(0, 1), 1);
      closed.close();
      assertFalse(locks.add(key, closed, 0, 5, false).isValid());
      assertTrue(locks.add(key, channel, 0, 5, false).isValid());
    }
  }

  @Test
  void asynchronousLock_isRefusedAtOnce_butThatTheChannelIsClosedIsTheOutcome() throws Exception {
    Files.write(memory.path("/tmp/a"), new byte[10]);
    AsynchronousFileChannel channel = AsynchronousFileChannel.open(memory.path("/tmp/a"));
    try (FileChannel other = memory.open("/tmp/a")) {
      other.lock(0, 5, false);
      assertThrows(OverlappingFileLockException.class, () -> channel.lock(4, 5, true));
      assertThrows(NonWritableChannelException.class, () -> channel.lock(5, 5, false));
      assertTrue(channel.lock(5, 5, true).get().isShared());
    }
    channel.close();
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> channel.lock(0, 1, true).get());
    assertEquals(ClosedChannelException.class, failed.getCause().getClass());
  }

  @Test
  void asynchronousChannel_readsWhatItWrote() throws Exception {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(
            memory.path("/tmp/a"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      assertEquals(3, channel.write(bytes(1, 2, 3), 5).get());
      ByteBuffer read = ByteBuffer.allocate(10);
      assertEquals(8, channel.read(read, 0).get());
      assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 1, 2, 3, 0, 0}, read.array());
      assertTrue(channel.lock().get().isValid());
    }
  }

  @Test
  void deleteOnClose_leavesNothing() throws IOException {
    Path file = memory.path("/tmp/a");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      channel.write(bytes(1));
    }
    assertFalse(Files.exists(file));
  }
}
