package dev.nommu.nio;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A machine and its files, closed after each test; by then it has to be sound. */
final class Memory implements AfterEachCallback {
  private final Machine machine;
  private final NommuFileSystem files;

  Memory() {
    this("");
  }

  /** Has more nodes in its tree than RAM. */
  Memory(String nodes) {
    try {
      machine = Machine.boot(Board.parse("test", source(nodes), Path.of("").toAbsolutePath()));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    files = NommuFileSystem.of(machine.init());
  }

  private static String source(String nodes) {
    return """
    /dts-v1/;
    / {
      #address-cells = <1>; #size-cells = <1>;
      memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      %s
    };
    """
        .formatted(nodes);
  }

  Machine machine() {
    return machine;
  }

  NommuFileSystem files() {
    return files;
  }

  Path path(String path) {
    return files.getPath(path);
  }

  FileChannel open(String path) throws IOException {
    return FileChannel.open(
        path(path), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  /** A buffer that became unreachable may just be unmapped; that ends by itself. */
  private List<String> wrong() {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    List<String> wrong = machine.check();
    while (!wrong.isEmpty() && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
      wrong = machine.check();
    }
    return wrong;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (!machine.isClosed()) {
      List<String> wrong = wrong();
      files.close();
      machine.close();
      if (!wrong.isEmpty()) {
        throw new AssertionError(wrong.toString());
      }
    }
  }
}
