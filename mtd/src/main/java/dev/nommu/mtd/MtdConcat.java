package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several devices of one type combined into one, as by {@code mtdconcat} (rule MTD-20). A request
 * that spans two of them goes to both, the lower first.
 */
final class MtdConcat implements MtdOperations {
  private final List<Part> parts;
  private final Profile profile;

  private record Part(Mtd mtd, long start) {
    long end() {
      return start + mtd.size();
    }
  }

  /** The part of a request that lies in one of the devices, and its offset in the request. */
  private record Piece(Mtd mtd, long offset, long length, long done) {
    MemorySegment of(MemorySegment bytes) {
      return bytes.asSlice(done, length);
    }
  }

  private MtdConcat(List<Part> parts, Profile profile) {
    this.parts = parts;
    this.profile = profile;
  }

  /**
   * Returns one MTD of several.
   *
   * @param name its name
   * @param mtds 1 or more; a single one is returned as it is
   */
  static Mtd of(String name, List<Mtd> mtds, Profile profile) {
    if (mtds.size() == 1) {
      return mtds.getFirst();
    }
    List<Part> parts = new ArrayList<>();
    List<EraseRegion> regions = new ArrayList<>();
    long size = 0;
    for (Mtd mtd : mtds) {
      parts.add(new Part(mtd, size));
      addRegions(mtd.info(), size, regions);
      size += mtd.size();
    }
    long largest = mtds.stream().mapToLong(mtd -> mtd.info().eraseSize()).max().orElseThrow();
    MtdType type = mtds.getFirst().info().type();
    return new Mtd(
        new MtdInfo(
            name, type, flags(mtds), size, largest, regions.size() > 1 ? regions : List.of()),
        new MtdConcat(List.copyOf(parts), profile));
  }

  /** Adjacent runs of blocks of one size are merged. */
  private static void addRegions(MtdInfo info, long start, List<EraseRegion> regions) {
    for (EraseRegion region : blocksOf(info)) {
      EraseRegion moved =
          new EraseRegion(start + region.offset(), region.blockSize(), region.blocks());
      if (!regions.isEmpty() && regions.getLast().blockSize() == moved.blockSize()) {
        EraseRegion before = regions.removeLast();
        moved =
            new EraseRegion(before.offset(), before.blockSize(), before.blocks() + moved.blocks());
      }
      regions.add(moved);
    }
  }

  private static List<EraseRegion> blocksOf(MtdInfo info) {
    return info.regions().isEmpty()
        ? List.of(new EraseRegion(0, info.eraseSize(), info.size() / info.eraseSize()))
        : info.regions();
  }

  /** Writable if one of the devices is. */
  private static Set<MtdFlag> flags(List<Mtd> mtds) {
    Set<MtdFlag> flags = EnumSet.noneOf(MtdFlag.class);
    mtds.forEach(mtd -> flags.addAll(mtd.info().flags()));
    return flags;
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    for (Piece piece : pieces(offset, into.byteSize())) {
      piece.mtd.read(piece.of(into), piece.offset);
    }
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    for (Piece piece : pieces(offset, from.byteSize())) {
      piece.mtd.write(piece.of(from), piece.offset);
    }
  }

  @Override
  public void erase(long offset, long length) throws ErrnoException {
    for (Piece piece : pieces(offset, length)) {
      piece.mtd.erase(piece.offset, piece.length);
    }
  }

  private List<Piece> pieces(long offset, long length) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : parts) {
      long from = Math.max(offset, part.start);
      long to = Math.min(offset + length, part.end());
      if (from < to) {
        pieces.add(new Piece(part.mtd, from - part.start, to - from, from - offset));
      }
    }
    return pieces;
  }

  /**
   * In the document's profile a range within one of the devices is addressable (rule MTD-13);
   * mtdconcat in Linux 6.12 has no {@code _point}.
   *
   * @throws ErrnoException EINVAL if the range spans two devices
   */
  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    if (profile == Profile.LINUX_6_12) {
      return Optional.empty();
    }
    List<Piece> pieces = pieces(offset, length);
    if (pieces.size() != 1) {
      throw new ErrnoException(
          Errno.EINVAL,
          "point of 0x%x bytes at 0x%x: expected a range in one of %d devices, found %d"
              .formatted(length, offset, parts.size(), pieces.size()));
    }
    Piece piece = pieces.getFirst();
    return piece.mtd.point(piece.offset, piece.length);
  }

  @Override
  public Optional<BlockLocks> locks() {
    return Optional.of(new Locks());
  }

  private final class Locks implements BlockLocks {
    @Override
    public void lock(long offset, long length) throws ErrnoException {
      for (Piece piece : pieces(offset, length)) {
        piece.mtd.locks().lock(piece.offset, piece.length);
      }
    }

    @Override
    public void unlock(long offset, long length) throws ErrnoException {
      for (Piece piece : pieces(offset, length)) {
        piece.mtd.locks().unlock(piece.offset, piece.length);
      }
    }

    @Override
    public boolean isLocked(long offset, long length) throws ErrnoException {
      for (Piece piece : pieces(offset, length)) {
        if (piece.mtd.locks().isLocked(piece.offset, piece.length)) {
          return true;
        }
      }
      return false;
    }
  }
}
