package dev.nommu.kernel.pages;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The memory that belongs to one plugin: the only place its direct mappings may lie. Thread-safe.
 */
public final class Territory {
  /** A part of a territory. */
  @FunctionalInterface
  public interface Part {
    /** Returns whether all of these addresses belong to it. */
    boolean owns(long address, long length);

    /**
     * Keeps memory from being used for anything else, even if the plugin gives it back, because a
     * mapping shows it (rule TRUNC-07).
     *
     * @param range belongs to it
     */
    default Hold hold(AddressRange range) {
      return Hold.NONE;
    }
  }

  /** Memory that a mapping shows, whatever its plugin does. */
  @FunctionalInterface
  public interface Hold {
    /** Holds nothing. */
    Hold NONE = () -> {};

    /** Lets go of the memory; to be called once. */
    void release();
  }

  /** Memory whose content outlives the machine. */
  @FunctionalInterface
  public interface Durable {
    /**
     * Returns when what was stored is on the host's disk.
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

  /** Returns whether what has the territory is there. */
  public Presence presence() {
    return presence;
  }

  /** Adds a range of addresses, which overlaps no other range. */
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

  /** Adds all that another territory has, now and later. */
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

  /** Adds memory that {@link #sync} is to bring to the host's disk. */
  public void add(Durable memory) {
    durables.add(memory);
  }

  /** Returns whether {@link #sync} has something to do. */
  public boolean isDurable() {
    return !durables.isEmpty();
  }

  /**
   * Brings what was stored in durable memory to the host's disk.
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

  /** Holds memory of one part of the territory, as {@link Part#hold} says. */
  public Hold hold(AddressRange range) {
    for (Part part : parts) {
      if (part.owns(range.start(), range.length())) {
        return part.hold(range);
      }
    }
    return Hold.NONE;
  }
}
