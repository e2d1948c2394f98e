package dev.nommu.kernel.futex;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.mm.AddressSpace;

/**
 * The clean-up of a thread's futexes when it ends or executes a file, as in {@code mm_release}:
 * locks that it holds are marked, and threads that join it are woken (rule FUTEX-10). Thread-safe.
 */
public final class RobustList {
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;
  private static final int TID = 0x3fff_ffff;

  /** ROBUST_LIST_LIMIT: a list may be circular. */
  private static final int MOST = 2048;

  private final int tid;
  private volatile long head;
  private volatile long childId;

  /** Creates the state of a thread that has registered nothing. */
  public RobustList(int tid) {
    this.tid = tid;
  }

  /** Returns the address of its list of locks, a {@code struct robust_list_head}; 0 for none. */
  public long head() {
    return head;
  }

  /** Sets the address of the list of its locks; 0 for none. */
  public void head(long address) {
    head = address;
  }

  /** Sets the word that is cleared and woken as a futex when the thread ends; 0 for none. */
  public void childId(long address) {
    childId = address;
  }

  /** Cleans up, once; an address without memory ends the walk of the list. */
  void leave(Futexes futexes, FutexMemory memory, AddressSpace space) {
    Walk walk = new Walk(futexes, memory, space);
    try {
      walk.markLocks(head);
    } catch (ErrnoException nowhere) {
      head = 0;
    }
    try {
      walk.tellJoiner(childId);
    } catch (ErrnoException nowhere) {
      childId = 0;
    }
    head = 0;
    childId = 0;
  }

  /** A walk over one thread's locks, which are in one memory map. */
  private final class Walk {
    private final Futexes futexes;
    private final FutexMemory memory;
    private final AddressSpace space;

    Walk(Futexes futexes, FutexMemory memory, AddressSpace space) {
      this.futexes = futexes;
      this.memory = memory;
      this.space = space;
    }

    void markLocks(long list) throws ErrnoException {
      if (list == 0) {
        return;
      }
      long offset = word(list + Long.BYTES);
      long pending = word(list + 2 * Long.BYTES);
      long entry = word(list);
      for (int i = 0; i < MOST && node(entry) != list; i++) {
        long next = word(node(entry));
        if (node(entry) != node(pending)) {
          mark(node(entry) + offset, isPi(entry));
        }
        entry = next;
      }
      if (node(pending) != 0) {
        markPending(node(pending) + offset, isPi(pending));
      }
    }

    /** The lock that the thread was about to acquire or to release: list_op_pending. */
    private void markPending(long futex, boolean pi) throws ErrnoException {
      requireAligned(futex);
      if (!pi && (memory.load(futex) & TID) == 0) {
        wake(futex);
      } else {
        mark(futex, pi);
      }
    }

    private void mark(long futex, boolean pi) throws ErrnoException {
      requireAligned(futex);
      int before =
          memory.update(
              futex, value -> (value & TID) == tid ? (value & WAITERS) | OWNER_DIED : value);
      if ((before & TID) == tid && !pi && (before & WAITERS) != 0) {
        wake(futex);
      }
    }

    void tellJoiner(long address) throws ErrnoException {
      requireAligned(address);
      if (address != 0 && space.users() > 1) {
        memory.update(address, value -> 0);
        wake(address);
      }
    }

    private void wake(long futex) throws ErrnoException {
      futexes.wake(new Futexes.At(space, futex, FutexScope.SHARED), 1, Futexes.MATCH_ANY);
    }

    private static void requireAligned(long address) throws ErrnoException {
      if ((address & (Integer.BYTES - 1)) != 0) {
        throw new ErrnoException(
            Errno.EINVAL, "robust list: 0x%x: not a multiple of 4".formatted(address));
      }
    }

    private long word(long address) throws ErrnoException {
      requireAligned(address);
      long low = Integer.toUnsignedLong(memory.load(address));
      return low | (long) memory.load(address + Integer.BYTES) << Integer.SIZE;
    }
  }

  /** The lowest bit of a pointer marks locks with priority inheritance. */
  private static long node(long entry) {
    return entry & ~1;
  }

  private static boolean isPi(long entry) {
    return (entry & 1) != 0;
  }
}
