package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.task.PollFd;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The three sets of {@code select}: files to check for being readable, for being writable and for
 * exceptional conditions.
 *
 * @param count descriptors from this on are ignored
 * @param bits the three sets, one bit per descriptor; empty where the program passes NULL
 */
record DescriptorSets(int count, List<MemorySegment> bits) {
  /** POLLIN_SET, POLLOUT_SET and POLLEX_SET of Linux's fs/select.c. */
  private static final List<Set<PollEvent>> TOLD =
      List.of(
          EnumSet.of(PollEvent.IN, PollEvent.HUP, PollEvent.ERR),
          EnumSet.of(PollEvent.OUT, PollEvent.ERR),
          EnumSet.of(PollEvent.PRI));

  private static final List<PollEvent> ASKED = List.of(PollEvent.IN, PollEvent.OUT, PollEvent.PRI);

  /** Returns the sets at these addresses, 0 for no set; EFAULT if there is no memory. */
  static DescriptorSets of(UserSpace memory, int count, long... addresses) throws ErrnoException {
    long bytes = (long) (count + Long.SIZE - 1) / Long.SIZE * Long.BYTES;
    List<MemorySegment> bits = new ArrayList<>();
    for (long address : addresses) {
      bits.add(memory.at(address, address == 0 ? 0 : bytes));
    }
    return new DescriptorSets(count, bits);
  }

  /** Returns the files in any of the sets, by ascending descriptor. */
  List<PollFd> asked() {
    List<PollFd> files = new ArrayList<>();
    for (int descriptor = 0; descriptor < count; descriptor++) {
      Set<PollEvent> events = EnumSet.noneOf(PollEvent.class);
      for (int set = 0; set < bits.size(); set++) {
        if (contains(set, descriptor)) {
          events.add(ASKED.get(set));
        }
      }
      if (!events.isEmpty()) {
        files.add(new PollFd(descriptor, events));
      }
    }
    return files;
  }

  /**
   * Leaves only the files that are ready in each set.
   *
   * @param files the files that were polled
   * @param events the events of each file
   * @return the number of bits left in all sets
   * @throws ErrnoException EBADF if a descriptor is not open; the sets are then unchanged
   */
  long tell(List<PollFd> files, List<Set<PollEvent>> events) throws ErrnoException {
    for (int i = 0; i < files.size(); i++) {
      if (events.get(i).contains(PollEvent.NVAL)) {
        throw new ErrnoException(
            Errno.EBADF, "select: descriptor %d is not open".formatted(files.get(i).descriptor()));
      }
    }
    long told = 0;
    for (int i = 0; i < files.size(); i++) {
      for (int set = 0; set < bits.size(); set++) {
        int descriptor = files.get(i).descriptor();
        if (contains(set, descriptor) && Collections.disjoint(events.get(i), TOLD.get(set))) {
          remove(set, descriptor);
        } else if (contains(set, descriptor)) {
          told++;
        }
      }
    }
    return told;
  }

  private boolean contains(int set, int descriptor) {
    MemorySegment words = bits.get(set);
    return words.byteSize() > 0
        && (words.getAtIndex(UserSpace.LONG, descriptor / Long.SIZE) & bit(descriptor)) != 0;
  }

  private void remove(int set, int descriptor) {
    MemorySegment words = bits.get(set);
    long word = words.getAtIndex(UserSpace.LONG, descriptor / Long.SIZE);
    words.setAtIndex(UserSpace.LONG, descriptor / Long.SIZE, word & ~bit(descriptor));
  }

  private static long bit(int descriptor) {
    return 1L << descriptor % Long.SIZE;
  }
}
