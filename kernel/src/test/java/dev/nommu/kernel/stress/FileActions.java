package dev.nommu.kernel.stress;

import static dev.nommu.kernel.stress.Action.patient;
import static dev.nommu.kernel.stress.Action.prompt;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Whence;
import dev.nommu.kernel.task.PollFd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a task does with descriptors. */
final class FileActions {
  /** FBIOGET_VSCREENINFO, FBIOGET_FSCREENINFO, BLKGETSIZE64, MEMGETINFO, FIONREAD, TCGETS. */
  private static final Integer[] IOCTLS = {
    0x4600, 0x4602, 0x8008_1272, 0x8020_4d01, 0x541b, 0x5401
  };

  static final List<Action> ALL =
      Stream.of(
              prompt(6, "open", FileActions::open),
              prompt(10, "open what is made", FileActions::create),
              prompt(2, "dup", a -> a.task().dup(a.descriptor())),
              prompt(5, "close", a -> a.task().close(a.descriptor())),
              patient(4, "read", a -> a.task().read(a.descriptor(), a.buffer())),
              patient(4, "write", a -> a.task().write(a.descriptor(), a.buffer())),
              prompt(4, "pread", a -> a.task().pread(a.descriptor(), a.buffer(), a.offset())),
              prompt(4, "pwrite", a -> a.task().pwrite(a.descriptor(), a.buffer(), a.offset())),
              prompt(2, "lseek", FileActions::seek),
              prompt(4, "ftruncate", a -> a.task().ftruncate(a.descriptor(), a.offset())),
              prompt(1, "fallocate", FileActions::allocate),
              prompt(1, "fstat", a -> a.task().fstat(a.descriptor())),
              patient(2, "fsync", a -> a.task().descriptors().fsync(a.descriptor())),
              patient(2, "poll", FileActions::poll),
              patient(2, "ioctl", FileActions::ioctl),
              prompt(2, "pipe", FileActions::pipe),
              prompt(1, "memfd_create", a -> a.task().unnamedFiles().memfdCreate("memory", 0)),
              prompt(1, "fcntl", a -> a.task().descriptors().fcntl(a.descriptor(), 2, a.below(2))))
          .flatMap(List::stream)
          .toList();

  private FileActions() {}

  private static void open(Actor a) throws ErrnoException {
    int access = a.oneOf(OpenFlags.O_RDONLY, OpenFlags.O_WRONLY, OpenFlags.O_RDWR);
    int flags =
        a.someOf(OpenFlags.O_NONBLOCK, OpenFlags.O_CLOEXEC)
            | (a.oneIn(8) ? OpenFlags.O_TRUNC : 0)
            | (a.oneIn(16) ? OpenFlags.O_PATH : 0);
    a.task().open(a.anyPath(), access | flags);
  }

  private static void create(Actor a) throws ErrnoException {
    int flags = a.someOf(OpenFlags.O_TRUNC, OpenFlags.O_APPEND, OpenFlags.O_CLOEXEC);
    int exclusive = a.oneIn(4) ? OpenFlags.O_EXCL : 0;
    a.task().open(a.path(), OpenFlags.O_RDWR | OpenFlags.O_CREAT | flags | exclusive, 0777);
  }

  private static void seek(Actor a) throws ErrnoException {
    a.task().lseek(a.descriptor(), a.offset(), a.oneOf(Whence.values()));
  }

  private static void allocate(Actor a) throws ErrnoException {
    a.task().descriptors().fallocate(a.descriptor(), a.below(4), a.offset(), a.length());
  }

  private static void ioctl(Actor a) throws ErrnoException {
    a.task().ioctl(a.descriptor(), a.oneOf(IOCTLS), a.address());
  }

  private static void poll(Actor a) throws ErrnoException {
    List<PollFd> entries =
        List.of(PollFd.of(a.descriptor(), PollEvent.IN), PollFd.of(a.descriptor(), PollEvent.OUT));
    a.task().descriptors().poll(entries, Optional.of(Duration.ofMillis(a.below(10))));
  }

  private static void pipe(Actor a) throws ErrnoException {
    a.task().unnamedFiles().pipe2(a.someOf(OpenFlags.O_NONBLOCK, OpenFlags.O_CLOEXEC));
  }
}
