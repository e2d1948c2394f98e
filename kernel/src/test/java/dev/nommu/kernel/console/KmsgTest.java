package dev.nommu.kernel.console;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kernel's log as programs read and write it: Documentation/ABI/testing/dev-kmsg. */
@Timeout(20)
final class KmsgTest {
  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;
  private int kmsg;

  @BeforeEach
  void open() throws ErrnoException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    init = machine.init();
    kmsg = init.open("/dev/kmsg", OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK);
    init.lseek(kmsg, 0, Whence.END);
  }

  private String read(int most) throws ErrnoException {
    byte[] bytes = new byte[most];
    int count = (int) init.read(kmsg, MemorySegment.ofArray(bytes));
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private String read() throws ErrnoException {
    return read(1000);
  }

  private void write(String text) throws ErrnoException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(init.write(kmsg, MemorySegment.ofArray(bytes))).isEqualTo(bytes.length);
  }

  /** Its number, whatever was said before. */
  private static String numbered(String record) {
    return record.replaceFirst("^(\\d+),\\d+,", "$1,N,");
  }

  @Test
  void eachRead_isARecord() throws Exception {
    machine.log().print("of the kernel");
    init.time().nanosleep(Duration.ofMillis(1500));
    write("of a program\n");
    assertThat(numbered(read())).isEqualTo("4,N,0,-;of the kernel\n");
    assertThat(numbered(read())).isEqualTo("12,N,1500000,-;of a program\n");
    assertErrno(Errno.EAGAIN, this::read);
  }

  @Test
  void numbers_goUpByOne() throws Exception {
    write("one");
    write("two");
    long one = Long.parseLong(read().split(",", -1)[1]);
    assertThat(read()).startsWith("12,%d,".formatted(one + 1));
  }

  @Test
  void prefix_isThePriority_andNoProgramIsTheKernel() throws Exception {
    write("<3>user.err");
    write("<30>daemon.info");
    write("<x>no number");
    assertThat(numbered(read())).isEqualTo("11,N,0,-;user.err\n");
    assertThat(numbered(read())).isEqualTo("30,N,0,-;daemon.info\n");
    assertThat(numbered(read())).isEqualTo("12,N,0,-;<x>no number\n");
    assertThat(machine.log().lines()).contains("user.err", "daemon.info");
  }

  @Test
  void whatCannotBePrinted_isEscaped() throws Exception {
    write("a\tb\\c\nü");
    assertThat(numbered(read())).isEqualTo("12,N,0,-;a\\x09b\\x5cc\\x0a\\xc3\\xbc\n");
  }

  @Test
  void recordThatDoesNotFit_isEinvalAndSkipped() throws Exception {
    write("a record");
    write("the next");
    assertErrno(Errno.EINVAL, () -> read(8));
    assertThat(read()).endsWith(";the next\n");
    assertErrno(Errno.EINVAL, () -> write("x".repeat(1025)));
  }

  @Test
  void seek_goesToTheFirstRecordOrBehindTheLast() throws Exception {
    machine.log().print("not the last");
    machine.log().print("last");
    assertThat(init.lseek(kmsg, 0, Whence.START)).isZero();
    String first = read();
    assertThat(first).startsWith("4,0,0,-;");
    assertThat(init.lseek(kmsg, 0, Whence.DATA)).isZero();
    assertThat(read()).isEqualTo(first);
    assertThat(init.lseek(kmsg, 0, Whence.END)).isZero();
    assertErrno(Errno.EAGAIN, this::read);
    assertErrno(Errno.EINVAL, () -> init.lseek(kmsg, 0, Whence.CURRENT));
    assertErrno(Errno.ESPIPE, () -> init.lseek(kmsg, 1, Whence.START));
  }

  @Test
  void lostRecords_areEpipeOnce() throws Exception {
    write("lost");
    for (int i = 0; i < 4096; i++) {
      machine.log().print("line " + i);
    }
    assertThat(poll()).containsExactlyInAnyOrder(PollEvent.IN, PollEvent.ERR, PollEvent.PRI);
    assertErrno(Errno.EPIPE, this::read);
    assertThat(read()).endsWith(";line 0\n");
    assertThat(poll()).containsExactly(PollEvent.IN);
  }

  private Set<PollEvent> poll() throws ErrnoException {
    PollFd asked = PollFd.of(kmsg, PollEvent.IN, PollEvent.PRI);
    return init.descriptors().poll(List.of(asked), Optional.of(Duration.ZERO)).getFirst();
  }

  @Test
  void readWaitsForARecord() throws Exception {
    assertThat(poll()).isEmpty();
    kmsg = init.open("/dev/kmsg", OpenFlags.O_RDONLY);
    init.lseek(kmsg, 0, Whence.END);
    Background<String> reader =
        Background.waiting(init, "a record of the kernel's log", this::read);
    machine.log().print("news");
    assertThat(reader.result()).endsWith(";news\n");
  }
}
