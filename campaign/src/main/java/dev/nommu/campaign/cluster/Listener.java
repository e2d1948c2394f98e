package dev.nommu.campaign.cluster;

import dev.nommu.campaign.Members;
import dev.nommu.campaign.Plan;
import dev.nommu.campaign.Ranges;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The first member, which others join. Used by the thread that runs the campaign; a separate thread
 * communicates with the members, as some may not answer for a while.
 */
public final class Listener implements Members {
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofMillis(50);

  private final Cluster cluster;
  private final Allotment allotment;
  private final ExecutorService speaker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("nommu-members").factory());
  private Future<?> round = CompletableFuture.completedFuture(null);
  private BitSet written = new BitSet();
  private boolean closed;

  private Listener(Cluster cluster, Allotment allotment) {
    this.cluster = cluster;
    this.allotment = allotment;
  }

  /**
   * Listens for members.
   *
   * @param at the only address to bind
   * @param plan the plan
   * @param jars the jars of the plugins, by the names members store them under
   * @throws IOException if the address cannot be used
   */
  public static Listener at(Endpoint at, Secret secret, Plan plan, Map<String, byte[]> jars)
      throws IOException {
    Cluster cluster = Cluster.begin(at, secret);
    SharedCampaign shared = SharedCampaign.of(cluster);
    Map<String, String> facts =
        Map.of(SharedCampaign.FIRST, cluster.own(), SharedCampaign.PLAN, plan.toJson());
    Runnable publication = () -> shared.publish(facts, jars);
    publication.run();
    return new Listener(cluster, new Allotment(cluster, shared, publication));
  }

  @Override
  public void tend(Ranges ranges) {
    if (round.isDone()) {
      requireSuccess(round);
      BitSet done = written;
      round = speaker.submit(() -> allotment.tend(ranges, done));
    }
  }

  private static void requireSuccess(Future<?> round) {
    if (round.state() == Future.State.FAILED) {
      throw new IllegalStateException(round.exceptionNow());
    }
  }

  @Override
  public void written(BitSet done) {
    written = done;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Future<?> farewell = speaker.submit(this::sayFarewell);
    speaker.shutdown();
    try {
      farewell.get(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unheard) {
      // they see that this member has gone
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    cluster.close();
  }

  /** The shared data ends with the last of them. */
  private Void sayFarewell() throws InterruptedException {
    allotment.end();
    while (cluster.members().size() > 1) {
      TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
    }
    return null;
  }
}
