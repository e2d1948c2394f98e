package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.ByteSource;
import dev.nommu.image.TreeEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Determines the block size of a cramfs by unpacking a file; see {@link CramfsImage#blockSizeOf}.
 */
final class BlockSizeSearch {
  private BlockSizeSearch() {}

  static int of(ByteSource source) throws ErrnoException {
    try {
      Optional<CramfsNode> telling =
          telling(CramfsImage.open(source, CramfsFormat.DEFAULT_BLOCK_SIZE));
      return telling.isPresent() ? of(source, telling.get()) : CramfsFormat.DEFAULT_BLOCK_SIZE;
    } catch (ErrnoException damaged) {
      requireEio(damaged);
      return CramfsFormat.DEFAULT_BLOCK_SIZE;
    }
  }

  private static int of(ByteSource source, CramfsNode telling) throws ErrnoException {
    for (int size = CramfsFormat.DEFAULT_BLOCK_SIZE;
        size <= CramfsFormat.LARGEST_BLOCK_SIZE;
        size *= 2) {
      if (canBeRead(CramfsImage.open(source, size), telling)) {
        return size;
      }
    }
    return CramfsFormat.DEFAULT_BLOCK_SIZE;
  }

  /**
   * Returns the shortest file that has several blocks for any block size, otherwise the longest
   * that has several.
   */
  private static Optional<CramfsNode> telling(CramfsImage image) throws ErrnoException {
    List<CramfsNode> files =
        image.walk().stream()
            .map(TreeEntry::node)
            .filter(node -> node.kind().equals(Optional.of(FileKind.REGULAR)))
            .filter(node -> node.size() > CramfsFormat.DEFAULT_BLOCK_SIZE)
            .sorted(Comparator.comparingInt(CramfsNode::size))
            .toList();
    return files.stream()
        .filter(file -> file.size() > CramfsFormat.LARGEST_BLOCK_SIZE)
        .findFirst()
        .or(() -> files.reversed().stream().findFirst());
  }

  private static boolean canBeRead(CramfsImage image, CramfsNode file) throws ErrnoException {
    try {
      image.readAll(file);
      return true;
    } catch (ErrnoException malformed) {
      requireEio(malformed);
      return false;
    }
  }

  private static void requireEio(ErrnoException failure) throws ErrnoException {
    if (failure.errno() != Errno.EIO) {
      throw failure;
    }
  }
}
