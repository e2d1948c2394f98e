package dev.nommu.nio;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.Inode;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Syncable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory whose inodes are counted while they have names.
 *
 * @param own the directory of the file system
 * @param inodes counts them
 */
record QuotaDirectory(Directory own, InodeCount inodes)
    implements Directory, Syncable, FlaggedInode {
  private Inode counted(Inode inode) {
    return inode instanceof Directory directory ? new QuotaDirectory(directory, inodes) : inode;
  }

  private static Inode own(Inode inode) {
    return inode instanceof QuotaDirectory(Directory own, InodeCount _) ? own : inode;
  }

  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
    return own.lookup(name).map(this::counted);
  }

  @Override
  public List<DirectoryEntry> entries() throws ErrnoException {
    return own.entries();
  }

  @Override
  public Inode create(String name, NewInode what) throws ErrnoException {
    return counted(inodes.naming(name, () -> own.create(name, what)));
  }

  /**
   * Creates a file without a name, which never gets one: ramfs does not link an inode without
   * links.
   */
  @Override
  public RegularFile tmpfile(NewInode what) throws ErrnoException {
    return own.tmpfile(what);
  }

  @Override
  public void link(String name, Inode inode) throws ErrnoException {
    own.link(name, inode);
  }

  @Override
  public void unlink(String name) throws ErrnoException {
    Optional<Inode> victim = own.lookup(name);
    inodes.unnaming(() -> {
      own.unlink(name);
      return isUnnamed(victim);
    });
  }

  @Override
  public void rmdir(String name) throws ErrnoException {
    Optional<Inode> victim = own.lookup(name);
    inodes.unnaming(() -> {
      own.rmdir(name);
      return isUnnamed(victim);
    });
  }

  @Override
  public void rename(String name, Directory target, String newName) throws ErrnoException {
    Directory to = (Directory) own(target);
    Optional<Inode> victim = to.lookup(newName);
    inodes.unnaming(() -> {
      own.rename(name, to, newName);
      return isUnnamed(victim);
    });
  }

  private static boolean isUnnamed(Optional<Inode> victim) throws ErrnoException {
    return victim.isPresent() && victim.get().attributes().links() == 0;
  }

  @Override
  public long number() {
    return own.number();
  }

  @Override
  public Attributes attributes() throws ErrnoException {
    return own.attributes();
  }

  @Override
  public void chmod(int permissions) throws ErrnoException {
    own.chmod(permissions);
  }

  @Override
  public void chown(Owner owner, int permissions) throws ErrnoException {
    own.chown(owner, permissions);
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) throws ErrnoException {
    own.setTimes(accessed, modified);
  }

  @Override
  public void fsync() throws ErrnoException {
    if (own instanceof Syncable syncable) {
      syncable.fsync();
    }
  }

  @Override
  public Set<InodeFlag> flags() throws ErrnoException {
    return own instanceof FlaggedInode flagged ? flagged.flags() : Set.of();
  }

  @Override
  public void setFlags(Set<InodeFlag> flags) throws ErrnoException {
    if (own instanceof FlaggedInode flagged) {
      flagged.setFlags(flags);
    }
  }
}
