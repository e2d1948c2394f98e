package dev.nommu.kernel.mmap;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.FileKind;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.ReadableFile;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The facts about a file and its mapper that the planner needs.
 *
 * @param kind the kind of inode
 * @param slots the operations the file has
 * @param mode the access mode the file was opened with
 * @param backing the driver's backing device information; empty for the defaults
 * @param traits other properties that matter; immutable
 */
public record FileFacts(
    FileKind kind,
    Set<Slot> slots,
    AccessMode mode,
    Optional<BackingDeviceInfo> backing,
    Set<Trait> traits) {
  /** The operations of a file that affect mappings. */
  public enum Slot {
    /** {@code read} or {@code read_iter}. */
    READ,
    /** {@code mmap}. */
    MMAP,
    /** {@code get_unmapped_area}. */
    GET_UNMAPPED_AREA;

    private static final ClassValue<Set<Slot>> BY_CLASS =
        new ClassValue<>() {
          @Override
          protected Set<Slot> computeValue(Class<?> type) {
            return Collections.unmodifiableSet(ofClass(type));
          }
        };

    /** Returns those of a plugin's file: the interfaces that its class implements. */
    public static Set<Slot> of(OpenFile file) {
      return BY_CLASS.get(file.getClass());
    }

    private static Set<Slot> ofClass(Class<?> file) {
      Set<Slot> slots = EnumSet.noneOf(Slot.class);
      if (ReadableFile.class.isAssignableFrom(file)) {
        slots.add(READ);
      }
      if (MappableFile.class.isAssignableFrom(file)) {
        slots.add(MMAP);
      }
      if (DirectlyMappableFile.class.isAssignableFrom(file)) {
        slots.add(GET_UNMAPPED_AREA);
      }
      return slots;
    }
  }

  /** Properties of the file's inode and mount, and of the calling process. */
  public enum Trait {
    /** The inode is append-only (rule MMAP-15). */
    APPEND_ONLY,
    /** The file lies on a mount with MS_NOEXEC (rule MMAP-21a). */
    NOEXEC,
    /** The caller is being traced (rule FLAGS-08). */
    TRACED
  }

  /** Returns the file's capabilities: those given, else the defaults (rules BDI-02, BDI-03). */
  public Capabilities capabilities() {
    return backing.map(Capabilities::of).orElseGet(() -> Capabilities.byDefault(kind));
  }

  /** Returns the same facts with this trait. */
  public FileFacts with(Trait trait) {
    Set<Trait> more = EnumSet.of(trait);
    more.addAll(traits);
    return new FileFacts(kind, slots, mode, backing, more);
  }

  /** Returns whether the file has this operation. */
  public boolean has(Slot slot) {
    return slots.contains(slot);
  }

  /** Returns whether this holds. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }
}
