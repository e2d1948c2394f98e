package dev.nommu.kernel.shm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.vfs.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access to an object of System V IPC: rules SHM-03 and SHM-04. */
final class IpcAccessTest {
  private static final Credentials MAKER = new Credentials(1, 10);

  /** Returns permissions of an object created by 1:10 and owned by 2:20. */
  private static IpcPermissions given(int mode) {
    return IpcAccess.ofNew(0, MAKER, 0).withOwner(2, 20, mode);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 99, 0400, true",
    "2, 99, 0400, true",
    "3, 10, 0040, true",
    "3, 20, 0040, true",
    "3, 99, 0004, true",
    "2, 20, 0044, false",
    "3, 20, 0404, false",
    "3, 99, 0440, false",
    "0, 99, 0000, true"
  })
  void shm04_theFirstClassThatFits_decides(int uid, int gid, String mode, boolean granted) {
    IpcPermissions permissions = given(Integer.parseInt(mode, 8));
    assertThat(new IpcAccess(permissions, new Credentials(uid, gid)).isGranted(4))
        .isEqualTo(granted);
  }

  @Test
  void shm03_permissionsAskedForOthers_areAskedForTheCaller() {
    IpcPermissions permissions = given(0400);
    assertThat(new IpcAccess(permissions, MAKER).isGranted(0444)).isTrue();
    assertThat(new IpcAccess(permissions, MAKER).isGranted(0020)).isFalse();
  }

  @Test
  void shm08_ownerMakerAndSuperuser_mayChange() {
    IpcPermissions permissions = given(0777);
    assertThat(new IpcAccess(permissions, MAKER).mayChange()).isTrue();
    assertThat(new IpcAccess(permissions, new Credentials(2, 99)).mayChange()).isTrue();
    assertThat(new IpcAccess(permissions, Credentials.ROOT).mayChange()).isTrue();
    assertThat(new IpcAccess(permissions, new Credentials(3, 20)).mayChange()).isFalse();
  }
}
