package dev.nommu.cramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures of the writer: their errno, and the old image stays. */
class WriterFailureTest {
  private SampleTree tree;

  @BeforeEach
  void makeTree() throws Exception {
    tree = SampleTree.make();
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  @Test
  void cramfs10_volumeNameOfMoreThan16Bytes_isEinval() {
    CramfsOptions options = CramfsOptions.DEFAULT.withVolume("\u00e9".repeat(9));
    assertErrno(Errno.EINVAL, () -> tree.write(options), "at most 16", "found 18");
  }

  @Test
  void editionAndBlockSizeOutOfRange_areEinval() {
    for (CramfsOptions options :
        List.of(
            CramfsOptions.DEFAULT.withEdition(-1),
            CramfsOptions.DEFAULT.withEdition(1L << 32),
            CramfsOptions.DEFAULT.withBlockSize(5000))) {
      assertErrno(Errno.EINVAL, () -> tree.write(options));
    }
  }

  @Test
  void cramfs23_fileOf16MiB_isEfbig() throws Exception {
    Files.write(tree.source().resolve("large"), new byte[1 << 24]);
    assertErrno(
        Errno.EFBIG,
        () -> tree.write(CramfsOptions.DEFAULT),
        "/source/large",
        "found 16777216 bytes");
    assertThat(Files.exists(tree.image())).isFalse();
  }

  @Test
  void cramfs14_nameOfMoreThan252Bytes_isEnametoolong() throws Exception {
    Files.createFile(tree.source().resolve("\u00e9".repeat(126)));
    tree.write(CramfsOptions.DEFAULT);
    Files.createFile(tree.source().resolve("\u00e9".repeat(126) + "x"));
    assertErrno(Errno.ENAMETOOLONG, () -> tree.write(CramfsOptions.DEFAULT), "found 253 bytes");
  }

  @Test
  void nameThatTheLocaleCannotTell_isEinval() throws Exception {
    Path name = Files.writeString(tree.source().resolve("f\ufffdr"), "x");
    assertErrno(
        Errno.EINVAL,
        () -> tree.write(CramfsOptions.DEFAULT),
        "a locale such as C.UTF-8 may be needed");
    Files.delete(name);
    Files.createSymbolicLink(
        tree.source().resolve("link"), tree.source().getFileSystem().getPath("f\ufffdr"));
    assertErrno(Errno.EINVAL, () -> tree.write(CramfsOptions.DEFAULT), "f\ufffdr");
  }

  @Test
  void failedWrite_leavesTheOldImageAndNothingElse() throws Exception {
    Files.writeString(tree.image(), "old");
    Files.write(tree.source().resolve("large"), new byte[1 << 24]);
    assertErrno(Errno.EFBIG, () -> tree.write(CramfsOptions.DEFAULT));
    assertThat(Files.readString(tree.image())).isEqualTo("old");
    assertThat(Files.exists(tree.host().getPath("/image.part"))).isFalse();
  }

  @Test
  void fileThatGoesAwayWhileTheImageIsWritten_leavesTheOldImageAndNothingElse() throws Exception {
    Files.writeString(tree.image(), "old");
    CramfsOptions options =
        CramfsOptions.DEFAULT.withInPlace(path -> deleted(tree.source().resolve("noise")));
    assertErrno(Errno.ENOENT, () -> tree.write(options), "/source/noise");
    assertThat(Files.readString(tree.image())).isEqualTo("old");
    assertThat(Files.exists(tree.host().getPath("/image.part"))).isFalse();
  }

  @Test
  void fileThatChangesItsLengthWhileTheImageIsWritten_isEio() {
    CramfsOptions options =
        CramfsOptions.DEFAULT.withInPlace(path -> lengthened(tree.source().resolve("noise")));
    assertErrno(
        Errno.EIO,
        () -> tree.write(options),
        "/source/noise",
        "expected 10000 bytes as before, found 10001");
  }

  @Test
  void directoryThatIsNotThere_isEnoent() {
    Path nowhere = tree.host().getPath("/nowhere");
    assertErrno(
        Errno.ENOENT,
        () -> CramfsWriter.write(nowhere, tree.image(), CramfsOptions.DEFAULT),
        "/nowhere");
  }

  @Test
  void sourceThatIsNoDirectory_isEnotdir() {
    Path file = tree.source().resolve("count");
    assertErrno(
        Errno.ENOTDIR,
        () -> CramfsWriter.write(file, tree.image(), CramfsOptions.DEFAULT),
        "count");
  }

  /** Matches nothing, and removes a file as another program might. */
  private static boolean deleted(Path path) {
    try {
      Files.deleteIfExists(path);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean lengthened(Path path) {
    try {
      Files.write(path, new byte[10001]);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
