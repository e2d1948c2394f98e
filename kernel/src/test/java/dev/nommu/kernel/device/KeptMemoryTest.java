package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the host as stores and as memory: when data reaches the file, and when the disk. */
class KeptMemoryTest {
  private static final byte ERASED = (byte) 0xff;
  private static final int CHUNK = 1 << 16;

  @TempDir Path directory;

  @Test
  void flushOfADisk_forcesItsFile() throws Exception {
    RecordingChannel channel = record(new byte[4096]);
    BackingStore disk = ImageStore.of(new ImageFile("disk", new HostChannel(() -> channel)));
    disk.write(MemorySegment.ofArray(new byte[512]), 1024);
    assertThat(channel.done).containsExactly("write 0x200 bytes at 0x400");
    disk.flush();
    assertThat(channel.done).endsWith("force true").hasSize(2);
  }

  @Test
  void disk_isReadAndWrittenWithinItsSize() throws Exception {
    RecordingChannel channel = record(new byte[4096]);
    BackingStore disk = ImageStore.of(new ImageFile("disk", new HostChannel(() -> channel)));
    MemorySegment two = MemorySegment.ofArray(new byte[2]);
    assertErrno(Errno.EIO, () -> disk.write(two, 4095));
    assertErrno(Errno.EIO, () -> disk.read(two, 4095));
    assertErrno(Errno.EIO, () -> disk.read(two, -1));
    assertErrno(Errno.EIO, () -> disk.read(two, Long.MAX_VALUE));
    disk.write(two, 4094);
  }

  @Test
  void syncOfACopy_writesWhatHasChangedAndThenForces() throws Exception {
    RecordingChannel channel = record(new byte[4 * CHUNK]);
    try (Arena arena = Arena.ofConfined()) {
      KeptMemory kept =
          KeptMemory.of(
              new ImageFile("flash", new HostChannel(() -> channel)), 4 * CHUNK, ERASED, arena);
      kept.memory().set(ValueLayout.JAVA_BYTE, 3 * CHUNK, (byte) 1);
      kept.memory().set(ValueLayout.JAVA_BYTE, CHUNK + 5, (byte) 1);
      assertThat(channel.done).isEmpty();
      kept.sync();
      kept.sync();
    }
    assertThat(channel.done)
        .containsExactly(
            "write 0x10000 bytes at 0x10000",
            "write 0x10000 bytes at 0x30000",
            "force true",
            "force true");
  }

  @Test
  void mappedMemory_isTheFile() throws Exception {
    Path file = Files.write(directory.resolve("flash"), new byte[8192]);
    try (Arena arena = Arena.ofConfined();
        ImageFile host = ImageFile.open(file)) {
      KeptMemory kept = KeptMemory.of(host, 8192, ERASED, arena);
      kept.memory().set(ValueLayout.JAVA_BYTE, 5000, (byte) 7);
      assertThat(Files.readAllBytes(file)[5000]).isEqualTo((byte) 7);
      kept.sync();
    }
  }

  @Test
  void fileThatIsShorterThanThePart_isFilledFromItsEndOn() throws Exception {
    Path file = Files.write(directory.resolve("flash"), new byte[] {1, 2, 3});
    try (Arena arena = Arena.ofConfined();
        ImageFile host = ImageFile.open(file)) {
      KeptMemory kept = KeptMemory.of(host, 3 << 20, ERASED, arena);
      assertThat(kept.memory().byteSize()).isEqualTo(3 << 20);
      assertThat(kept.memory().get(ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 3);
    }
    byte[] expected = new byte[3 << 20];
    Arrays.fill(expected, ERASED);
    System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 0, 3);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  void threadThatIsInterrupted_doesItsWorkAndLeavesTheFileToOthers() throws Exception {
    Path file = Files.write(directory.resolve("disk"), new byte[4096]);
    try (ImageFile host = ImageFile.open(file)) {
      Thread.currentThread().interrupt();
      host.write(MemorySegment.ofArray(new byte[] {1, 2}), 8);
      host.force();
      assertThat(Thread.interrupted()).isTrue();
      host.write(MemorySegment.ofArray(new byte[] {3}), 10);
      assertThat(Files.readAllBytes(file)).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3);
    }
  }

  /** The JDK closes the channel of a thread that is interrupted while it writes. */
  @Test
  void channelThatAnInterruptCloses_isOpenedAgain() throws Exception {
    Path file = Files.write(directory.resolve("disk"), new byte[16]);
    AtomicInteger times = new AtomicInteger();
    try (HostChannel channel = new HostChannel(() -> FileChannel.open(file, WRITE))) {
      channel.use(open -> {
        if (times.getAndIncrement() == 0) {
          Thread.currentThread().interrupt();
        }
        return open.write(ByteBuffer.wrap(new byte[] {7}));
      });
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(times).hasValue(2);
    assertThat(Files.readAllBytes(file)).startsWith(7, 0);
  }

  @Test
  void fileOfAnyFileSystem_isKept() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
        Arena arena = Arena.ofConfined()) {
      Path file = Files.write(jimfs.getPath("/flash"), new byte[] {1, 2, 3});
      try (ImageFile host = ImageFile.open(file)) {
        KeptMemory kept = KeptMemory.of(host, 5, ERASED, arena);
        kept.memory().set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
        kept.sync();
      }
      assertThat(Files.readAllBytes(file)).containsExactly(9, 2, 3, ERASED, ERASED);
    }
  }

  @Test
  void oneAtATime_hasAFile() throws Exception {
    Path file = Files.write(directory.resolve("disk"), new byte[512]);
    ImageFile first = ImageFile.open(file);
    assertErrno(Errno.EBUSY, () -> ImageFile.open(file));
    first.close();
    ImageFile.open(file).close();
  }

  @Test
  void fileThatIsNotThere_isEio() {
    assertErrno(Errno.EIO, () -> ImageFile.open(directory.resolve("nothing")));
  }

  @Test
  void hostThatFails_isEio() throws Exception {
    RecordingChannel channel = record(new byte[512]);
    BackingStore disk = ImageStore.of(new ImageFile("disk", new HostChannel(() -> channel)));
    channel.close();
    MemorySegment sector = MemorySegment.ofArray(new byte[512]);
    assertErrno(Errno.EIO, () -> disk.read(sector, 0));
    assertErrno(Errno.EIO, () -> disk.write(sector, 0));
    assertErrno(Errno.EIO, disk::flush);
  }

  private RecordingChannel record(byte[] content) throws Exception {
    Path file = Files.write(directory.resolve("recorded"), content);
    return new RecordingChannel(
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }
}
