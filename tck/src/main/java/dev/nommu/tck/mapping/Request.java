package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.trail.RecordedTrail;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to mmap.
 *
 * @param protection PROT bits
 * @param offset in bytes
 * @param length in bytes
 */
record Request(int protection, Sharing sharing, long offset, long length) {
  /**
   * Makes the call.
   *
   * @param path the name of the file in messages
   * @param descriptor the file
   */
  Attempt make(Task task, String path, int descriptor) {
    RecordedTrail trail = new RecordedTrail();
    String asked =
        "mmap(%s, MAP_%s, 0x%x bytes at offset 0x%x of %s)"
            .formatted(protections(), sharing, length, offset, path);
    try {
      long address = task.mmap(0, length, protection, type(), descriptor, offset, trail);
      return new Attempt.Mapped(asked, trail.steps(), address);
    } catch (ErrnoException refused) {
      return new Attempt.Refused(asked, trail.steps(), refused);
    }
  }

  private int type() {
    return switch (sharing) {
      case SHARED -> MAP_SHARED;
      case PRIVATE -> MAP_PRIVATE;
    };
  }

  private String protections() {
    List<String> names = new ArrayList<>();
    if ((protection & PROT_READ) != 0) {
      names.add("PROT_READ");
    }
    if ((protection & PROT_WRITE) != 0) {
      names.add("PROT_WRITE");
    }
    if ((protection & PROT_EXEC) != 0) {
      names.add("PROT_EXEC");
    }
    return names.isEmpty() ? "PROT_NONE" : String.join("|", names);
  }
}
