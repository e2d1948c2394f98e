package dev.nommu.kernel.shm;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import org.junit.jupiter.api.Test;

/** Identifiers of System V IPC: rules SHM-01 and SHM-04. */
final class IpcIdsTest {
  private static final int MANY = IpcIds.PLACES;

  private final IpcIds<Integer> ids = new IpcIds<>();

  private int add() throws Exception {
    return ids.add(MANY, id -> id);
  }

  private int addAndRemove() throws Exception {
    int id = add();
    ids.remove(id);
    return id;
  }

  private void goThroughAllPlaces() throws Exception {
    for (int place = 1; place < 64; place++) {
      addAndRemove();
    }
  }

  @Test
  void shm04_identifiers_beginAtZeroAndCount() throws Exception {
    assertThat(add()).isZero();
    assertThat(add()).isOne();
    assertThat(add()).isEqualTo(2);
  }

  @Test
  void shm04_aFreedPlace_isNotUsedAgainBeforeTheOnesAfterIt() throws Exception {
    int first = add();
    ids.remove(first);
    for (int place = 1; place < 64; place++) {
      assertThat(addAndRemove()).isEqualTo(place);
    }
    assertThat(add()).isEqualTo(1 << 15);
  }

  @Test
  void shm04_anIdentifierOfAFreePlace_isEinval() throws Exception {
    int first = add();
    ids.remove(first);
    assertErrno(Errno.EINVAL, () -> ids.require(first));
    assertErrno(Errno.EINVAL, () -> ids.require(first + (1 << 15)));
    assertErrno(Errno.EINVAL, () -> ids.require(-1));
  }

  @Test
  void shm04_anIdentifierOfAPlaceUsedAgain_isEidrm() throws Exception {
    int first = add();
    ids.remove(first);
    goThroughAllPlaces();
    assertThat(add()).isEqualTo(1 << 15);
    assertErrno(Errno.EIDRM, () -> ids.require(first));
  }

  @Test
  void shm04_removingAStaleIdentifier_leavesWhatHasItsPlace() throws Exception {
    int first = add();
    ids.remove(first);
    goThroughAllPlaces();
    int second = add();
    assertThat(ids.remove(first)).isFalse();
    assertThat(ids.require(second)).isEqualTo(second);
  }

  @Test
  void shm04_moreThanTheShortestCycle_growsByHalfOfWhatIsInUse() throws Exception {
    for (int place = 0; place < 64; place++) {
      add();
    }
    assertThat(add()).as("64 in use: 96 places").isEqualTo(64);
  }

  @Test
  void shm01_asManyAsTheLimit_isEnospc() throws Exception {
    ids.add(2, id -> id);
    ids.add(2, id -> id);
    assertErrno(Errno.ENOSPC, () -> ids.add(2, id -> id));
    ids.remove(0);
    assertThat(ids.add(2, id -> id)).isEqualTo(2);
  }
}
