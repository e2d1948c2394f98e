package dev.nommu.kernel.task;

import static dev.nommu.kernel.task.DescriptorCalls.F_GETFL;
import static dev.nommu.kernel.task.DescriptorCalls.F_SETFL;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The flags of open files: what plugins see of them, and fcntl. */
final class FileFlagsTest {
  @RegisterExtension final Machines machines = new Machines();

  private final WaitingDevice device = new WaitingDevice();
  private Task init;

  @BeforeEach
  void boot() {
    init = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device).init();
  }

  private int flagsOf(int file) throws ErrnoException {
    return init.descriptors().fcntl(file, F_GETFL, 0);
  }

  @Test
  void fcntl01_driver_seesHowItsDeviceIsOpened() throws Exception {
    int flags = OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK | OpenFlags.O_SYNC | OpenFlags.O_CLOEXEC;
    init.open("/dev/waiting", flags);
    OpenFlags seen = device.opened.getFirst();
    assertThat(seen.access()).isEqualTo(AccessMode.READ_WRITE);
    assertThat(seen.has(OpenFlags.O_NONBLOCK)).isTrue();
    assertThat(seen.has(OpenFlags.O_SYNC)).isTrue();
    assertThat(seen.has(OpenFlags.O_APPEND)).isFalse();
    assertThat(seen.bits()).isEqualTo(flags | OpenFlags.O_LARGEFILE);
  }

  @Test
  void fcntl01_dsync_isNotSync() throws Exception {
    init.open("/dev/waiting", OpenFlags.O_DSYNC);
    assertThat(device.opened.getFirst().has(OpenFlags.O_DSYNC)).isTrue();
    assertThat(device.opened.getFirst().has(OpenFlags.O_SYNC)).isFalse();
  }

  @Test
  void fcntl02_getfl_leavesOutWhatWasForOpen() throws Exception {
    int made =
        init.open(
            "/tmp/file",
            OpenFlags.O_WRONLY
                | OpenFlags.O_CREAT
                | OpenFlags.O_EXCL
                | OpenFlags.O_TRUNC
                | OpenFlags.O_NOCTTY
                | OpenFlags.O_CLOEXEC
                | OpenFlags.O_NOFOLLOW
                | OpenFlags.O_APPEND,
            0600);
    assertThat(flagsOf(made))
        .isEqualTo(
            OpenFlags.O_WRONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_APPEND | OpenFlags.O_LARGEFILE);
    assertThat(flagsOf(init.open("/tmp/file", OpenFlags.O_PATH))).isEqualTo(OpenFlags.O_PATH);
    assertThat(flagsOf(init.unnamedFiles().memfdCreate("m", 0)))
        .isEqualTo(OpenFlags.O_RDWR | OpenFlags.O_LARGEFILE);
    assertThat(flagsOf(init.unnamedFiles().pipe().write())).isEqualTo(OpenFlags.O_WRONLY);
    assertErrno(Errno.EBADF, () -> flagsOf(99));
  }

  @Test
  void fcntl03_setfl_changesFourFlagsAndNoOther() throws Exception {
    int file = init.open("/dev/ram0", OpenFlags.O_WRONLY);
    assertThat(init.descriptors().fcntl(file, F_SETFL, -1)).isZero();
    int opened = OpenFlags.O_WRONLY | OpenFlags.O_LARGEFILE;
    int changeable =
        OpenFlags.O_APPEND | OpenFlags.O_NONBLOCK | OpenFlags.O_DIRECT | OpenFlags.O_NOATIME;
    assertThat(flagsOf(file)).isEqualTo(opened | changeable);
    assertThat(flagsOf(init.dup(file))).isEqualTo(opened | changeable);
    init.descriptors().fcntl(file, F_SETFL, OpenFlags.O_RDWR);
    assertThat(flagsOf(file)).isEqualTo(opened);
    int place = init.open("/tmp", OpenFlags.O_PATH);
    assertErrno(Errno.EBADF, () -> init.descriptors().fcntl(place, F_SETFL, 0));
  }

  @Test
  void file13_setfl_refusesDirectIoWhereThereIsNoDisk() throws Exception {
    int file = init.open("/tmp/file", OpenFlags.O_CREAT | OpenFlags.O_RDWR, 0600);
    int flags = OpenFlags.O_APPEND | OpenFlags.O_DIRECT;
    assertErrno(Errno.EINVAL, "FILE-13", () -> init.descriptors().fcntl(file, F_SETFL, flags));
    assertThat(flagsOf(file)).isEqualTo(OpenFlags.O_RDWR | OpenFlags.O_LARGEFILE);
  }

  @Test
  void fcntl03_append_holdsFromTheNextWriteOn() throws Exception {
    TaskCalls program = new TaskCalls(init);
    int file = program.file("/tmp/file", new byte[] {1, 2, 3});
    byte[] one = {9};
    init.descriptors().fcntl(file, F_SETFL, OpenFlags.O_APPEND);
    init.pwrite(file, MemorySegment.ofArray(one), 0);
    init.descriptors().fcntl(file, F_SETFL, 0);
    init.pwrite(file, MemorySegment.ofArray(one), 1);
    byte[] content = new byte[5];
    assertThat(init.pread(file, MemorySegment.ofArray(content), 0)).isEqualTo(4);
    assertThat(content).containsExactly(1, 9, 3, 9, 0);
  }
}
