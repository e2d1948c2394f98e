package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;

/** A regular file. */
record RomfsRegularFile(RomfsFileSystem fileSystem, RomfsNode node) implements RegularFile {
  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, node.size());
  }

  /**
   * Opens the file for reading (rule ROMFS-06).
   *
   * @throws ErrnoException EROFS for writing
   */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    return new RomfsOpenFile(fileSystem.image(), fileSystem.store(), node);
  }
}
