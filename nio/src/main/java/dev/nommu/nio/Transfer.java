package dev.nommu.nio;

import dev.nommu.api.Attributes;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Copies or moves one file, within a file system or from one to another. */
final class Transfer {
  private static final long MOST_AT_ONCE = 0x7ffff000L;
  private static final int PIECE = 64 << 10;
  private static final int NEW_FILE =
      OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_CLOEXEC;

  private final NommuPath source;
  private final NommuPath target;
  private final Set<CopyOption> options;
  private final Task from;
  private final Task to;
  private final TreeCalls tree;
  private final TreeCalls targetTree;

  Transfer(NommuPath source, NommuPath target, CopyOption... options) {
    for (CopyOption option : options) {
      if (!(Objects.requireNonNull(option) instanceof StandardCopyOption)
          && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("option " + option);
      }
    }
    this.source = source;
    this.target = target;
    this.options = Set.of(options);
    this.from = source.getFileSystem().task();
    this.to = target.getFileSystem().task();
    this.tree = from.tree();
    this.targetTree = to.tree();
  }

  private boolean has(CopyOption option) {
    return options.contains(option);
  }

  /** Copies the file, or the target of a symbolic link. */
  void copy() throws IOException {
    if (has(StandardCopyOption.ATOMIC_MOVE)) {
      throw new UnsupportedOperationException("ATOMIC_MOVE of a copy");
    }
    if (isTarget(status(Links.NOFOLLOW))) {
      return;
    }
    FileStatus file = status(has(LinkOption.NOFOLLOW_LINKS) ? Links.NOFOLLOW : Links.FOLLOW);
    if (makeWay(file)) {
      copy(file, has(StandardCopyOption.COPY_ATTRIBUTES));
    }
  }

  private FileStatus status(Links links) throws IOException {
    String path = source.forKernel();
    return Failures.call(source, () -> links == Links.FOLLOW ? tree.stat(path) : tree.lstat(path));
  }

  private boolean isWithin() {
    return source.getFileSystem() == target.getFileSystem();
  }

  /** Returns whether a file is the target. */
  private boolean isTarget(FileStatus file) throws IOException {
    return tree.isOfSameMachineAs(targetTree)
        && target().filter(there -> FileKey.of(there).equals(FileKey.of(file))).isPresent();
  }

