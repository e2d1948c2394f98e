package dev.nommu.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.interpose.Interposer;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the host and of an erase are told from other calls. */
final class FaultKindsTest {
  private static final int MEMERASE = 0x40084d02;
  private static final int OTHER = 0x4d01;
  private static final Setting SETTING =
      new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        disk@10000000 { compatible = "test,disk"; reg = <0x10000000 0x1000>; };
        nommu { contents { disk { device = "/disk@10000000"; image = "%s"; }; }; };
      };
      """;

  @TempDir private Path directory;
  private String board = "";

  @BeforeEach
  void writeImage() throws Exception {
    Path image = Files.write(directory.resolve("disk.img"), new byte[] {1, 2, 3, 4});
    board = BOARD.formatted(image);
  }

  /** Reads its image twice, and answers each ioctl with 0. */
  private static final class Disk implements DeviceDriver {
    @Override
    public String name() {
      return "disk";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,disk");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      BackingStore store = context.attachment(node).orElseThrow();
      store.read(MemorySegment.ofArray(new byte[2]), 0);
      store.read(MemorySegment.ofArray(new byte[2]), 2);
      context.registerCharacterDevice("disk", flags -> new Erasable());
    }
  }

  private record Erasable() implements ControllableFile {
    @Override
    public long ioctl(int command, long argument, UserMemory memory) {
      return 0;
    }
  }

  private Machine boot(Injection injection) throws BoardException {
    return Subject.driver(Disk::new, Board.parse("disk.dts", board)).boot(SETTING, injection);
  }

  @Test
  void storeThatTheKernelLends_isAHostOperation() throws Exception {
    Injection none = new Injection();
    try (Machine machine = boot(none)) {
      assertThat(none.tally(Operation.HOST_OPERATION)).isEqualTo(new Tally(2, 0));
      assertThat(none.tally(Operation.READ)).isEqualTo(Tally.NONE);
      assertThat(machine.check()).isEmpty();
    }
    Injection second =
        new Injection(new Fault(Operation.HOST_OPERATION, 2, new Effect.Fail(Errno.EIO)));
    assertThatThrownBy(() -> boot(second)).hasMessageContaining("injected: read");
    assertThat(second.reached()).hasSize(1);
  }

  /** Writes four bytes to a file of the host when it is mounted. */
  private static final class Writing implements FileSystemType {
    @Override
    public String name() {
      return "writing";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
      int count;
      try (SeekableByteChannel file =
          Files.newByteChannel(
              request.hostDirectory().orElseThrow().resolve("disk.img"),
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        count = file.write(bytes);
      } catch (IOException failure) {
        throw new ErrnoException(Errno.EIO, bytes.remaining() + " left", failure);
      }
      throw new ErrnoException(Errno.EINVAL, "wrote " + count);
    }
  }

  /** Mounts it while the write of the host's channel goes wrong. */
  private void mountWhile(Effect writing) throws ErrnoException {
    Interception interception =
        call -> call.method().getName().equals("write") ? writing.on(call) : call.proceed();
    new Interposer(interception)
        .wrap(FileSystemType.class, new Writing())
        .mount(MountRequest.builder("host").hostDirectory(directory).build());
  }

  @Test
  void writeOfAHostChannel_isCutShortOrTornInTheMiddle() throws Exception {
    assertThatThrownBy(() -> mountWhile(new Effect.Shorten())).hasMessageContaining("wrote 2");
    assertThat(directory.resolve("disk.img")).hasBinaryContent(new byte[] {1, 2});
    assertThatThrownBy(() -> mountWhile(new Effect.Tear())).hasMessageContaining("2 left");
    assertThat(directory.resolve("disk.img")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void erase_isToldFromOtherCommands() throws Exception {
    Injection injection = new Injection(new Fault(Operation.ERASE, 1, new Effect.Fail(Errno.EIO)));
    try (Machine machine = boot(injection)) {
      int file = machine.init().open("/dev/disk", OpenFlags.O_RDWR);
      assertThat(machine.init().ioctl(file, OTHER, 0)).isZero();
      assertThat(injection.reached()).isEmpty();
      assertThatThrownBy(() -> machine.init().ioctl(file, MEMERASE, 0))
          .hasMessageContaining("injected: ioctl");
    }
  }
}
