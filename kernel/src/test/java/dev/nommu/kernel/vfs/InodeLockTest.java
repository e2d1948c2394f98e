package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Directory;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.ramfs.RamfsType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lock order of {@code docs/ARCHITECTURE.md}: a lock that is taken out of it is an error. */
final class InodeLockTest {
  private final FileSystem files = new RamfsType().mount(MountRequest.builder("none").build());
  private final SuperBlock ramfs = superBlock("ramfs");
  private final VfsInode root = ramfs.root();
  private final VfsInode below = inode((Directory) root.inode(), "below", NewInode.directory(0755));
  private final VfsInode deeper =
      inode((Directory) below.inode(), "deeper", NewInode.directory(0755));
  private final VfsInode beside =
      inode((Directory) root.inode(), "beside", NewInode.directory(0755));
  private final VfsInode file =
      inode((Directory) below.inode(), "file", NewInode.regularFile(0644));

  InodeLockTest() throws Exception {
    VfsPath top = new Mount(ramfs, "none", Set.of(), Optional.empty()).root();
    VfsPath in = found(top, below);
    found(top, beside);
    found(in, deeper);
  }

  private VfsPath found(VfsPath directory, VfsInode child) throws Exception {
    VfsPath place = new VfsPath(directory.mount(), child, directory, child.toString());
    ramfs.found(child, place);
    return place;
  }

  private SuperBlock superBlock(String type) throws Exception {
    return new SuperBlock(type, files, new DeviceNumber(0, 1));
  }

  private VfsInode inode(Directory directory, String name, NewInode what) throws Exception {
    Inode made = directory.create(name, what);
    return ramfs.inode(made);
  }

  @AfterEach
  void nothingIsHeld() {
    assertThat(InodeLock.isNoneHeld()).isTrue();
  }

  private static void lock(VfsInode... inodes) {
    int locked = 0;
    try {
      for (VfsInode inode : inodes) {
        inode.lock().lock();
        locked++;
      }
    } finally {
      List.of(inodes).subList(0, locked).reversed().forEach(inode -> inode.lock().unlock());
    }
  }

  private static void assertRefused(VfsInode first, VfsInode second) {
    assertThatThrownBy(() -> lock(first, second))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(first.toString(), second.toString());
  }

  @Test
  void directoriesFromTheRootDownAndThenAFile_areInOrder() {
    lock(root, below, deeper, file);
    lock(root, file);
    lock(below, below, file, file);
  }

  @Test
  void directoryAfterOneBelowIt_isRefused() {
    assertRefused(below, root);
    assertRefused(deeper, root);
  }

  @Test
  void directoryBesideAnother_isForRenamesAlone() {
    assertRefused(deeper, beside);
    ramfs.renames().lock();
    lock(deeper, beside);
    ramfs.renames().unlock();
  }

  @Test
  void anythingAfterAFile_isRefused() {
    assertRefused(file, root);
    assertRefused(file, below);
  }

  @Test
  void fileOfProc_comesBeforeAll() throws Exception {
    VfsInode maps = superBlock("proc").inode(file.inode());
    lock(maps, root, below, file);
    assertRefused(file, maps);
  }

  @Test
  void lockForRenames_comesBeforeThoseOfInodes() throws Exception {
    VfsPath top = new Mount(ramfs, "none", Set.of(), Optional.empty()).root();
    VfsPath in = new VfsPath(top.mount(), below, top, "below");
    file.lock().lock();
    try {
      assertThatThrownBy(() -> RenameLocks.lock(top, in))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("rename");
      assertThat(ramfs.renames().isLocked()).isFalse();
    } finally {
      file.lock().unlock();
    }
    RenameLocks.lock(top, in).close();
  }
}
