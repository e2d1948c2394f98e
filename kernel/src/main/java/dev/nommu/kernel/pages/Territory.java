package dev.nommu.kernel.pages;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The memory that belongs to one plugin: the only place for its direct mappings. Thread-safe. */
public final class Territory {
  /** A part of a territory. */
  @FunctionalInterface
  public interface Part {
    /** Returns whether all of these addresses belong to it. */
    boolean owns(long address, long length);

    /**
     * Prevents memory from being reused, even if the plugin frees it, because a mapping shows it
     * (rule TRUNC-07).
     *
     * @param range addresses that belong to it
     */
    default Hold hold(AddressRange range) {
      return Hold.NONE;
    }
  }

  /** Memory held because a mapping shows it, even if its plugin frees it. */
  @FunctionalInterface
  public interface Hold {
    /** Holds nothing. */
    Hold NONE = () -> {};

    /** Releases the memory; to be called once. */
    void release();
  }

  /** Memory whose contents outlive the machine. */
  @FunctionalInterface
  public interface Durable {
    /**
     * Blocks until all stores are on the host's disk.
     *
     * @throws ErrnoException EIO
     */
    void sync() throws ErrnoException;
  }

  private final Presence presence = new Presence();
  private final List<Durable> durables = new CopyOnWriteArrayList<>();
  private final List<Part> parts = new CopyOnWriteArrayList<>();

  /** By their first address; no two overlap. */
  private final ConcurrentSkipListMap<Long, AddressRange> ranges = new ConcurrentSkipListMap<>();

  /** Creates a territory without memory. */
  public Territory() {}

  /** Returns the presence of the device that has the territory. */
  public Presence presence() {
    return presence;
  }

  /** Adds a range of addresses that overlaps no other range. */
  public void add(AddressRange range) {
    ranges.put(range.start(), range);
  }

  private boolean isInARange(long address, long length) {
    Map.Entry<Long, AddressRange> below = ranges.floorEntry(address);
    return below != null && below.getValue().contains(address, length);
  }

  /** Adds another part. */
  public void add(Part part) {
    parts.add(part);
  }

  /** Adds everything that another territory has, now and later. */
  public void add(Territory other) {
    parts.add(
        new Part() {
          @Override
          public boolean owns(long address, long length) {
            return other.owns(address, length);
          }

          @Override
          public Hold hold(AddressRange range) {
            return other.hold(range);
          }
        });
  }

  /** Adds memory that {@link #sync} flushes to the host's disk. */
  public void add(Durable memory) {
    durables.add(memory);
  }

  /** Returns whether there is memory for {@link #sync} to flush. */
  public boolean isDurable() {
    return !durables.isEmpty();
  }

  /**
   * Flushes durable memory to the host's disk.
   *
   * @throws ErrnoException EIO
   */
  public void sync() throws ErrnoException {
    for (Durable memory : durables) {
      memory.sync();
    }
  }

  /** Returns whether all of these addresses belong to one part of the territory. */
  public boolean owns(long address, long length) {
    for (Part part : parts) {
      if (part.owns(address, length)) {
        return true;
      }
    }
    return isInARange(address, length);
  }

  /** Holds memory of one part of the territory; see {@link Part#hold}. */
  public Hold hold(AddressRange range) {
    for (Part part : parts) {
      if (part.owns(range.start(), range.length())) {
        return part.hold(range);
      }
    }
    return Hold.NONE;
  }
}
