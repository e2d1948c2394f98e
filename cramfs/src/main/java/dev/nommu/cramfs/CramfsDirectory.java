package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.SeekableDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the node
 */
record CramfsDirectory(CramfsFileSystem fileSystem, CramfsNode node) implements SeekableDirectory {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }

  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
    Optional<CramfsNode> child = fileSystem.image().lookup(node, name);
    return child.isEmpty() ? Optional.empty() : Optional.of(inode(child.get()));
  }

  @Override
  public List<DirectoryEntry> entries() throws ErrnoException {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (CramfsNode child : fileSystem.image().children(node)) {
      entries.add(DirectoryEntry.of(child.name(), child.number(), child.requireKind()));
    }
    return entries;
  }

  /** Positions are offsets in the directory, as in Linux; "." and ".." are not stored in it. */
  @Override
  public List<DirectoryEntry> entries(long position, int limit) throws ErrnoException {
    return fileSystem.image().entries(node, position, limit);
  }

  private Inode inode(CramfsNode child) throws ErrnoException {
    return switch (child.requireKind()) {
      case REGULAR -> new CramfsRegularFile(fileSystem, child);
      case DIRECTORY -> new CramfsDirectory(fileSystem, child);
      case SYMBOLIC_LINK -> new CramfsSymbolicLink(fileSystem, child);
      case CHARACTER_DEVICE -> new CramfsDeviceFile(fileSystem, child, DeviceFile.Kind.CHARACTER);
      case BLOCK_DEVICE -> new CramfsDeviceFile(fileSystem, child, DeviceFile.Kind.BLOCK);
      case FIFO -> new CramfsFifo(fileSystem, child);
      case SOCKET -> new CramfsSocket(fileSystem, child);
    };
  }
}
