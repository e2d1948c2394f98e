package dev.nommu.hostfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** hostfs on the file system the tests run on, as if it had no secure directory streams. */
final class HostfsByPathsTest extends HostfsEscapeContract {
  @TempDir Path temporary;

  @Override
  HostTree emptyTree() throws IOException {
    return new CheckedHostTree(Files.createDirectory(temporary.resolve("host")).toRealPath());
  }
}
