package dev.nommu.tck.fs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.OpenFlags;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory that is read in small pieces, as {@code linux_dirent64}.
 *
 * @param mounted where it is
 * @param descriptor the open directory
 */
record DirectoryPieces(Mounted mounted, int descriptor) {
  /** Space for the longest name, or for a few short ones. */
  private static final int ROOM = 280;

  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  static DirectoryPieces of(Mounted mounted, String path) throws ErrnoException {
    return new DirectoryPieces(mounted, mounted.task().open(path, OpenFlags.O_RDONLY));
  }

  /** Returns the names in the next piece without "." and ".."; none at the end. */
  List<String> next() throws ErrnoException {
    byte[] room = new byte[ROOM];
    List<String> names = new ArrayList<>();
    int end = 1;
    while (names.isEmpty() && end > 0) {
      end = (int) mounted.task().descriptors().getdents(descriptor, MemorySegment.ofArray(room));
      ByteBuffer records = ByteBuffer.wrap(room, 0, end).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < end; at += records.getShort(at + LENGTH_AT)) {
        names.add(name(room, at + NAME_AT));
      }
      names.removeAll(List.of(".", ".."));
    }
    return names;
  }

  /** Returns all following names, but not many more than these. */
  List<String> rest(int expected) throws ErrnoException {
    List<String> names = new ArrayList<>();
    List<String> piece = next();
    while (!piece.isEmpty() && names.size() <= expected) {
      names.addAll(piece);
      piece = next();
    }
    return names;
  }

  private static String name(byte[] room, int from) {
    int end = from;
    while (room[end] != 0) {
      end++;
    }
    return FileNames.decode(Arrays.copyOfRange(room, from, end));
  }
}
