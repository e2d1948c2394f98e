package dev.nommu.hostfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Syncable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A directory of the host. Regular files and directories can be created in it; links, devices and
 * pipes cannot (EPERM), since they would take effect on the host.
 */
final class HostDirectory extends HostInode implements Directory, Syncable {

  HostDirectory(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
  }

  /**
   * Returns the inode of a name.
   *
   * @throws ErrnoException EINVAL if it is not a plain name here or on the host; the host's errors
   */
  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
    return find(name).map(HostInode::self);
  }

  private Optional<HostInode> find(String name) throws ErrnoException {
    Location location = location().child(name);
    try {
      HostAttributes found = HostCall.run("stat", location, () -> tree().attributes(location));
      return Optional.of(inode(name, found));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private HostInode inode(String name, HostAttributes found) {
    return fileSystem().inode(new Position.Named(this, name), found);
  }

  private HostInode require(String name) throws ErrnoException {
    return find(name)
        .orElseThrow(
            () -> new ErrnoException(Errno.ENOENT, name + ": no such name in inode " + number()));
  }

  /** Returns the entries in alphabetical order. */
  @Override
  public List<DirectoryEntry> entries() throws ErrnoException {
    Location location = location();
    Map<String, HostAttributes> found =
        HostCall.run("readdir", location, () -> tree().list(location));
    return found.entrySet().stream().map(this::entry).toList();
  }

  private DirectoryEntry entry(Map.Entry<String, HostAttributes> found) {
    HostInode inode = inode(found.getKey(), found.getValue());
    return DirectoryEntry.of(found.getKey(), inode.number(), inode.kind());
  }

  /**
   * Creates a regular file or a directory.
   *
   * @throws ErrnoException EPERM for any other kind; EINVAL if it is not a plain name here or on
   *     the host; the host's errors
   */
  @Override
  public Inode create(String name, NewInode what) throws ErrnoException {
    Location location = location().child(name);
    switch (what) {
      case NewInode.RegularFile _ -> HostCall.act("create", location, () -> createFile(location));
      case NewInode.Directory _ ->
          HostCall.act("mkdir", location, () -> tree().createDirectory(location));
      case NewInode.SymbolicLink _, NewInode.DeviceFile _, NewInode.Fifo _, NewInode.Socket _ ->
          throw new ErrnoException(
              Errno.EPERM,
              "create "
                  + location
                  + ": links, devices, pipes and sockets cannot be created on the host");
    }
    return given(require(name), what).self();
  }

  private static HostInode given(HostInode made, NewInode what) throws ErrnoException {
    if (made.hasModes()) {
      made.chmod(what.permissions());
    }
    made.belongsTo(what.owner());
    return made;
  }

  /**
   * Creates a regular file whose name, which begins with {@code .nommu-}, is removed when it is
   * opened.
   *
   * @throws ErrnoException the host's errors
   */
  @Override
  public RegularFile tmpfile(NewInode what) throws ErrnoException {
    String name = passingName();
    Location location = location().child(name);
    HostCall.act("create", location, () -> createFile(location));
    HostAttributes found = HostCall.run("stat", location, () -> tree().attributes(location));
    HostInode made = fileSystem().temporary(new Position.Named(this, name), found);
    return (RegularFile) given(made, what).self();
  }

  /** Returns a unique temporary name. */
  private static String passingName() {
    return ".nommu-" + UUID.randomUUID();
  }

  private void createFile(Location location) throws IOException {
    tree().open(location, Set.of(WRITE, CREATE_NEW, NOFOLLOW_LINKS)).close();
  }

  /**
   * Removes a name; open files stay usable.
   *
   * @throws ErrnoException ENOENT; EISDIR; the host's errors
   */
  @Override
  public void unlink(String name) throws ErrnoException {
    HostInode child = require(name);
    if (child.kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EISDIR, "unlink " + name + ": is a directory");
    }
    Location location = location().child(name);
    HostCall.act("unlink", location, () -> tree().deleteFile(location));
    fileSystem().removed(child);
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOENT; ENOTDIR; ENOTEMPTY; the host's errors
   */
  @Override
  public void rmdir(String name) throws ErrnoException {
    HostInode child = require(name);
    if (child.kind() != FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.ENOTDIR, "rmdir " + name + ": not a directory");
    }
    Location location = location().child(name);
    HostCall.act("rmdir", location, () -> tree().deleteDirectory(location));
    fileSystem().removed(child);
  }

  /**
   * Renames, replacing any existing target. Nothing happens if both are names of the same file; if
   * the host does not distinguish the two names, the file has the new one afterwards.
   *
   * @throws ErrnoException EXDEV if the target is of another file system; ENOENT; EISDIR, ENOTDIR
   *     or ENOTEMPTY if the existing target cannot be replaced; the host's errors
   */
  @Override
  public void rename(String name, Directory target, String newName) throws ErrnoException {
    HostDirectory to = fileSystem().own(target);
    HostInode moved = require(name);
    Optional<HostInode> found = to.find(newName);
    if (found.isPresent() && isSelf(moved, found.get(), new Position.Named(to, newName))) {
      if (!to.lists(newName)) {
        respell(moved, to, newName);
      }
      return;
    }
    if (found.isPresent()) {
      requireSameKind("rename " + name + " to " + newName, moved, found.get());
    }
    Location from = location().child(name);
    Location destination = to.location().child(newName);
    HostCall.act("rename", from, () -> tree().move(from, destination));
    found.ifPresent(fileSystem()::removed);
    fileSystem().renamed(moved, new Position.Named(to, newName));
  }

  /** A host without file keys reports a file under another spelling as a different file. */
  private static boolean isSelf(HostInode moved, HostInode found, Position.Named as) {
    return found.equals(moved)
        || (found.hostKey().isEmpty()
            && moved.position() instanceof Position.Named(HostDirectory parent, String name)
            && parent.equals(as.parent())
            && name.equalsIgnoreCase(as.name()));
  }

  private boolean lists(String name) throws ErrnoException {
    Location location = location();
    return HostCall.run("readdir", location, () -> tree().list(location).containsKey(name));
  }

  /**
   * The host treats a move to another spelling as already done, so the move goes through a
   * temporary name.
   */
  private void respell(HostInode moved, HostDirectory to, String newName) throws ErrnoException {
    Location from = moved.location();
    Location destination = to.location().child(newName);
    Location between = to.location().child(passingName());
    HostCall.act("rename", from, () -> tree().move(from, between));
    try {
      HostCall.act("rename", from, () -> tree().move(between, destination));
    } catch (ErrnoException failure) {
      HostCall.act("rename", from, () -> tree().move(between, from));
      throw failure;
    }
    fileSystem().renamed(moved, new Position.Named(to, newName));
  }

  private static void requireSameKind(String operation, HostInode moved, HostInode replaced)
      throws ErrnoException {
    boolean directory = replaced.kind() == FileKind.DIRECTORY;
    if (directory && moved.kind() != FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EISDIR, operation + ": the target is a directory");
    }
    if (!directory && moved.kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.ENOTDIR, operation + ": the target is not a directory");
    }
  }

  /** Returns at once: names are stored by the host. */
  @Override
  public void fsync() {}

  @Override
  Inode self() {
    return this;
  }
}
