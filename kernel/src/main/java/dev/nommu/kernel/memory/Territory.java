package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import java.util.List;
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
  }

  private final List<Part> parts = new CopyOnWriteArrayList<>();

  /** Creates a territory without memory. */
  public Territory() {}

  /** Adds a range of addresses. */
  public void add(AddressRange range) {
    parts.add(range::contains);
  }

  /** Adds another part. */
  public void add(Part part) {
    parts.add(part);
  }

  /** Returns whether all of these addresses belong to one part of the territory. */
  public boolean owns(long address, long length) {
    return parts.stream().anyMatch(part -> part.owns(address, length));
  }
}
