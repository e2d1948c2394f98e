package dev.nommu.cli.matrix;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TreeCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Walks the files of one mount, level by level. */
final class FileWalk {
  /** The most names to visit, which bounds the cost of a large file system. */
  private static final int MOST_NAMES = 2000;

  private final TreeCalls tree;
  private final Set<String> mountPoints;
  private final List<String> files = new ArrayList<>();
  private final Deque<String> directories = new ArrayDeque<>();
  private int names;
  private int others;

  private FileWalk(TreeCalls tree, Set<String> mountPoints) {
    this.tree = tree;
    this.mountPoints = mountPoints;
  }

  /**
   * The files found.
   *
   * @param files the paths of regular files, sorted
   * @param others the number of names that are neither regular files nor directories
   */
  record Found(List<String> files, int others) {}

  /**
   * Walks a mount.
   *
   * @param mountPoint its mount point
   * @param mountPoints all mount points, which are not entered
   */
  static Found at(String mountPoint, Set<String> mountPoints, TreeCalls tree)
      throws ErrnoException {
    FileWalk walk = new FileWalk(tree, mountPoints);
    walk.directories.add(mountPoint);
    while (!walk.directories.isEmpty() && walk.names < MOST_NAMES) {
      walk.look(walk.directories.removeFirst());
    }
    return new Found(walk.files.stream().sorted().toList(), walk.others);
  }

  private void look(String directory) throws ErrnoException {
    String prefix = directory.equals("/") ? "/" : directory + "/";
    for (DirectoryEntry entry : tree.list(directory)) {
      names++;
      see(prefix + entry.name(), entry);
    }
  }

  private void see(String path, DirectoryEntry entry) {
    switch (entry.kind()) {
      case REGULAR -> files.add(path);
      case DIRECTORY -> {
        if (!mountPoints.contains(path)) {
          directories.add(path);
        }
      }
      case SYMBOLIC_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> others++;
    }
  }
}
