package dev.nommu.devicetree;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Files relative to the including file.
 *
 * @param fs their file system; names of sources are its paths
 */
record SiblingFiles(FileSystem fs) implements Includes {
  @Override
  public Source open(String including, String requested) throws IOException {
    FileContent content = FileContent.read(sibling(including, requested));
    return new Source(content.name(), content.text());
  }

  @Override
  public byte[] bytes(String including, String requested, long offset, int most)
      throws IOException {
    Path file = sibling(including, requested);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      return in.readNBytes(most);
    } catch (EOFException endsBefore) {
      return new byte[0];
    }
  }

  private Path sibling(String including, String requested) throws IOException {
    try {
      return fs.getPath(including).resolveSibling(requested).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }
}
