package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileNames;
import dev.nommu.api.Inode;
import dev.nommu.api.SeekableDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory; the nodes "." and ".." are not among its entries (rule ROMFS-18). */
record RomfsDirectory(RomfsFileSystem fileSystem, RomfsNode node) implements SeekableDirectory {
  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, node.metadataSize());
  }

  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
    int length = FileNames.length(name);
    if (length > RomfsFormat.LONGEST_NAME) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG,
          "lookup %s: expected %d bytes or less, found %d"
              .formatted(name, RomfsFormat.LONGEST_NAME, length));
    }
    Optional<RomfsNode> found = fileSystem.image().lookup(node, name);
    return found.isPresent() ? Optional.of(fileSystem.inode(found.get())) : Optional.empty();
  }

  @Override
  public List<DirectoryEntry> entries() throws ErrnoException {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (RomfsNode child : fileSystem.image().children(node)) {
      if (!child.isDotOrDotDot()) {
        Inode inode = fileSystem.inode(child);
        entries.add(DirectoryEntry.of(validName(child), inode.number(), FileKind.of(inode)));
      }
    }
    return entries;
  }

  /**
   * Positions are offsets of nodes; after the last one it is the end of the volume, as in Linux.
   */
  @Override
  public List<DirectoryEntry> entries(long position, int limit) throws ErrnoException {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (RomfsNode child : fileSystem.image().children(node, position, limit)) {
      Inode inode = fileSystem.inode(child);
      entries.add(
          DirectoryEntry.of(validName(child), inode.number(), FileKind.of(inode))
              .withNext(fileSystem.image().behind(child)));
    }
    return entries;
  }

  private static String validName(RomfsNode child) throws ErrnoException {
    if (child.name().isEmpty() || child.name().indexOf('/') >= 0) {
      throw new ErrnoException(
          Errno.EIO,
          "bad romfs: node at 0x%x: expected a name of 1 byte or more without \"/\", found \"%s\""
              .formatted(child.offset(), child.name()));
    }
    return child.name();
  }
}
