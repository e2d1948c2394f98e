package dev.nommu.scenario;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls that name a descriptor. */
final class FileAnswers {
  /** The most bytes one step shows. */
  private static final int MOST = 1 << 24;

  private final Task task;

  FileAnswers(Task task) {
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException, MemoryFault {
    int fd = call == Call.OPEN ? 0 : (int) of.number(0);
    return switch (call) {
      case OPEN -> returned(task.open(of.path(0), (int) of.number(1), (int) of.number(2, 0)));
      case CLOSE -> done(() -> task.close(fd));
      case LSEEK -> returned(task.lseek(fd, of.number(1), whence(of.number(2))));
      case FTRUNCATE -> done(() -> task.ftruncate(fd, of.number(1)));
      case FALLOCATE ->
          done(() ->
              task.descriptors().fallocate(fd, (int) of.number(1), of.number(2), of.number(3)));
      case DUP -> returned(task.dup(fd));
      case FCNTL ->
          returned(task.descriptors().fcntl(fd, (int) of.number(1), (int) of.number(2, 0)));
      case POLL -> poll(fd, of.number(1), of.number(2, -1));
      case FSYNC -> done(() -> task.descriptors().fsync(fd));
      case READ -> read(of.number(1), into -> task.read(fd, into));
      case PREAD -> read(of.number(1), into -> task.pread(fd, into, of.number(2)));
      case WRITE -> returned(task.write(fd, source(of)));
      case PWRITE -> returned(task.pwrite(fd, MemorySegment.ofArray(of.bytes(1)), of.number(2)));
      case READ_INTO -> returned(task.read(fd, task.memory(of.number(1), of.number(2))));
      case SIZE -> size(task.fstat(fd));
      case IOCTL -> ioctl(fd, of);
      default -> throw new IllegalArgumentException("not a call of files: " + call);
    };
  }

  static Answer returned(long value) {
    return new Answer.Returned(value);
  }

  /** A call whose result is 0 if it does not fail. */
  @FunctionalInterface
  interface Action {
    void run() throws ErrnoException;
  }

  static Answer done(Action action) throws ErrnoException {
    action.run();
    return returned(0);
  }

  /** Returns how many bytes a step shows; EINVAL if they would not be a transcript. */
  static int shown(long count) throws ErrnoException {
    if (count < 0 || count > MOST) {
      throw new ErrnoException(
          Errno.EINVAL, "expected 0 to %d bytes to be shown, found %d".formatted(MOST, count));
    }
    return (int) count;
  }

  private interface Reading {
    long read(MemorySegment into) throws ErrnoException;
  }

  private static Answer read(long count, Reading reading) throws ErrnoException {
    MemorySegment into = MemorySegment.ofArray(new byte[shown(count)]);
    long length = reading.read(into);
    return new Answer.Data(into.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  private MemorySegment source(Arguments of) throws MemoryFault {
    return of.size() == 2
        ? MemorySegment.ofArray(of.bytes(1))
        : task.memory(of.number(1), of.number(2));
  }

  private Answer poll(int fd, long events, long milliseconds) throws ErrnoException {
    Set<PollEvent> asked = EnumSet.allOf(PollEvent.class);
    asked.removeIf(event -> (events & event.bit()) == 0);
    Optional<Duration> timeout =
        Optional.of(milliseconds).filter(time -> time >= 0).map(Duration::ofMillis);
    Set<PollEvent> told =
        task.descriptors().poll(List.of(new PollFd(fd, asked)), timeout).getFirst();
    return returned(told.stream().mapToLong(PollEvent::bit).sum());
  }

  private static Whence whence(long number) throws ErrnoException {
    return switch ((int) number) {
      case 0 -> Whence.START;
      case 1 -> Whence.CURRENT;
      case 2 -> Whence.END;
      case 3 -> Whence.DATA;
      case 4 -> Whence.HOLE;
      default -> throw new ErrnoException(Errno.EINVAL, "lseek: whence " + number);
    };
  }

  private static Answer size(FileStatus status) {
    return new Answer.Size(status.attributes().size(), status.attributes().blocks());
  }

  /** An argument that is a text, or none at all, stands for memory that holds it. */
  private Answer ioctl(int fd, Arguments of) throws ErrnoException {
    int command = (int) of.number(1);
    Optional<IoctlOutput> output = IoctlOutput.of(command);
    if (of.size() == 3 && of.values().get(2) instanceof Value.Numeric number) {
      return returned(task.ioctl(fd, command, number.value()));
    }
    byte[] text = of.size() == 3 ? of.bytes(2) : new byte[0];
    byte[] memory = new byte[Math.max(text.length, output.map(IoctlOutput::size).orElse(0))];
    System.arraycopy(text, 0, memory, 0, text.length);
    long result = task.descriptors().ioctl(fd, command, 0, onlyMemory(memory));
    return output.map(shown -> shown.answer(memory)).orElseGet(() -> returned(result));
  }

  private static UserMemory onlyMemory(byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    return (address, length) -> {
      if (address < 0 || length > memory.byteSize() - address) {
        throw new ErrnoException(Errno.EFAULT, "ioctl: %d bytes at %d".formatted(length, address));
      }
      return memory.asSlice(address, length);
    };
  }
}
