package dev.nommu.kernel.rules;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Profile;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.MappedPages;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * The mapping rules of a machine, without the machine: each request is for a file that has only
 * facts and a driver. It finds memory in which nothing is mapped and a block of 4 MiB is free, and
 * leaves it that way. Not thread-safe.
 */
public final class MmapRules implements AutoCloseable {
  /** The memory of the drivers of all files, where a direct mapping may lie. */
  public static final AddressRange STORE = new AddressRange(1L << 32, Long.MAX_VALUE - (1L << 32));

  private static final Ram RAM = Ram.of(new AddressRange(0x8000_0000L, 0x80_0000));
  private static final int PID = 1;

  private final Arena arena;
  private final Mapper mapper;
  private final Unmapper unmapper;
  private final Caller caller = new Caller(new AddressSpace(0, 0), PID, "rules");

  private MmapRules(Profile profile, Arena arena) throws ErrnoException {
    KernelLog log = new KernelLog();
    PhysicalMemory memory = new PhysicalMemory(RAM, arena);
    MappedPages pages =
        new MappedPages(new BuddyAllocator(RAM, List.of(), BuddyAllocator.MAX_PAGE_ORDER));
    this.arena = arena;
    this.mapper = new Mapper(memory, pages, profile, log, Sanitizer.OFF);
    this.unmapper = new Unmapper(pages, log, Sanitizer.OFF);
  }

  /**
   * Returns the rules of a profile.
   *
   * @throws ErrnoException ENOMEM if the host has no memory for copies
   */
  public static MmapRules of(Profile profile) throws ErrnoException {
    return new MmapRules(profile, Arena.ofShared());
  }

  /**
   * Maps anonymous memory, and unmaps it again.
   *
   * @param trail receives the reasons
   * @return the mapped region
   * @throws ErrnoException as defined by the rules of section MMAP; ENOMEM
   */
  public MappedRegion mapAnonymous(MmapArguments request, Trail trail) throws ErrnoException {
    try {
      return mapper.mapAnonymous(caller, request, trail).region();
    } finally {
      unmapper.unmapAll(caller);
    }
  }

  /**
   * Maps a part of a file, and unmaps it again.
   *
   * @param facts the facts of the file, which alone count, whatever else the driver implements or
   *     returns
   * @param driver decides about the mapping; {@link #STORE} belongs to it
   * @param trail receives the reasons
   * @return the mapped region
   * @throws ErrnoException as defined by the rules of section MMAP; what the driver throws; ENOMEM
   */
  public MappedRegion mapFile(MmapArguments request, FileFacts facts, OpenFile driver, Trail trail)
      throws ErrnoException {
    try {
      ImaginedFile file = new ImaginedFile(facts, driver, STORE);
      return mapper.mapFile(caller, file, facts, request, trail).region();
    } finally {
      unmapper.unmapAll(caller);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
