package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.nommu.api.Profile;
import dev.nommu.campaign.cluster.Endpoint;
import dev.nommu.campaign.cluster.Joined;
import dev.nommu.campaign.cluster.Listener;
import dev.nommu.campaign.cluster.Secret;
import dev.nommu.tck.session.Capsule;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a campaign find what one process finds, and a stranger is told nothing. */
final class MembersTest {
  private static final Plan PLAN = plan(new Seeds(1, 300));
  private static final Plan LONG = plan(new Seeds(1, 12_000));
  private static final int NONCE = 32;
  private static final int PROOF = 32;

  @TempDir private Path directory;

  private static Plan plan(Seeds seeds) {
    return new Plan(
        Capsule.VERSION,
        List.of(Slate.TYPE),
        "",
        "",
        List.of(Work.SESSIONS),
        List.of(Profile.DOCUMENT),
        seeds,
        10);
  }

  private Secret secret(String text) throws IOException {
    return Secret.read(Files.writeString(directory.resolve(text), text + "\n"));
  }

  private static Endpoint free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Endpoint("127.0.0.1", socket.getLocalPort());
    }
  }

  private CampaignReport run(
      String name,
      Plan plan,
      Conditions conditions,
      Members members,
      Consumer<CampaignReport> watcher)
      throws Exception {
    List<TestedPlugin> plugins = List.of(Slate.tested(Slate.Overflowing::new));
    try (CampaignFolder folder = CampaignFolder.create(directory.resolve(name), plan)) {
      return new Campaign(folder, plugins).run(conditions, watcher, members);
    }
  }

  private static Joined.Ending work(Endpoint first, Secret secret) {
    try (Joined joined = Joined.at(Endpoint.ANY_OF_LOOPBACK, first, secret);
        RangeRun run =
            new RangeRun(joined.plan(), List.of(Slate.tested(Slate.Overflowing::new)), 1)) {
      return joined.work(run);
    } catch (IOException | InterruptedException failure) {
      throw new CompletionException(failure);
    }
  }

  @Test
  void members_findWhatOneProcessFinds() throws Exception {
    Secret secret = secret("the secret of this campaign");
    Endpoint first = free();
    Conditions one = Conditions.allProcessors().on(1);
    try (Listener listener = Listener.at(first, secret, PLAN, Map.of())) {
      CompletableFuture<Joined.Ending> other =
          CompletableFuture.supplyAsync(() -> work(first, secret));
      CompletableFuture<Joined.Ending> another =
          CompletableFuture.supplyAsync(() -> work(first, secret));
      CampaignReport shared = run("shared", PLAN, one, listener, so -> {});
      assertThat(other.get()).isEqualTo(Joined.Ending.CAMPAIGN_OVER);
      assertThat(another.get()).isEqualTo(Joined.Ending.CAMPAIGN_OVER);
      CampaignReport alone = run("alone", PLAN, one, Members.NONE, so -> {});
      assertThat(shared.harvest()).isEqualTo(alone.harvest());
      assertThat(shared.kept()).isEqualTo(alone.kept());
      assertThat(shared.lost()).isEmpty();
      assertThat(shared.shares().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(PLAN.total());
    }
  }

  @Test
  void memberThatIsKilled_andOneThatStandsStillForLongerThanItsLease_loseNothing()
      throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "the secret of this campaign");
    Endpoint first = free();
    Conditions impatient = new Conditions(1, Duration.ofMinutes(5), Duration.ofSeconds(1));
    try (Listener listener = Listener.at(first, Secret.read(secret), LONG, Map.of())) {
      Process killed = MemberProcess.start(first, secret);
      Process still = MemberProcess.start(first, secret);
      try {
        Interference interference = new Interference(killed, still);
        CampaignReport shared = run("shared", LONG, impatient, listener, interference);
        CampaignReport alone =
            run("alone", LONG, Conditions.allProcessors(), Members.NONE, so -> {});
        assertThat(interference.isOver()).isTrue();
        assertThat(shared.harvest()).isEqualTo(alone.harvest());
        assertThat(shared.kept()).isEqualTo(alone.kept());
        assertThat(shared.lost()).isEmpty();
        assertThat(still.inputReader().readLine()).isEqualTo("CAMPAIGN_OVER");
      } finally {
        killed.destroyForcibly();
        still.destroyForcibly();
      }
    }
  }

  /** Kills one member and stops the other when both are at work, and lets that go on later. */
  private static final class Interference implements Consumer<CampaignReport> {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(2500);

    private final Process killed;
    private final Process still;
    private Optional<Long> since = Optional.empty();
    private boolean over;

    Interference(Process killed, Process still) {
      this.killed = killed;
      this.still = still;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public void accept(CampaignReport so) {
      if (since.isEmpty() && so.shares().size() == 3) {
        killed.destroyForcibly();
        signal("STOP");
        since = Optional.of(System.nanoTime());
      } else if (!over && since.filter(Interference::isLongAgo).isPresent()) {
        signal("CONT");
        over = true;
      }
    }

    private static boolean isLongAgo(long moment) {
      return System.nanoTime() - moment > LONGER_THAN_A_LEASE.toNanos();
    }

    private void signal(String name) {
      try {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(still.pid())).start();
        assertThat(kill.waitFor()).isZero();
      } catch (IOException | InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Test
  void stranger_isRefused_andToldNothingThatDependsOnTheSecret() throws Exception {
    Endpoint first = free();
    try (Listener listener =
        Listener.at(first, secret("the secret of this campaign"), PLAN, Map.of())) {
      assertThat(listener).isNotNull();
      Secret wrong = secret("the secret of another one");
      assertThatIOException()
          .isThrownBy(() -> Joined.at(Endpoint.ANY_OF_LOOPBACK, first, wrong))
          .withMessageContaining("expected a campaign with the same secret, was refused");
      try (Socket socket = new Socket(first.host(), first.port())) {
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(NONCE)).hasSize(NONCE);
        socket.getOutputStream().write(new byte[NONCE + 1 + PROOF]);
        assertThat(isToldMore(in)).isFalse();
      }
    }
  }

  private static boolean isToldMore(InputStream in) throws IOException {
    try {
      return in.read() >= 0;
    } catch (SocketException reset) {
      return false;
    }
  }

  @Test
  void secretThatCouldBeGuessed_isRefused() {
    assertThatIOException()
        .isThrownBy(() -> secret("short"))
        .withMessageContaining("expected a secret of 16 bytes or more, found 5");
  }
}
