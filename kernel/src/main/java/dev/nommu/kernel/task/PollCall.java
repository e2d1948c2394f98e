package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.Polling;
import dev.nommu.kernel.wait.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One call of {@link DescriptorCalls#poll}. */
record PollCall(FileTable files, List<PollFd> entries) {
  List<Set<PollEvent>> await(Optional<Duration> timeout) throws ErrnoException {
    if (entries.size() > FileTable.LIMIT || timeout.filter(Duration::isNegative).isPresent()) {
      throw new ErrnoException(
          Errno.EINVAL, "poll of %d files for %s".formatted(entries.size(), timeout));
    }
    MachineClock clock = Sleeper.current().clock();
    long deadline = timeout.map(clock::after).orElse(MachineClock.NEVER);
    Polling polling = new Polling();
    for (PollFd entry : entries) {
      add(polling, entry);
    }
    return polling.await(deadline);
  }

  private void add(Polling polling, PollFd entry) throws ErrnoException {
    if (entry.descriptor() < 0) {
      polling.addNothing();
      return;
    }
    Optional<OpenFileDescription> file = files.find(entry.descriptor());
    if (file.isEmpty() || file.get().isPathOnly()) {
      polling.addNotOpen();
    } else {
      polling.add(file.get(), entry.events());
    }
  }
}
