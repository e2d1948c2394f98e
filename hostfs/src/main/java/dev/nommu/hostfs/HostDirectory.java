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
 * A directory of the host. Regular files and directories can be made in it; links, devices and
 * pipes cannot (EPERM): they would mean something to the host.
 */
final class HostDirectory extends HostInode implements Directory, Syncable {

  HostDirectory(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
  }

  /**
   * Returns what a name stands for.
   *
   * @throws ErrnoException EINVAL if it is not a plain name here or on the host; what the host says
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
   * Makes a regular file or a directory.
   *
   * @throws ErrnoException EPERM for any other kind; EINVAL if it is not a plain name here or on
   *     the host; what the host says
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
              "create " + location + ": links, devices, pipes and sockets stay off the host");
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
   * Makes a regular file that loses its name, which begins with {@code .nommu-}, when it is opened.
   *
   * @throws ErrnoException what the host says
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

  /** Returns a name that nobody else has, for a moment. */
  private static String passingName() {
    return ".nommu-" + UUID.randomUUID();
  }

  private void createFile(Location location) throws IOException {
    tree().open(location, Set.of(WRITE, CREATE_NEW, NOFOLLOW_LINKS)).close();
  }

  /**
   * Removes a name; a file that is open stays good.
   *
   * @throws ErrnoException ENOENT; EISDIR; what the host says
   */
  @Override
  public void unlink(String name) throws ErrnoException {
    HostInode child = require(name);
    if (child.kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.EISDIR, "unlink " + name + ": it is a directory");
    }
    Location location = location().child(name);
    HostCall.act("unlink", location, () -> tree().deleteFile(location));
    fileSystem().removed(child);
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOENT; ENOTDIR; ENOTEMPTY; what the host says
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
   * Moves a name, replacing what is there. Nothing happens if both are names of one file; where the
   * host does not tell the two names apart, the file has the new one afterwards.
   *
   * @throws ErrnoException EXDEV if the target is of another file system; ENOENT; EISDIR, ENOTDIR
   *     or ENOTEMPTY if what is there cannot be replaced by what comes; what the host says
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

  /** A host without file keys shows a file under another spelling as if it were another one. */
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

  /** The host takes a move to another spelling for one that is done: it goes by another name. */
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
      throw new ErrnoException(Errno.EISDIR, operation + ": a directory is there");
    }
    if (!directory && moved.kind() == FileKind.DIRECTORY) {
      throw new ErrnoException(Errno.ENOTDIR, operation + ": not a directory");
    }
  }

  /** Returns at once: the host keeps names by itself. */
  @Override
  public void fsync() {}

  @Override
  Inode self() {
    return this;
  }
}
