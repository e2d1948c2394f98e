package dev.nommu.kernel.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.Place;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The contents of a part at power-on, as defined by the board.
 *
 * @param part the name of the part
 * @param ranges its addresses; its bytes fill them in order
 * @param contents its contents; those given by address lie in a range
 */
record PartContents(String part, List<AddressRange> ranges, List<Content> contents) {
  /** Returns the size of the part in bytes. */
  long length() {
    return ranges.stream().mapToLong(AddressRange::length).sum();
  }

  /** Returns the persistent content that holds the whole part, or empty if there is none. */
  Optional<Content> kept() {
    return contents.stream().filter(one -> one.keeping() == Keeping.PERSISTENT).findFirst();
  }

  /**
   * Checks that a content is the only one and begins at the start of the part.
   *
   * @throws ErrnoException EINVAL
   */
  void requireAlone(Content kept) throws ErrnoException {
    if (contents.size() > 1 || offset(kept) != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s at %s: expected one persistent image from its first byte on, found %d and %s at 0x%x"
              .formatted(part, ranges, contents.size(), kept.image(), offset(kept)));
    }
  }

  /**
   * Checks that no content is persistent: RAM is lost with the machine.
   *
   * @throws ErrnoException EINVAL
   */
  void requireCopied() throws ErrnoException {
    Optional<Content> kept = kept();
    if (kept.isPresent()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: image %s: expected a device to hold a persistent image, found RAM"
              .formatted(part, kept.get().image()));
    }
  }

  /**
   * Loads all contents into the memory of the part.
   *
   * @throws ErrnoException EINVAL if one extends past the end of the part or is to be read-only,
   *     EIO
   */
  void load(MemorySegment memory, HostImages images) throws ErrnoException {
    for (Content content : contents) {
      images.use(content, () -> load(content, memory));
    }
  }

  private MemorySegment load(Content content, MemorySegment memory) throws ErrnoException {
    requireWritable(content);
    try (ImageFile image = ImageFile.openReadOnly(content.image())) {
      requireFits(content, image.size());
      MemorySegment place = memory.asSlice(offset(content), image.size());
      image.read(place, 0);
      return place;
    }
  }

  private void requireWritable(Content content) throws ErrnoException {
    if (content.keeping() == Keeping.READ_ONLY) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: image %s: expected a disk for a read-only image, found memory: without an MMU every"
                  .formatted(part, content.image())
              + " store lands");
    }
  }

  /**
   * Checks that an image does not extend past the end of the part.
   *
   * @throws ErrnoException EINVAL
   */
  void requireFits(Content content, long size) throws ErrnoException {
    long room = length() - offset(content);
    if (size > room) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: image %s: expected at most 0x%x bytes at 0x%x, found 0x%x"
              .formatted(part, content.image(), room, start(content), size));
    }
  }

  private long offset(Content content) {
    return switch (content.place()) {
      case Place.OfNode node -> 0;
      case Place.AtAddress(long address) -> offset(address);
    };
  }

  private long start(Content content) {
    return switch (content.place()) {
      case Place.OfNode node -> ranges.getFirst().start();
      case Place.AtAddress(long address) -> address;
    };
  }

  private long offset(long address) {
    long before = 0;
    for (AddressRange range : ranges) {
      if (range.contains(address, 1)) {
        return before + address - range.start();
      }
      before += range.length();
    }
    throw new IllegalArgumentException("0x%x: not in %s".formatted(address, ranges));
  }
}
