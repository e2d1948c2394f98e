package dev.nommu.hostfs;

import static dev.nommu.hostfs.HostfsContract.directory;
import static dev.nommu.hostfs.HostfsContract.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another program replaces a directory with a link out, between a check and the next call. */
final class HostfsRaceTest {
  @TempDir Path temporary;
  private Path host;
  private Path outside;
  private DisturbedHost disturbed;
  private HostTree tree;

  /** The kind of access to the host. */
  enum Way {
    BY_OPEN_DIRECTORIES,
    BY_PATHS;

    HostTree tree(Path directory) throws IOException {
      return switch (this) {
        case BY_OPEN_DIRECTORIES -> HostTree.of(directory);
        case BY_PATHS -> new CheckedHostTree(directory);
      };
    }
  }

  @BeforeEach
  void makeHostAndOutside() throws IOException {
    Path real = temporary.toRealPath();
    host = Files.createDirectory(real.resolve("host"));
    outside = Files.createDirectory(real.resolve("outside"));
    Files.writeString(outside.resolve("f"), "secret");
    Files.createSymbolicLink(outside.resolve("l"), Path.of("secret"));
    disturbed = new DisturbedHost(FileSystems.getDefault());
  }

  @AfterEach
  void unmount() throws IOException {
    tree.close();
  }

  private Directory mount(Way way) throws IOException {
    tree = way.tree(disturbed.show(host));
    return new HostFileSystem(tree, 4096).root();
  }

  private void exchange() throws IOException {
    Files.move(host.resolve("d"), host.resolve("moved"));
    Files.createSymbolicLink(host.resolve("d"), outside);
  }

  /** Lets another program replace d by a link out just before a call within d. */
  private void duringExchange(String call, ThrowingCallable operation) {
    disturbed.before(call, this::exchange);
    assertThatThrownBy(operation).isInstanceOf(ErrnoException.class);
    assertThat(disturbed.hasInterfered()).isTrue();
  }

  private void assertOutsideIsAsItWas() throws IOException {
    try (Stream<Path> names = Files.list(outside)) {
      assertThat(names.map(outside::relativize).map(Path::toString))
          .containsExactlyInAnyOrder("f", "l");
    }
    assertThat(outside.resolve("f")).hasContent("secret");
    assertThat(Files.getPosixFilePermissions(outside.resolve("f")))
        .isNotEqualTo(PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @ParameterizedTest
  @EnumSource
  void hostfs01_mkdirBesideAnExchange_makesNothingOutside(Way way) throws IOException {
    Directory below = directory(mount(way), "d");
    duringExchange("createDirectory", () -> directory(below, "made"));
    assertOutsideIsAsItWas();
    assertThat(host).isDirectoryNotContaining("glob:**/.nommu*");
  }

  @ParameterizedTest
  @EnumSource
  void hostfs01_createBesideAnExchange_makesNothingOutside(Way way) throws IOException {
    Directory below = directory(mount(way), "d");
    duringExchange("newByteChannel", () -> file(below, "made"));
    assertOutsideIsAsItWas();
  }

  @ParameterizedTest
  @EnumSource
  void hostfs01_openBesideAnExchange_opensNothingOutside(Way way) throws IOException {
    RegularFile file = file(directory(mount(way), "d"), "f");
    String call = way == Way.BY_PATHS ? "newByteChannel" : "newDirectoryStream";
    duringExchange(call, () -> file.open(OpenFlags.of(AccessMode.READ_WRITE)).close());
    assertOutsideIsAsItWas();
  }

  @ParameterizedTest
  @EnumSource
  void hostfs01_lookBesideAnExchange_tellsNothingOfWhatIsOutside(Way way) throws IOException {
    Directory below = directory(mount(way), "d");
    Files.createSymbolicLink(host.resolve("d/l"), Path.of("harmless"));
    SymbolicLink link = (SymbolicLink) below.lookup("l").orElseThrow();
    duringExchange("readSymbolicLink", link::target);
  }

  @ParameterizedTest
  @EnumSource
  void hostfs01_statBesideAnExchange_tellsNothingOfWhatIsOutside(Way way) throws IOException {
    Directory below = directory(mount(way), "d");
    String call = way == Way.BY_PATHS ? "getFileAttributeView" : "newDirectoryStream";
    duringExchange(call, () -> below.lookup("f"));
  }

  @Test
  void hostfs01_openDirectory_staysTheOneThatWasOpened() throws IOException {
    Directory root = mount(Way.BY_OPEN_DIRECTORIES);
    Directory below = directory(root, "d");
    RegularFile file = file(below, "f");
    file(below, "g");
    exchangeBefore("deleteFile", () -> below.unlink("g"));
    assertThat(host.resolve("d/g")).doesNotExist();
    exchangeBefore("move", () -> below.rename("f", root, "renamed"));
    assertThat(host.resolve("renamed")).isEmptyFile();
    exchangeBefore("getFileAttributeView", () -> file.chmod(0777));
    assertOutsideIsAsItWas();
  }

  @Test
  void hostfs01_directoryThatIsMounted_staysTheOneItWas() throws IOException {
    Directory root = mount(Way.BY_OPEN_DIRECTORIES);
    Files.move(host, host.resolveSibling("moved"));
    Files.createSymbolicLink(host, outside);
    assertThat(root.lookup("f")).isEmpty();
    file(root, "made");
    assertThat(host.resolveSibling("moved").resolve("made")).exists();
    assertThatThrownBy(() -> directory(root, "d"))
        .hasMessageContaining("another program has replaced");
    assertOutsideIsAsItWas();
  }

  /** Puts everything back where it was. */
  private void exchangeBefore(String call, ThrowingCallable operation) throws IOException {
    disturbed.before(call, this::exchange);
    Throwable ignored = catchThrowable(operation);
    assertThat(disturbed.hasInterfered()).as("%s: %s", call, ignored).isTrue();
    Files.delete(host.resolve("d"));
    Files.move(host.resolve("moved"), host.resolve("d"));
  }
}
