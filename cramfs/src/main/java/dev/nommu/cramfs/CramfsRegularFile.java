package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;

/**
 * A regular file of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the node
 */
record CramfsRegularFile(CramfsFileSystem fileSystem, CramfsNode node) implements RegularFile {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }

  /** Opens the file; if the image cannot be mapped in place, the slots for that are empty. */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    CramfsContent content = fileSystem.image().content(node);
    return fileSystem
        .inPlace()
        .<OpenFile>map(image -> new DirectFile(content, node, image))
        .orElseGet(() -> new CopiedFile(content));
  }
}
