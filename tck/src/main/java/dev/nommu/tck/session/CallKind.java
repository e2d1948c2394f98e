package dev.nommu.tck.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of call that a session can make.
 *
 * @param weight how often it does, beside the others
 * @param maker returns the next step, or empty if nothing is there to call it with
 */
record CallKind(int weight, Function<Draft, Optional<String>> maker) {
  /** Each session needs it. */
  static final CallKind OPEN = new CallKind(4, Draft::open);

  /** The others. */
  static final List<CallKind> OTHERS =
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
          new CallKind(1, draft -> draft.withFile("fsync(%s)")),
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
}
