package dev.nommu.tck.session;

import dev.nommu.kernel.board.Simulation.MountEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of call that a session can make.
 *
 * @param weight its relative frequency
 * @param maker returns the next step, or empty without valid arguments
 */
record CallKind(int weight, Function<Draft, Optional<String>> maker) {
  /** Needed in each session. */
  static final CallKind OPEN = new CallKind(4, Draft::open);

  private static final List<CallKind> OF_FILES =
      List.of(
          new CallKind(1, draft -> draft.withFile("close(%s)")),
          new CallKind(
              3,
              draft ->
                  draft.withFile("pread(%%s, %d, %d)".formatted(draft.count(), draft.offset()))),
          new CallKind(1, draft -> draft.withFile("read(%%s, %d)".formatted(draft.count()))),
          new CallKind(
              3,
              draft ->
                  draft.withFile(
                      "pwrite(%%s, \"%s\", %d)".formatted(draft.text(), draft.offset()))),
          new CallKind(1, draft -> draft.withFile("write(%%s, \"%s\")".formatted(draft.text()))),
          new CallKind(
              1, draft -> draft.withFile("lseek(%%s, %d, SEEK_SET)".formatted(draft.offset()))),
          new CallKind(
              1, draft -> draft.withFile("lseek(%%s, %d, SEEK_END)".formatted(-draft.word()))),
          new CallKind(
              1, draft -> draft.withFile("lseek(%%s, %d, SEEK_HOLE)".formatted(draft.offset()))),
          new CallKind(1, draft -> draft.withFile("fsync(%s)")),
          new CallKind(
              1,
              draft ->
                  draft.withFile(
                      "fallocate(%%s, 0, %d, %d)".formatted(draft.offset(), draft.count()))),
          new CallKind(1, draft -> draft.withFile("ftruncate(%%s, %d)".formatted(draft.offset()))),
          new CallKind(1, draft -> draft.withFile("poll(%s, POLLIN|POLLOUT, 0)")),
          new CallKind(3, draft -> draft.map("PROT_READ|PROT_WRITE", "MAP_SHARED")),
          new CallKind(2, draft -> draft.map("PROT_READ", "MAP_SHARED")),
          new CallKind(2, draft -> draft.map("PROT_READ|PROT_WRITE", "MAP_PRIVATE")),
          new CallKind(3, draft -> draft.withMapping("peek(%%s+%d, 4)".formatted(draft.word()))),
          new CallKind(
              2,
              draft -> draft.withWritable("poke(%%s+%d, \"%s\")".formatted(draft.word(), "abcd"))),
          new CallKind(2, Draft::unmap));

  private static final List<CallKind> OF_DEVICES = List.of(new CallKind(3, Draft::ioctl));

  private static final List<CallKind> OF_TREES =
      List.of(
          new CallKind(2, draft -> draft.openDirectory("O_RDONLY|O_DIRECTORY")),
          new CallKind(1, draft -> draft.openDirectory("O_RDWR|O_TMPFILE")),
          new CallKind(2, draft -> draft.withFile("getdents(%s)")),
          onTree(4, (draft, names) -> mkdir(names, names.directory())),
          onTree(2, (draft, names) -> gone("rmdir", names, names.directory())),
          onTree(3, (draft, names) -> gone("unlink", names, names.known())),
          onTree(4, (draft, names) -> rename(names, names.known(), names.any())),
          onTree(2, (draft, names) -> rename(names, names.directory(), names.directory())),
          onTree(2, (draft, names) -> link(names, names.known(), names.file())),
          onTree(2, (draft, names) -> symlink(names, names.any(), names.file())),
          onTree(2, (draft, names) -> "readlink(\"%s\")".formatted(names.known())),
          onTree(2, (draft, names) -> "stat(\"%s\")".formatted(names.known())),
          onTree(1, (draft, names) -> "chmod(\"%s\", 0640)".formatted(names.known())),
          onTree(1, (draft, names) -> "utimensat(\"%s\", 1, 2)".formatted(names.known())),
          onTree(
              2, (draft, names) -> "truncate(\"%s\", %d)".formatted(names.known(), draft.offset())),
          onTree(1, (draft, names) -> mountOrUnmount(names)),
          onTree(1, (draft, names) -> remount(names)));

  /** The others. */
  static final List<CallKind> OTHERS =
      Stream.of(OF_FILES, OF_DEVICES, OF_TREES).flatMap(List::stream).toList();

  private static CallKind onTree(int weight, BiFunction<Draft, Names, String> call) {
    return new CallKind(weight, draft -> draft.withTree(names -> call.apply(draft, names)));
  }

  private static String mkdir(Names names, String path) {
    names.made(path);
    return "mkdir(\"%s\", 0755)".formatted(path);
  }

  private static String gone(String call, Names names, String path) {
    names.gone(path);
    return "%s(\"%s\")".formatted(call, path);
  }

  private static String rename(Names names, String from, String to) {
    names.moved(from, to);
    return "rename(\"%s\", \"%s\")".formatted(from, to);
  }

  private static String link(Names names, String of, String path) {
    names.made(path);
    return "link(\"%s\", \"%s\")".formatted(of, path);
  }

  private static String symlink(Names names, String to, String path) {
    names.made(path);
    return "symlink(\"%s\", \"%s\")".formatted(to, path);
  }

  private static String mountOrUnmount(Names names) {
    MountEntry entry = names.tree().mount();
    return names.mountOrUnmount() ? mount(entry, "0") : "umount(\"%s\")".formatted(entry.target());
  }

  private static String remount(Names names) {
    String flags = names.lockOrUnlock() ? "MS_REMOUNT|MS_RDONLY" : "MS_REMOUNT";
    return mount(names.tree().mount(), flags);
  }

  private static String mount(MountEntry entry, String flags) {
    return "mount(\"%s\", \"%s\", \"%s\", %s, \"%s\")"
        .formatted(entry.source(), entry.target(), entry.type(), flags, entry.options());
  }
}
