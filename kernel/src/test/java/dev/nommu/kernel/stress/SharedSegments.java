package dev.nommu.kernel.stress;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.task.IpcCalls;
import java.util.ArrayList;
import java.util.List;

/** All segments of shared memory that a machine has, as {@code ipcs -m} finds them. */
final class SharedSegments {
  private SharedSegments() {}

  static List<ShmStatus> all(IpcCalls ipc) throws ErrnoException {
    List<ShmStatus> all = new ArrayList<>();
    for (int place = 0; place <= ipc.shmUsage().highest(); place++) {
      try {
        all.add(ipc.shmAnyStatusAt(place));
      } catch (ErrnoException failure) {
        if (failure.errno() != Errno.EINVAL) {
          throw failure;
        }
      }
    }
    return all;
  }
}
