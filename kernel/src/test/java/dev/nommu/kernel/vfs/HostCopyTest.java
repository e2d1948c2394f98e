package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a directory that another program changes at the worst moments. */
class HostCopyTest {
  @TempDir Path folder;
  private Path host;
  private Path copy;
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void makeHostAndSecret() throws IOException {
    folder = folder.toRealPath();
    host = Files.createDirectory(folder.resolve("host"));
    copy = folder.resolve("copy");
    Path below = Files.createDirectory(host.resolve("d"));
    Files.writeString(below.resolve("f"), "harmless");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("f"), "TOPSECRET");
    Files.createSymbolicLink(outside.resolve("l"), Path.of("TOPSECRET"));
  }

  private void copy(CallableOp<SourceDirectory, IOException> opening) throws ErrnoException {
    HostCopy.Place place = new HostCopy.Place(copy, folder.resolve("s"));
    HostCopy.copy(host, opening, place, log::add);
  }

  /** Puts a link out in place of the directory. */
  private void exchange() throws IOException {
    Files.move(host.resolve("d"), host.resolve("moved"));
    Files.createSymbolicLink(host.resolve("d"), folder.resolve("outside"));
  }

  /** What another program does between two steps of the copy. */
  private interface Interference {
    void run() throws IOException;
  }

  /** The steps that a copy takes with a name. */
  private enum Step {
    ATTRIBUTES,
    FILE,
    DIRECTORY,
    TARGET
  }

  /** Lets another program interfere once, before a step with a name. */
  private record Disturbed(SourceDirectory real, Step step, String name, Interference interference)
      implements SourceDirectory {
    private void before(Step now, Path at) throws IOException {
      if (now == step && at.toString().equals(name)) {
        interference.run();
      }
    }

    @Override
    public Path self() {
      return real.self();
    }

    @Override
    public List<Path> names() throws IOException {
      return real.names();
    }

    @Override
    public BasicFileAttributes attributes(Path at) throws IOException {
      before(Step.ATTRIBUTES, at);
      return real.attributes(at);
    }

    @Override
    public SeekableByteChannel file(Path at) throws IOException {
      before(Step.FILE, at);
      return real.file(at);
    }

    @Override
    public SourceDirectory directory(Path at) throws IOException {
      before(Step.DIRECTORY, at);
      return new Disturbed(real.directory(at), step, name, interference);
    }

    @Override
    public Path target(Path at) throws IOException {
      before(Step.TARGET, at);
      return real.target(at);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  private CallableOp<SourceDirectory, IOException> disturbed(
      Step step, String name, Interference interference) {
    return () -> new Disturbed(SourceDirectory.open(host), step, name, interference);
  }

  private CallableOp<SourceDirectory, IOException> disturbedByPath(
      Step step, String name, Interference interference) {
    return () -> new Disturbed(new CheckedSource(host), step, name, interference);
  }

  private void assertNothingFromOutside() throws IOException {
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(file).hasContent("harmless");
      }
    }
  }

  @Test
  void hostfs01_directoryThatBecomesALink_isNotEntered() throws IOException {
    assertThatThrownBy(() -> copy(disturbed(Step.DIRECTORY, "d", this::exchange)))
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("/d cannot be copied");
    assertNothingFromOutside();
  }

  @Test
  void hostfs01_directoryThatBecomesALinkWhileItIsOpen_isCopiedAsItIs() throws IOException {
    copy(disturbed(Step.FILE, "f", this::exchange));
    assertThat(copy.resolve("d").resolve("f")).hasContent("harmless");
  }

  @Test
  void hostfs01_fileThatBecomesALink_isNotOpened() throws IOException {
    Interference exchange =
        () -> {
          Files.delete(host.resolve("d/f"));
          Files.createSymbolicLink(host.resolve("d/f"), folder.resolve("outside/f"));
        };
    assertThatThrownBy(() -> copy(disturbed(Step.FILE, "f", exchange)))
        .hasMessageContaining("/d/f cannot be copied");
    assertNothingFromOutside();
  }

  @Test
  void hostfs01_linkOutside_isNotReadInPlaceOfTheOneInHere() throws IOException {
    Files.createSymbolicLink(host.resolve("d/l"), Path.of("harmless"));
    assertThatThrownBy(() -> copy(disturbed(Step.TARGET, "l", this::exchange)))
        .hasMessageContaining("/d/l cannot be copied");
  }

  @Test
  void hostfs01_withoutOpenDirectories_whatIsOutsideIsNotReadEither() throws IOException {
    for (Step step : List.of(Step.ATTRIBUTES, Step.FILE, Step.DIRECTORY)) {
      String name = step == Step.DIRECTORY ? "d" : "f";
      assertThatThrownBy(() -> copy(disturbedByPath(step, name, this::exchange)))
          .hasMessageContaining("cannot be copied");
      assertNothingFromOutside();
      Files.delete(host.resolve("d"));
      Files.move(host.resolve("moved"), host.resolve("d"));
      copy = folder.resolve("after-" + step);
    }
  }

  @Test
  void nameThatIsRemoved_isAsIfItHadNotBeenThere() throws IOException {
    copy(disturbed(Step.ATTRIBUTES, "f", () -> Files.delete(host.resolve("d/f"))));
    assertThat(copy.resolve("d")).isEmptyDirectory();
  }

  @Test
  void fileThatGrows_isCopiedAsLongAsItWas() throws IOException {
    copy(disturbed(Step.FILE, "f", () -> Files.writeString(host.resolve("d/f"), "harmless more")));
    assertThat(copy.resolve("d/f")).hasContent("harmless");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void hostfs03_whatCannotBeShown_isLeftOutAndNamed() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(host.resolve("socket")));
    }
    Path tooLong = folder.resolve("x".repeat(200));
    HostCopy.copy(
        host, () -> SourceDirectory.open(host), new HostCopy.Place(copy, tooLong), log::add);
    assertThat(copy).isDirectoryNotContaining(file -> file.endsWith("socket"));
    assertThat(log).singleElement().asString().contains(host.toString(), "/socket is left out");
  }

  @Test
  void directoryOfAHostWithDrives_isCopied() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.windows())) {
      Path drives = Files.createDirectories(jimfs.getPath("C:\\x\\host\\d"));
      Files.writeString(drives.resolve("f"), "content");
      Files.createSymbolicLink(drives.resolve("l"), jimfs.getPath("a\\b"));
      Path target = jimfs.getPath("C:\\x\\copy");
      HostCopy.copy(
          drives.getParent(),
          () -> SourceDirectory.open(drives.getParent()),
          new HostCopy.Place(target, jimfs.getPath("C:\\x\\s")),
          log::add);
      assertThat(Files.readString(target.resolve("d").resolve("f"))).isEqualTo("content");
      assertThat(Files.readSymbolicLink(target.resolve("d").resolve("l")))
          .isEqualTo(jimfs.getPath("a\\b"));
    }
  }
}
