package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What append-only and immutable files and directories refuse, also to the superuser. */
final class InodeFlagsTest {
  private static final int GET = 0x80086601;
  private static final int SET = 0x40086602;
  private static final int IMMUTABLE = 0x10;
  private static final int APPEND = 0x20;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private Task task;
  private TreeCalls tree;
  private long word;

  @BeforeEach
  void makeFiles() throws Exception {
    p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    task = p.task();
    tree = task.tree();
    word = p.anonymous(PAGE);
    tree.mkdir("/tmp/d", 0777);
    task.close(p.gathered("/tmp/d/f", PAGE));
  }

  private void flag(String path, int flags) throws ErrnoException {
    int file = p.read(path);
    set(task, file, flags);
    task.close(file);
  }

  private void set(Task by, int file, int flags) throws ErrnoException {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(flags);
    p.store(word, bytes.array());
    by.ioctl(file, SET, word);
  }

  private int flags(String path) throws Exception {
    int file = p.read(path);
    task.ioctl(file, GET, word);
    task.close(file);
    return ByteBuffer.wrap(p.bytes(word, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Test
  void own09_appendOnlyFile_onlyGrowsAtItsEnd() throws Exception {
    flag("/tmp/d/f", APPEND);
    assertErrno(Errno.EPERM, () -> p.write("/tmp/d/f"));
    assertErrno(Errno.EPERM, () -> task.open("/tmp/d/f", OpenFlags.O_RDONLY | OpenFlags.O_TRUNC));
    assertErrno(Errno.EPERM, () -> tree.truncate("/tmp/d/f", 0));
    int log = task.open("/tmp/d/f", OpenFlags.O_RDWR | OpenFlags.O_APPEND);
    assertErrno(Errno.EPERM, () -> task.ftruncate(log, 0));
    task.write(log, MemorySegment.ofArray(new byte[3]));
    assertThat(tree.stat("/tmp/d/f").attributes().size()).isEqualTo(PAGE + 3);
  }

  @Test
  void mmap15_appendOnlyFileOpenForWriting_cannotBeMappedShared() throws Exception {
    flag("/tmp/d/f", APPEND);
    int log = task.open("/tmp/d/f", OpenFlags.O_RDWR | OpenFlags.O_APPEND);
    assertErrno(Errno.EACCES, "MMAP-15", () -> p.map(log, PAGE, PROT_READ, MAP_SHARED));
    p.map(p.read("/tmp/d/f"), PAGE, PROT_READ, MAP_SHARED);
  }

  @ParameterizedTest
  @ValueSource(ints = {IMMUTABLE, APPEND})
  void own09_nameAndAttributesOfAFlaggedFile_stay(int flag) throws Exception {
    flag("/tmp/d/f", flag);
    assertErrno(Errno.EPERM, () -> tree.unlink("/tmp/d/f"));
    assertErrno(Errno.EPERM, () -> tree.rename("/tmp/d/f", "/tmp/d/g"));
    assertErrno(Errno.EPERM, () -> tree.link("/tmp/d/f", "/tmp/d/g"));
    assertErrno(Errno.EPERM, () -> tree.chmod("/tmp/d/f", 0600));
    assertErrno(Errno.EPERM, () -> tree.chown("/tmp/d/f", 1, 1));
    assertErrno(Errno.EPERM, () -> tree.utimensat("/tmp/d/f", NewTime.NOW, NewTime.OMIT));
    p.file("/tmp/d/g", new byte[0]);
    assertErrno(Errno.EPERM, () -> tree.rename("/tmp/d/g", "/tmp/d/f"));
  }

  @Test
  void own09_appendOnlyDirectory_getsNamesAndLosesNone() throws Exception {
    flag("/tmp/d", APPEND);
    p.file("/tmp/d/g", new byte[0]);
    assertErrno(Errno.EPERM, () -> tree.unlink("/tmp/d/g"));
    assertErrno(Errno.EPERM, () -> tree.rename("/tmp/d/g", "/tmp/g"));
    assertErrno(Errno.EPERM, () -> tree.rmdir("/tmp/d"));
  }

  @Test
  void own10_immutableFileAndDirectory_doNotChange() throws Exception {
    int before = p.write("/tmp/d/f");
    flag("/tmp/d/f", IMMUTABLE);
    assertErrno(Errno.EPERM, () -> p.write("/tmp/d/f"));
    assertErrno(Errno.EPERM, () -> task.open("/tmp/d/f", OpenFlags.O_WRONLY | OpenFlags.O_APPEND));
    assertErrno(Errno.EPERM, () -> tree.truncate("/tmp/d/f", 0));
    assertErrno(Errno.EPERM, () -> tree.utimensat("/tmp/d/f", NewTime.NOW, NewTime.NOW));
    assertErrno(Errno.EPERM, () -> task.descriptors().fallocate(before, 0, 0, 1));
    task.pwrite(before, MemorySegment.ofArray(new byte[1]), 0);
    flag("/tmp/d", IMMUTABLE);
    assertErrno(Errno.EPERM, () -> p.file("/tmp/d/g", new byte[0]));
    assertErrno(Errno.EPERM, () -> tree.mkdir("/tmp/d/g", 0700));
    assertErrno(Errno.EPERM, () -> tree.unlink("/tmp/d/f"));
  }

  @Test
  void own11_flags_areReadAndSetByIoctl() throws Exception {
    assertThat(flags("/tmp/d/f")).isZero();
    flag("/tmp/d/f", IMMUTABLE | APPEND);
    assertThat(flags("/tmp/d/f")).isEqualTo(IMMUTABLE | APPEND);
    assertErrno(Errno.EOPNOTSUPP, () -> flag("/tmp/d/f", 1));
    flag("/tmp/d/f", 0);
    tree.unlink("/tmp/d/f");
    assertErrno(Errno.EFAULT, () -> task.ioctl(p.read("/tmp/d"), GET, 8));
  }

  @Test
  void own11_flags_areForTheSuperuserToChange() throws Exception {
    Task user = task.spawn("user");
    user.processes().setuid(1000);
    tree.chown("/tmp/d/f", 1000, 0);
    int file = user.open("/tmp/d/f", OpenFlags.O_RDONLY);
    assertErrno(Errno.EPERM, () -> set(user, file, APPEND));
    set(user, file, 0);
    tree.chown("/tmp/d/f", 1, 0);
    assertErrno(Errno.EPERM, () -> set(user, file, 0));
  }

  @Test
  void own11_fileSystemWithoutFlags_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> task.ioctl(p.read("/proc"), GET, word));
    assertErrno(Errno.ENOTTY, () -> task.ioctl(p.read("/proc/maps"), SET, word));
  }
}
