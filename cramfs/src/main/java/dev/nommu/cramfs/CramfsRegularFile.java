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
    return new NodeFacts(node).attributes();
  }

  @Override
  public void chmod(int permissions) throws ErrnoException {
    throw new NodeFacts(node).readOnly("chmod");
  }

  @Override
  public void truncate(long size) throws ErrnoException {
    throw new NodeFacts(node).readOnly("truncate");
  }

  /** Opens the file; where nothing is mapped in place, the slots for that are empty. */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    if (flags.writes()) {
      throw new NodeFacts(node).readOnly("open for writing");
    }
    CramfsContent content = fileSystem.image().content(node);
    return fileSystem
        .inPlace()
        .<OpenFile>map(image -> new DirectFile(content, node, image))
        .orElseGet(() -> new CopiedFile(content));
  }
}