  /** Returns whether there is anything to do, after removing an existing target. */
  private boolean makeWay(FileStatus file) throws IOException {
    if (isTarget(file)) {
      return false;
    }
    Optional<FileStatus> there = target();
    if (there.isEmpty()) {
      return true;
    }
    if (!has(StandardCopyOption.REPLACE_EXISTING)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Failures.run(target, () -> remove(targetTree, target, there.get()));
    return true;
  }

  private Optional<FileStatus> target() throws IOException {
    try {
      return Optional.of(targetTree.lstat(target.forKernel()));
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw Failures.of(target, failure);
    }
  }

  private static void remove(TreeCalls tree, NommuPath file, FileStatus status)
      throws ErrnoException {
    if (status.kind() == FileKind.DIRECTORY) {
      tree.rmdir(file.forKernel());
    } else {
      tree.unlink(file.forKernel());
    }
  }

  private void copy(FileStatus file, boolean withAttributes) throws IOException {
    try {
      make(file);
      if (withAttributes) {
        copyAttributes(file);
      }
    } catch (ErrnoException failure) {
      throw Failures.of(source, target, failure);
    }
  }

  private void make(FileStatus file) throws ErrnoException {
    int mode = file.attributes().permissions();
    String path = target.forKernel();
    switch (file.kind()) {
      case REGULAR -> copyContent(mode);
      case DIRECTORY -> targetTree.mkdir(path, mode);
      case SYMBOLIC_LINK -> targetTree.symlink(tree.readlink(source.forKernel()), path);
      case FIFO -> targetTree.create(path, NewInode.fifo(mode));
      case SOCKET -> targetTree.create(path, NewInode.socket(mode));
      case CHARACTER_DEVICE -> makeDevice(file, DeviceFile.Kind.CHARACTER);
      case BLOCK_DEVICE -> makeDevice(file, DeviceFile.Kind.BLOCK);
    }
  }

  private void makeDevice(FileStatus file, DeviceFile.Kind kind) throws ErrnoException {
    int mode = file.attributes().permissions();
    DeviceNumber number = file.special().orElseThrow();
    targetTree.create(target.forKernel(), NewInode.deviceFile(mode, kind, number));
  }

  /** A new file is removed if its content cannot be copied. */
  private void copyContent(int mode) throws ErrnoException {
    int in = from.open(source.forKernel(), OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
    try {
      int out = to.open(target.forKernel(), NEW_FILE, mode);
      boolean done = false;
      try {
        copyContent(in, out);
        done = true;
      } finally {
        to.close(out);
        if (!done) {
          targetTree.unlink(target.forKernel());
        }
      }
    } finally {
      from.close(in);
    }
  }

  private void copyContent(int in, int out) throws ErrnoException {
    if (!isWithin()) {
      copyPieces(in, out);
      return;
    }
    long moved;
    do {
      moved = to.descriptors().sendfile(out, in, Optional.empty(), MOST_AT_ONCE);
    } while (moved > 0);
  }

  private void copyPieces(int in, int out) throws ErrnoException {
    MemorySegment piece = MemorySegment.ofArray(new byte[PIECE]);
    for (long read = from.read(in, piece); read > 0; read = from.read(in, piece)) {
      for (long written = 0; written < read; ) {
        written += to.write(out, piece.asSlice(written, read - written));
      }
    }
  }

  private void copyAttributes(FileStatus file) throws ErrnoException {
    try {
      setAttributes(file);
    } catch (ErrnoException failure) {
      removeTarget(file, failure);
      throw failure;
    }
  }

  private void setAttributes(FileStatus file) throws ErrnoException {
    Attributes attributes = file.attributes();
    String path = target.forKernel();
    NewTime accessed = NewTime.at(attributes.accessed());
    NewTime modified = NewTime.at(attributes.modified());
    int uid = attributes.owner().uid();
    int gid = attributes.owner().gid();
    setIfPermitted(() -> targetTree.lchown(path, uid, gid));
    if (file.kind() == FileKind.SYMBOLIC_LINK) {
      targetTree.lutimes(path, accessed, modified);
    } else {
      setIfPermitted(() -> targetTree.chmod(path, attributes.permissions()));
      targetTree.utimensat(path, accessed, modified);
    }
  }

  /** Only the superuser may change owners, and not every host has modes; the copy is kept. */
  private static void setIfPermitted(Failures.Action change) throws ErrnoException {
    try {
      change.make();
    } catch (ErrnoException refused) {
      if (refused.errno() != Errno.EPERM) {
        throw refused;
      }
    }
  }

  /** Moves the file, or a symbolic link itself. */
  void move() throws IOException {
    if (has(StandardCopyOption.COPY_ATTRIBUTES)) {
      throw new UnsupportedOperationException("COPY_ATTRIBUTES of a move, which keeps them");
    }
    if (has(StandardCopyOption.ATOMIC_MOVE)) {
      moveAtomically();
      return;
    }
    FileStatus file = status(Links.NOFOLLOW);
    if (makeWay(file) && !rename()) {
      moveElsewhere(file);
    }
  }

  private void moveAtomically() throws IOException {
    if (!isWithin()) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), "they are on two file systems");
    }
    try {
      tree.rename(source.forKernel(), target.forKernel());
    } catch (ErrnoException failure) {
      throw Failures.ofMove(source, target, failure);
    }
  }

  /** Returns whether both are on one file system. */
  private boolean rename() throws IOException {
    if (!isWithin()) {
      return false;
    }
    try {
      tree.rename(source.forKernel(), target.forKernel());
      return true;
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.EXDEV) {
        return false;
      }
      throw Failures.of(source, target, failure);
    }
  }

  private void moveElsewhere(FileStatus file) throws IOException {
    if (file.kind() == FileKind.DIRECTORY && !Failures.call(source, this::isEmpty)) {
      throw new DirectoryNotEmptyException(source.toString());
    }
    copy(file, true);
    try {
      remove(tree, source, file);
    } catch (ErrnoException failure) {
      removeTarget(file, failure);
      throw Failures.of(source, failure);
    }
  }

  /** A failed transfer leaves nothing behind. */
  private void removeTarget(FileStatus file, ErrnoException failure) {
    try {
      remove(targetTree, target, file);
    } catch (ErrnoException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private boolean isEmpty() throws ErrnoException {
    return tree.list(source.forKernel()).isEmpty();
  }
}
