package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The API that plugins build on does not change unnoticed. */
final class ApiSurfaceTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void surfaceOfApi_isAsItStandsInItsFile() throws IOException {
    assertThat(ApiSurface.of(PROJECT))
        .as(
            "the public surface of api; if it is to change, run:"
                + " java architecture/src/test/java/dev/nommu/architecture/ApiSurface.java")
        .isEqualTo(Files.readString(PROJECT.resolve(ApiSurface.FILE)));
  }
}
