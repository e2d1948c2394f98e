package dev.nommu.kernel.mmap;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The capabilities that remain while a request is planned: a set of {@link MapCapability} in one
 * word.
 *
 * @param bits BDI_CAP bits
 */
public record Capabilities(int bits) {
  /** No capability. */
  public static final Capabilities NONE = new Capabilities(0);

  /** Returns those of a backing device. */
  public static Capabilities of(BackingDeviceInfo backing) {
    int bits = 0;
    for (MapCapability each : backing.capabilities()) {
      bits |= each.bit();
    }
    return new Capabilities(bits);
  }

  /** Returns the defaults of a file that gives none; empty where there is no default (BDI-03). */
  public static Capabilities byDefault(FileKind kind) {
    return switch (kind) {
      case REGULAR, BLOCK_DEVICE -> of(BackingDeviceInfo.COPY);
      case CHARACTER_DEVICE -> of(BackingDeviceInfo.DIRECT_READ_WRITE);
      case DIRECTORY, SYMBOLIC_LINK, FIFO, SOCKET -> NONE;
    };
  }

  /** Returns whether the set contains this capability. */
  public boolean has(MapCapability capability) {
    return (bits & capability.bit()) != 0;
  }

  /** Returns the set without this one. */
  public Capabilities without(MapCapability capability) {
    return new Capabilities(bits & ~capability.bit());
  }

  /** Returns the names, separated by blanks, or {@code "none"}. */
  @Override
  public String toString() {
    return bits == 0
        ? "none"
        : Arrays.stream(MapCapability.values())
            .filter(this::has)
            .map(MapCapability::name)
            .collect(Collectors.joining(" "));
  }
}
