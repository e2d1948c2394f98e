package dev.nommu.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2's MVStore keeps its data on a directory of the host that outlives the machine. */
final class MVStoreTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        nommu {
          host { data { directory = "%s"; persistent; }; };
          mounts { data { source = "data"; target = "/data"; type = "hostfs"; }; };
        };
      };
      """;

  @TempDir Path host;

  private interface Use {
    void of(MVStore store);
  }

  private void onAFreshMachine(Use use) throws IOException {
    try (Machine machine = Machine.boot(Board.parse("host", BOARD.formatted(host)));
        NommuFileSystem files = NommuFileSystem.of(machine.init())) {
      FilePath provider = new NommuFilePath(files.getPath("/data"));
      FilePath.register(provider);
      try (MVStore store = new MVStore.Builder().fileName(NommuFilePath.SCHEME + ":store").open()) {
        use.of(store);
      } finally {
        FilePath.unregister(provider);
      }
    }
  }

  @Test
  void store_keepsItsDataThroughAReboot() throws IOException {
    onAFreshMachine(store -> {
      MVMap<Integer, String> map = store.openMap("numbers");
      for (int i = 0; i < 10_000; i++) {
        map.put(i, "number " + i);
      }
      store.commit();
      map.remove(17);
    });
    assertTrue(Files.size(host.resolve("store")) > 100_000);
    onAFreshMachine(store -> {
      MVMap<Integer, String> map = store.openMap("numbers");
      assertEquals(9_999, map.size());
      assertEquals("number 9999", map.get(9_999));
    });
  }
}
