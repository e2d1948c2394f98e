package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** hostfs on the file system the tests run on. */
final class HostfsOnDiskTest extends HostfsEscapeContract {
  @TempDir Path temporary;

  @Override
  HostTree emptyTree() throws IOException {
    return HostTree.of(Files.createDirectory(temporary.resolve("host")));
  }

  @Test
  void modes_areThoseOfTheHost() throws IOException {
    Inode made = root.create("f", NewInode.regularFile(0751));
    assertThat(made.attributes().permissions()).isEqualTo(0751);
    made.chmod(0604);
    assertThat(Files.getAttribute(host.resolve("f"), "unix:mode")).isEqualTo(0100604);
    assertThat(directory(root, "d").attributes().permissions()).isEqualTo(0755);
  }

  @Test
  void specialFile_isASocketToTheMachine_whichNobodyCanOpen() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(host.resolve("s")));
      assertThat(root.lookup("s").orElseThrow()).isInstanceOf(Socket.class);
      root.unlink("s");
      assertThat(host.resolve("s")).doesNotExist();
    }
  }
}
