package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** getdents and positions of a directory that is listed. */
final class DirectoryReadingTest {
  private static final int SMALLEST = 24;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls p;
  private Task task;
  private int directory;

  private record Record(String name, long inode, long next, int kind) {}

  @BeforeEach
  void makeFiles() throws Exception {
    p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    task = p.task();
    task.tree().mkdir("/tmp/d", 0777);
    for (String name : List.of("e", "c", "b", "a")) { // the newest is listed first
      task.close(p.file("/tmp/d/" + name, new byte[0]));
    }
    directory = task.open("/tmp/d", OpenFlags.O_RDONLY);
  }

  private List<Record> read(int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    int count = (int) task.descriptors().getdents(directory, MemorySegment.ofArray(bytes));
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    List<Record> records = new ArrayList<>();
    for (int at = 0; at < count; at += buffer.getShort(at + 16)) {
      int end = at + 19;
      while (bytes[end] != 0) {
        end++;
      }
      String name = new String(bytes, at + 19, end - at - 19, StandardCharsets.UTF_8);
      records.add(
          new Record(name, buffer.getLong(at), buffer.getLong(at + 8), buffer.get(at + 18)));
    }
    return records;
  }

  private List<String> names(int length) throws ErrnoException {
    return read(length).stream().map(Record::name).toList();
  }

  @Test
  void file17_nameThatIsNotUtf8_isItsBytes() throws Exception {
    String name = FileNames.decode(new byte[] {'c', 'a', 'f', (byte) 0xe9});
    task.close(p.file("/tmp/d/" + name, new byte[0]));
    byte[] bytes = new byte[1000];
    int count = (int) task.descriptors().getdents(directory, MemorySegment.ofArray(bytes));
    assertThat(new String(bytes, 0, count, StandardCharsets.ISO_8859_1)).contains("caf\u00e9\0");
    assertThat(p.task().tree().list("/tmp/d")).extracting(DirectoryEntry::name).contains(name);
    task.tree().rename("/tmp/d/" + name, "/tmp/d/plain");
    String longest = name.substring(3).repeat(255);
    task.close(p.file("/tmp/d/" + longest, new byte[0]));
    assertErrno(Errno.ENAMETOOLONG, () -> p.file("/tmp/d/n" + longest, new byte[0]));
    task.tree().symlink(longest, "/tmp/d/link");
    assertThat(task.tree().lstat("/tmp/d/link").attributes().size()).isEqualTo(255);
  }

  @Test
  void file07_directory_isReadInPiecesOfWhatFits() throws Exception {
    assertThat(names(3 * SMALLEST + 5)).containsExactly(".", "..", "a");
    assertThat(names(2 * SMALLEST)).containsExactly("b", "c");
    assertThat(names(1000)).containsExactly("e");
    assertThat(names(1000)).isEmpty();
  }

  @Test
  void file07_record_saysInodeKindAndWhereToGoOn() throws Exception {
    List<Record> records = read(1000);
    assertThat(records.get(0)).isEqualTo(new Record(".", task.tree().stat("/tmp/d").inode(), 1, 4));
    assertThat(records.get(1)).isEqualTo(new Record("..", task.tree().stat("/tmp").inode(), 2, 4));
    assertThat(records.get(2))
        .isEqualTo(new Record("a", task.tree().stat("/tmp/d/a").inode(), 3, 8));
    assertThat(task.lseek(directory, records.get(3).next(), Whence.START)).isEqualTo(4);
    assertThat(names(SMALLEST)).containsExactly("c");
    assertErrno(Errno.EINVAL, () -> task.lseek(directory, 0, Whence.END));
  }

  @Test
  void file07_namesRemovedWhileReading_hideNoOthers() throws Exception {
    List<String> removed = new ArrayList<>();
    for (var names = names(2 * SMALLEST); !names.isEmpty(); names = names(2 * SMALLEST)) {
      for (String name : names) {
        if (!name.startsWith(".")) {
          task.tree().unlink("/tmp/d/" + name);
          removed.add(name);
        }
      }
    }
    assertThat(removed).containsExactly("a", "b", "c", "e");
    task.lseek(directory, 0, Whence.START);
    assertThat(names(1000)).containsExactly(".", "..");
    task.tree().rmdir("/tmp/d");
    assertErrno(Errno.ENOENT, () -> names(1000));
  }

  @Test
  void file07_whatCannotBe_isRefusedAndThePositionStays() throws Exception {
    assertErrno(Errno.EINVAL, () -> read(SMALLEST - 1));
    MemorySegment readOnly = MemorySegment.ofArray(new byte[100]).asReadOnly();
    assertErrno(Errno.EFAULT, () -> task.descriptors().getdents(directory, readOnly));
    assertThat(names(SMALLEST)).containsExactly(".");
    int file = p.read("/tmp/d/a");
    assertErrno(
        Errno.ENOTDIR,
        () -> task.descriptors().getdents(file, MemorySegment.ofArray(new byte[100])));
  }
}
