package dev.nommu.hostfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The block size that files of the host report. */
class BlockSizeTest {
  private static FileSystem mounted(String... options) throws ErrnoException {
    return new HostfsType()
        .mount(
            MountRequest.builder("src")
                .hostDirectory(Jimfs.newFileSystem(Configuration.unix()).getPath("/work"))
                .options(List.of(options))
                .build());
  }

  @Test
  void hostfs06_blockSize_isWhatTheMountSays() throws Exception {
    FileSystem mounted = mounted("blocksize=1024");
    assertThat(mounted.blockSize()).isEqualTo(1024);
    assertThat(mounted.statistics().blockSize()).isEqualTo(1024);
    assertThat(mounted.root().attributes().blockSize()).isEqualTo(1024);
    assertThat(mounted.root().create("f", NewInode.regularFile(0600)).attributes().blockSize())
        .isEqualTo(1024);
    assertThat(mounted().root().attributes().blockSize()).isEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"blocksize", "blocksize=", "blocksize=256", "blocksize=1000", "blocksize=131072"})
  void hostfs06_blockSizeThatCannotBe_isEinval(String option) {
    assertThat(new HostfsType().knowsOption("blocksize")).isTrue();
    HostfsContract.assertErrno(Errno.EINVAL, () -> mounted(option));
  }
}
