package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.testing.Background;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of the names that a file had. */
final class FormerNamesTest {
  private static final VfsPath DIRECTORY = new VfsPath(null, null, null, "");
  private static final VfsPath A = new VfsPath(null, null, DIRECTORY, "a");
  private static final VfsPath B = new VfsPath(null, null, DIRECTORY, "b");

  private final FormerNames names = new FormerNames();

  /** Between two writes of a move there once was a circle: a, moved to b, moved to a. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void latest_whileAFileIsMovedBackAndForth_isOneOfItsNames() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Background<Boolean> mover = Background.of(() -> move(done));
    try {
      for (int round = 0; round < 1_000_000; round++) {
        VfsPath latest = names.latest(A);
        assertThat(latest == A || latest == B).isTrue();
      }
    } finally {
      done.set(true);
    }
    assertThat(mover.result()).isTrue();
  }

  private boolean move(AtomicBoolean until) {
    boolean moved = false;
    while (!until.get() || !moved) {
      names.moved(A, B);
      names.moved(B, A);
      moved = true;
    }
    return moved;
  }

  @Test
  void latest_ofANameThatWasGivenAgain_isThatName() {
    names.moved(A, B);
    names.given(A);
    assertThat(names.latest(A)).isSameAs(A);
    assertThat(names.isRemoved(A)).isFalse();
  }

  @Test
  void name_thatWasRemoved_isTheLatest() {
    names.moved(A, B);
    names.removed(B);
    assertThat(names.latest(A)).isSameAs(B);
    assertThat(names.isRemoved(B)).isTrue();
  }
}
