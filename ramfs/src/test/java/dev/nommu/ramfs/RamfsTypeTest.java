package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakePages;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RamfsTypeTest {
  private final FakePages pages = new FakePages(8);

  private int rootMode(FileSystemType type, String options) throws ErrnoException {
    return type.mount(RamFiles.request(pages, Profile.DOCUMENT, options))
        .root()
        .attributes()
        .permissions();
  }

  @Test
  void bothTypes_areFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(FileSystemType.class))
        .extracting(FileSystemType::name)
        .containsExactlyInAnyOrder("ramfs", "tmpfs");
  }

  @Test
  void bothTypes_areMountedFromNothing() {
    assertThat(new RamfsType().source()).isEqualTo(FileSystemType.Source.NODEV);
    assertThat(new TmpfsType().source()).isEqualTo(FileSystemType.Source.NODEV);
  }

  @Test
  void memf01_tmpfs_hasTheMagicOfRamfsAndNoQuota() throws ErrnoException {
    var statistics =
        new TmpfsType().mount(RamFiles.request(pages, Profile.DOCUMENT, "size=1")).statistics();
    assertThat(statistics.magic()).isEqualTo(0x858458f6L);
    assertThat(statistics.blocks()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0755",
        "mode=1777|01777",
        "size=64k,nr_inodes=5,mode=0700|0700",
        "huge=never,nonsense|0755",
        "mode=700,mode=711|0711",
        "mode=107777|07777"
      })
  void memf01_onlyModeCounts(String options, String mode) throws ErrnoException {
    assertThat(rootMode(new TmpfsType(), options)).isEqualTo(Integer.parseInt(mode, 8));
    assertThat(rootMode(new RamfsType(), options)).isEqualTo(Integer.parseInt(mode, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode=", "mode", "mode=8", "mode=rwx", "mode=40000000000", "mode=-1"})
  void modeThatIsNotOctal_isEinvalAndNamesTheOption(String option) {
    assertThatThrownBy(() -> rootMode(new RamfsType(), "size=1," + option))
        .hasMessageContaining('"' + option + '"')
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
  }
}
