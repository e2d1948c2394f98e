package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.Profile;
import dev.nommu.kernel.AppliedOverlay;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BootLoader;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code shown in docs/ARCHITECTURE.md and docs/BOARDS.md. */
class MachineGuidesTest {
  @Test
  void sanitizerTellsOfAnAccessAfterMunmap() throws Exception {
    Board board = Board.read(Path.of("greeting.dts"));
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    try (Machine machine = Machine.boot(board, Profile.DOCUMENT, sanitizer)) {
      Task task = machine.init();
      int flags = MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS;
      long address = task.mmap(0, 4096, MmapArguments.PROT_READ, flags, -1, 0);
      task.munmap(address, 4096);
      task.load(address, MemorySegment.ofArray(new byte[4]));
      List<Finding> findings =
          sanitizer.findings(); // what, where, and both sides with their stacks
      assertEquals(Finding.Kind.USE_AFTER_MUNMAP, findings.getFirst().kind());
    }
  }

  @Test
  void overlayIsPluggedIntoAMachineThatRuns() throws Exception {
    try (Machine machine = Machine.boot(Board.read(Path.of("greeting.dts")))) {
      AppliedOverlay greeting =
          machine.plug(BootLoader.readOverlay(Path.of("greeting-overlay.dts")));
      List<Probed> nodes = greeting.nodes(); // each node's outcome: bound to a driver, or why not
      greeting.unplug();
      assertEquals(1, nodes.size());
      assertTrue(nodes.getFirst().toString().contains("greeting@20000000"), nodes::toString);
    }
  }
}
