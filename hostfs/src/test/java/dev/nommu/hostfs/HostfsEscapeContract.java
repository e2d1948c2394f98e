package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract that there is no way out of the host directory, on every host. */
abstract class HostfsEscapeContract extends HostfsContract {
  private Path secret;

  @BeforeEach
  final void putASecretOutside() throws IOException {
    Path outside = host.resolveSibling("outside");
    Files.createDirectory(outside);
    secret = Files.writeString(outside.resolve("secret"), "secret");
  }

  /** Puts a link in place of a directory, as another program on the host might at any time. */
  private void swapForALinkOut(String name) throws IOException {
    Files.move(host.resolve(name), host.resolve("was-" + name));
    Files.createSymbolicLink(host.resolve(name), secret.getParent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "../outside", "/", "a/b", "/etc", "a\0b", "outside/.."})
  void wrongName_isRefusedByEveryOperation(String name) throws IOException {
    file(root, "f");
    assertErrno(Errno.EINVAL, () -> root.lookup(name));
    assertErrno(Errno.EINVAL, () -> root.create(name, NewInode.regularFile(0644)));
    assertErrno(Errno.EINVAL, () -> root.create(name, NewInode.directory(0755)));
    assertErrno(Errno.EINVAL, () -> root.unlink(name));
    assertErrno(Errno.EINVAL, () -> root.rmdir(name));
    assertErrno(Errno.EINVAL, () -> root.rename(name, root, "g"));
    assertErrno(Errno.EINVAL, () -> root.rename("f", root, name));
  }

  @Test
  void symbolicLink_isShownAsALinkAndNeverFollowed() throws IOException {
    Files.createSymbolicLink(host.resolve("l"), secret);
    assertThat(root.lookup("l").orElseThrow())
        .isInstanceOfSatisfying(
            SymbolicLink.class, link -> assertThat(target(link)).endsWith("/outside/secret"));
  }

  private static String target(SymbolicLink link) {
    try {
      return link.target();
    } catch (ErrnoException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fileSwappedForALink_isNotOpened() throws IOException {
    RegularFile file = file(root, "f");
    Files.delete(host.resolve("f"));
    Files.createSymbolicLink(host.resolve("f"), secret);
    assertThatThrownBy(() -> file.open(OpenFlags.of(AccessMode.READ)))
        .isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> file.chmod(0777)).isInstanceOf(ErrnoException.class);
    assertThat(secret).hasContent("secret");
  }

  @Test
  void linkAsTheLastName_isNotOpenedByTheTreeEither() throws IOException {
    Files.createSymbolicLink(host.resolve("l"), secret);
    Location link = Location.ROOT.child("l");
    assertThatThrownBy(() -> fileSystem.tree().open(link, HostFile.options(AccessMode.READ)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void directorySwappedForALink_leadsNowhere() throws IOException {
    Directory below = directory(root, "d");
    RegularFile file = file(below, "secret");
    swapForALinkOut("d");
    assertThatThrownBy(() -> below.lookup("secret")).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(below::entries).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> file.open(OpenFlags.of(AccessMode.READ)))
        .isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> file(below, "x")).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> directory(below, "x")).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> below.unlink("secret")).isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> below.rename("secret", root, "stolen"))
        .isInstanceOf(ErrnoException.class);
    file(root, "f");
    assertThatThrownBy(() -> root.rename("f", below, "planted")).isInstanceOf(ErrnoException.class);
    assertThat(secret).hasContent("secret");
    assertThat(secret.getParent()).isDirectoryNotContaining(p -> !p.endsWith("secret"));
  }

  @Test
  void treeItself_refusesALinkOnTheWay() throws IOException {
    Files.createSymbolicLink(host.resolve("d"), secret.getParent());
    HostTree tree = fileSystem.tree();
    Location way = Location.ROOT.child("d");
    Location file = way.child("secret");
    assertRefused(() -> tree.attributes(file));
    assertRefused(() -> tree.list(way));
    assertRefused(() -> tree.open(file, HostFile.options(AccessMode.READ)).close());
    assertRefused(() -> tree.createDirectory(way.child("x")));
    assertRefused(() -> tree.deleteFile(file));
    assertRefused(() -> tree.deleteDirectory(file));
    assertRefused(() -> tree.move(file, Location.ROOT.child("stolen")));
    assertRefused(() -> tree.readLink(file));
    assertRefused(() -> tree.chmod(file, 0));
    assertThat(secret).hasContent("secret");
  }

  private static void assertRefused(HostCall.Acting call) {
    assertThatThrownBy(() -> HostCall.act("try", "it", call))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            e -> assertThat(e.errno()).as(e.toString()).isIn(Errno.ENOTDIR, Errno.ELOOP));
  }
}
