package dev.nommu.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system of paths and bytes. */
final class ReadOnlyTreeTest {
  private final ReadOnlyTree.Builder builder = ReadOnlyTree.builder(7);

  private static void assertFails(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(ErrnoException.class)
        .isThrownBy(call)
        .satisfies(failure -> assertThat(failure.errno()).isEqualTo(errno));
  }

  private static Inode at(FileSystem tree, String... names) throws ErrnoException {
    Inode inode = tree.root();
    for (String name : names) {
      inode = ((Directory) inode).lookup(name).orElseThrow();
    }
    return inode;
  }

  @Test
  void tree_hasWhatWasAddedInItsOrder() throws Exception {
    ReadOnlyTree tree =
        builder
            .modified(Instant.ofEpochSecond(5))
            .file("/b/c", 0555, new byte[3])
            .symbolicLink("b/ä", "c/ö")
            .directory("a/")
            .build();
    assertThat(tree.root().entries())
        .extracting(DirectoryEntry::name, DirectoryEntry::kind)
        .containsExactly(tuple("b", FileKind.DIRECTORY), tuple("a", FileKind.DIRECTORY));
    assertThat(at(tree, "b", "c").attributes())
        .isEqualTo(Attributes.builder(0555).size(3).modified(Instant.ofEpochSecond(5)).build());
    assertThat(at(tree, "b", "ä").attributes().size()).isEqualTo(4);
    assertThat(tree.root().lookup("none")).isEmpty();
    assertThat(tree.isReadOnly()).isTrue();
    assertThat(tree.statistics().files()).isEqualTo(5);
  }

  @Test
  void file_isReadFromAnyPosition() throws Exception {
    ReadOnlyTree tree = builder.file("f", "abcdef".getBytes(UTF_8)).build();
    RegularFile file = (RegularFile) at(tree, "f");
    ReadableFile open = (ReadableFile) file.open(OpenFlags.of(AccessMode.READ));
    byte[] into = new byte[4];
    assertThat(open.read(MemorySegment.ofArray(into), 4)).isEqualTo(2);
    assertThat(new String(into, 0, 2, UTF_8)).isEqualTo("ef");
    assertThat(open.read(MemorySegment.ofArray(into), 6)).isZero();
    assertThat(open.read(MemorySegment.ofArray(into), Long.MAX_VALUE)).isZero();
    assertFails(Errno.EROFS, () -> file.open(OpenFlags.of(AccessMode.READ_WRITE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/../b", ".", "a//b\0"})
  void path_thatCannotBe_isEinval(String path) {
    assertFails(Errno.EINVAL, () -> builder.file(path, new byte[0]));
  }

  @Test
  void path_thatIsTakenOrLeadsThroughAFile_isRefused() throws Exception {
    builder.file("a/f", new byte[0]).directory("a");
    assertFails(Errno.EEXIST, () -> builder.file("/a/f", new byte[0]));
    assertFails(Errno.EEXIST, () -> builder.symbolicLink("a", "x"));
    assertFails(Errno.ENOTDIR, () -> builder.file("a/f/g", new byte[0]));
  }
}
