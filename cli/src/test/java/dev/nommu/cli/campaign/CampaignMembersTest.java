package dev.nommu.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --listen} and {@code nommu campaign join}: whatever is in the way is said on one line. */
final class CampaignMembersTest {
  @TempDir private Path folder;
  private Path secret = Path.of("");

  @BeforeEach
  void write() throws Exception {
    secret = Files.writeString(folder.resolve("secret"), "what all members know\n");
  }

  private static void assertSays(Run run, int exitCode, String message) {
    assertThat(run.err()).isEqualToIgnoringNewLines(message);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  private Run listen(Object... more) {
    Object[] all = new Object[7 + more.length];
    Object[] first = {
      "campaign", "--self", "--seeds", "1..10", "--report", folder.resolve("report"), "--listen"
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Run.of(all);
  }

  @Test
  void membersNeedASecret() throws Exception {
    String needed = "nommu campaign: members need --secret FILE: otherwise anyone could join";
    assertSays(Run.of("campaign", "join", "5701"), 2, needed);
    assertSays(listen("5701"), 2, needed);
    assertThat(folder.resolve("report")).doesNotExist();
    Path guessed = Files.writeString(folder.resolve("short"), "12345\n");
    assertSays(
        Run.of("campaign", "join", "5701", "--secret", guessed),
        2,
        "nommu campaign: --secret " + guessed + ": expected a secret of 16 bytes or more, found 5");
    Path missing = folder.resolve("missing");
    assertSays(
        Run.of("campaign", "join", "5701", "--secret", missing),
        2,
        "nommu campaign: --secret " + missing + ": no such file or directory");
  }

  @Test
  void campaignThatIsNotThere_isSaid() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertSays(
        Run.of("campaign", "join", free, "--secret", secret),
        1,
        "nommu campaign join: 127.0.0.1:" + free + ": no member listens there");
    assertSays(
        Run.of("campaign", "join", "nowhere.invalid:5701", "--listen", "0", "--secret", secret),
        1,
        "nommu campaign join: nowhere.invalid:5701: no such host");
  }

  @Test
  void memberOnTheNetwork_saysWhereItIsReached() throws Exception {
    assertSays(
        Run.of("campaign", "join", "192.0.2.1:5701", "--secret", secret),
        2,
        "nommu campaign join: 192.0.2.1:5701 is on the network: expected --listen HOST:PORT, where"
            + " the other members reach this one");
  }

  @Test
  void threads_areSomebodys() throws Exception {
    assertSays(
        Run.of("campaign", "--self", "--seeds", "1..9", "--threads", "0"),
        2,
        "nommu campaign: expected a thread or more, found 0, and without --listen nobody else runs"
            + " any");
    assertSays(
        Run.of("campaign", "join", "5701", "--secret", secret, "--threads", "0"),
        2,
        "nommu campaign join: expected a thread or more, found 0");
  }

  @Test
  void portInUse_isSaid() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int used = socket.getLocalPort();
      assertSays(
          listen(used, "--secret", secret),
          2,
          "nommu campaign: --listen 127.0.0.1:" + used + ": Address already in use");
      assertThat(folder.resolve("report")).doesNotExist();
    }
  }
}
