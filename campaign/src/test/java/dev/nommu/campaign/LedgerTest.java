package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.campaign.Ledger.Snapshot;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each range is run by one at a time, whoever dies or hangs, and counts once. */
final class LedgerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Harvest TEN = new Harvest(10, 10, Map.of(), Map.of());

  private final AtomicLong now = new AtomicLong();
  private final Ledger ledger = new Ledger(3, Snapshot.NONE, PATIENCE, now::get);

  private Lease lease(String holder) {
    return ledger.lease(holder).orElseThrow();
  }

  private void passSeconds(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void ranges_areLeasedInOrder_eachOnce() {
    assertThat(lease("a").range()).isEqualTo(0);
    assertThat(lease("b").range()).isEqualTo(1);
    assertThat(lease("a").range()).isEqualTo(2);
    assertThat(ledger.lease("b")).isEmpty();
    assertThat(ledger.isComplete()).isFalse();
  }

  @Test
  void leaseThatIsRenewed_lasts_andOneThatIsNot_ends() {
    Lease diligent = lease("a");
    Lease hanging = lease("b");
    passSeconds(8);
    assertThat(ledger.renew(diligent, 1)).isTrue();
    passSeconds(8);
    assertThat(ledger.renew(diligent, 2)).isTrue();
    assertThat(ledger.renew(hanging, 2)).isFalse();
    assertThat(lease("c").range()).isEqualTo(hanging.range());
  }

  @Test
  void rangesOfOneThatHasGone_areLeasedAgain_andThoseOfOthersAreNot() {
    Lease dead = lease("a");
    Lease living = lease("b");
    ledger.gone("a");
    assertThat(lease("b").range()).isEqualTo(dead.range());
    assertThat(ledger.isHeld(living)).isTrue();
    assertThat(ledger.isHeld(dead)).isFalse();
  }

  @Test
  void rangeThatIsRunTwice_countsOnce() {
    Lease late = lease("a");
    passSeconds(11);
    Lease again = lease("b");
    assertThat(ledger.complete(late.range(), "a", TEN)).isTrue();
    assertThat(ledger.complete(again.range(), "b", TEN)).isFalse();
    assertThat(ledger.snapshot().harvest()).isEqualTo(TEN);
    assertThat(ledger.shares()).isEqualTo(Map.of("a", 10L));
  }

  @Test
  void rangeThatIsLostThreeTimes_isGivenUp_withTheSeed() {
    for (int times = 0; times < 3; times++) {
      Lease lease = lease("a");
      assertThat(lease.range()).isEqualTo(0);
      ledger.renew(lease, 40 + times);
      passSeconds(11);
    }
    assertThat(lease("a").range()).isEqualTo(1);
    assertThat(ledger.snapshot().lost()).isEqualTo(Map.of(0, 42L));
  }

  @Test
  void rangeThatItsHolderHadNotBegun_isNotLost_howeverManyDie() {
    for (int times = 0; times < 5; times++) {
      Lease lease = lease("member " + times);
      assertThat(lease.range()).isEqualTo(0);
      ledger.gone(lease.holder());
    }
    assertThat(ledger.snapshot().lost()).isEmpty();
  }

  @Test
  void rangeThatIsWaitedFor_isItsHolders_asLongAsThatIsThere() {
    Lease waiting = lease("a");
    passSeconds(8);
    ledger.keep(waiting);
    passSeconds(8);
    assertThat(ledger.isHeld(waiting)).isTrue();
    passSeconds(8);
    assertThat(ledger.isHeld(waiting)).isFalse();
    ledger.keep(waiting);
    assertThat(lease("b").range()).isEqualTo(waiting.range());
  }

  @Test
  void rangeThatIsGivenBack_isNotLost_howeverOften() {
    for (int times = 0; times < 5; times++) {
      Lease lease = lease("a");
      assertThat(lease.range()).isEqualTo(0);
      ledger.giveBack(lease);
    }
    assertThat(ledger.snapshot().lost()).isEmpty();
  }

  @Test
  void leaseThatWasGivenBack_isNotHeld_whoeverHasItsRangeNow() {
    Lease earlier = lease("a");
    ledger.giveBack(earlier);
    Lease later = lease("a");
    assertThat(later.range()).isEqualTo(earlier.range());
    assertThat(ledger.isHeld(later)).isTrue();
    assertThat(ledger.renew(earlier, 1)).isFalse();
  }

  @Test
  void ledger_goesOnFromItsSnapshot() {
    ledger.complete(lease("a").range(), "a", TEN);
    Ledger later = new Ledger(3, ledger.snapshot(), PATIENCE, now::get);
    assertThat(later.lease("b").orElseThrow().range()).isEqualTo(1);
    later.complete(1, "b", TEN);
    later.complete(2, "b", TEN);
    assertThat(later.isComplete()).isTrue();
    assertThat(later.snapshot().harvest().seeds()).isEqualTo(30);
  }
}
