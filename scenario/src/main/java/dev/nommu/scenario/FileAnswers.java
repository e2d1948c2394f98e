package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.IoctlCommand;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.task.PollFd;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls for an open file, except those that transfer data. */
final class FileAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "open",
                  "Opens a file; the result is its descriptor.",
                  Signature.of(text("path"), number("flags"), number("mode").optional()),
                  (caller, of) ->
                      returned(caller.task().open(of.path(0), of.integer(1), of.integer(2, 0))))
              .unmappingIf(of -> (of.number(1) & OpenFlags.O_TRUNC) != 0),
          new Call(
              "close",
              "Closes a descriptor.",
              Signature.of(number("fd")),
              (caller, of) -> done(() -> caller.task().close(of.integer(0)))),
          new Call(
              "dup",
              "Duplicates a descriptor; the result is the new one.",
              Signature.of(number("fd")),
              (caller, of) -> returned(caller.task().dup(of.integer(0)))),
          new Call(
              "dup3",
              "Duplicates a descriptor to a given number.",
              Signature.of(number("fd"), number("new fd"), number("flags").optional()),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .descriptors()
                          .dup3(of.integer(0), of.integer(1), of.integer(2, 0)))),
          new Call(
              "fcntl",
              "Gets or sets the flags of a descriptor or of an open file, or duplicates a"
                  + " descriptor.",
              Signature.of(number("fd"), number("command"), number("argument").optional()),
              (caller, of) ->
                  returned(
                      caller
                          .task()
                          .descriptors()
                          .fcntl(of.integer(0), of.integer(1), of.integer(2, 0)))),
          new Call(
              "flock",
              "Locks or unlocks an open file.",
              Signature.of(number("fd"), number("operation")),
              (caller, of) ->
                  done(() -> caller.task().descriptors().flock(of.integer(0), of.integer(1)))),
          new Call(
              "lseek",
              "Moves the position of a file; the result is the new position.",
              Signature.of(number("fd"), number("offset"), number("whence")),
              (caller, of) ->
                  returned(caller.task().lseek(of.integer(0), of.number(1), whence(of.number(2))))),
          new Call(
                  "ftruncate",
                  "Sets the size of an open file.",
                  Signature.of(number("fd"), number("length")),
                  (caller, of) -> done(() -> caller.task().ftruncate(of.integer(0), of.number(1))))
              .unmapping(),
          new Call(
              "fallocate",
              "Allocates space in a file.",
              Signature.of(number("fd"), number("mode"), number("offset"), number("length")),
              (caller, of) ->
                  done(() ->
                      caller
                          .task()
                          .descriptors()
                          .fallocate(of.integer(0), of.integer(1), of.number(2), of.number(3)))),
          new Call(
              "fsync",
              "Flushes the data and metadata of a file.",
              Signature.of(number("fd")),
              (caller, of) -> done(() -> caller.task().descriptors().fsync(of.integer(0)))),
          new Call(
              "fdatasync",
              "Flushes the data of a file.",
              Signature.of(number("fd")),
              (caller, of) -> done(() -> caller.task().descriptors().fdatasync(of.integer(0)))),
          new Call(
              "poll",
              "Waits for events of one file, for some milliseconds or without limit; the result is"
                  + " the events.",
              Signature.of(number("fd"), number("events"), number("timeout").optional()),
              FileAnswers::poll),
          new Call(
              "size",
              "Shows the size of a file, in bytes and in blocks of 512 bytes.",
              Signature.of(number("fd")),
              (caller, of) -> size(caller.task().fstat(of.integer(0)))),
          new Call(
              "ioctl",
              "Controls a device; the result is that of the device.",
              Signature.of(number("fd"), number("request"), either("argument").optional()),
              FileAnswers::ioctl));

  private FileAnswers() {}

  private static Answer poll(Caller caller, Arguments of) throws ErrnoException {
    Set<PollEvent> asked = EnumSet.allOf(PollEvent.class);
    asked.removeIf(event -> (of.number(1) & event.bit()) == 0);
    Optional<Duration> timeout =
        Optional.of(of.number(2, -1)).filter(time -> time >= 0).map(Duration::ofMillis);
    List<PollFd> entries = List.of(new PollFd(of.integer(0), asked));
    Set<PollEvent> told = caller.task().descriptors().poll(entries, timeout).getFirst();
    return new Answer.Events(told);
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

  /** Makes an ioctl; an argument that is a text, or omitted, stands for memory that contains it. */
  private static Answer ioctl(Caller caller, Arguments of) throws ErrnoException {
    int fd = of.integer(0);
    int number = of.integer(1);
    if (of.size() == 3 && of.values().get(2) instanceof Value.Numeric argument) {
      return returned(caller.task().ioctl(fd, number, argument.value()));
    }
    byte[] text = of.size() == 3 ? of.bytes(2) : new byte[0];
    Optional<IoctlCommand> known = caller.machine().vocabulary().ioctl(number);
    int filled = known.filter(c -> c.direction().isRead()).map(c -> c.argument().size()).orElse(0);
    byte[] memory = Arrays.copyOf(text, Math.max(text.length, filled));
    long result = caller.task().descriptors().ioctl(fd, number, 0, onlyMemory(memory));
    return known
        .map(command -> IoctlData.of(memory).answer(command, result))
        .orElseGet(() -> returned(result));
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
