package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Mailbox;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of a file system that wait. */
@Timeout(20)
final class WaitingFileSystemTest {
  @RegisterExtension final Machines machines = new Machines();

  private Task init;
  private int letters;

  @BeforeEach
  void mount() throws ErrnoException {
    Machine machine =
        machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new Mailbox());
    init = machine.init();
    init.tree().mount("none", "/mnt", "mailbox", 0, "");
    letters = init.open("/mnt/letters", OpenFlags.O_RDWR);
  }

  private byte[] read() throws ErrnoException {
    byte[] letter = new byte[1];
    init.read(letters, MemorySegment.ofArray(letter));
    return letter;
  }

  private void write(int letter) throws ErrnoException {
    init.write(letters, MemorySegment.ofArray(new byte[] {(byte) letter}));
  }

  private List<Set<PollEvent>> poll() throws ErrnoException {
    return init.descriptors()
        .poll(List.of(PollFd.of(letters, PollEvent.IN)), Optional.of(Duration.ZERO));
  }

  @Test
  void wait12_readWaitsForAWriteToTheSameInode() throws Exception {
    Background<byte[]> reader = Background.waiting(init, Mailbox.WHAT, this::read);
    write(7);
    assertThat(reader.result()).containsExactly(7);
  }

  @Test
  void wait12_fileIsPolledAndReadWithoutWaiting() throws Exception {
    init.descriptors().fcntl(letters, DescriptorCalls.F_SETFL, OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, this::read);
    assertThat(poll()).containsExactly(Set.of());
    write(7);
    assertThat(poll()).containsExactly(Set.of(PollEvent.IN));
    assertThat(read()).containsExactly(7);
  }

  @Test
  void wait12_fileSystemThatIsWaitedIn_isBusyUntilTheFileIsClosed() throws Exception {
    Background<byte[]> reader = Background.waiting(init, Mailbox.WHAT, this::read);
    assertErrno(Errno.EBUSY, () -> init.tree().umount("/mnt"));
    init.close(letters);
    assertErrno(Errno.EBADF, reader::awaitResult);
    reader.thread().join();
    init.tree().umount("/mnt");
  }

  @Test
  void wait06_withoutAKernel_nobodyWaits() throws Exception {
    WaitQueue queue = MountRequest.builder("none").build().newWaitQueue(Mailbox.WHAT);
    queue.await(() -> true);
    assertThat(queue.await(() -> true, Duration.ZERO)).isTrue();
    assertErrno(Errno.EAGAIN, () -> queue.await(() -> false));
  }
}
