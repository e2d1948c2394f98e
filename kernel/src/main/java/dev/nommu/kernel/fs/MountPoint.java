package dev.nommu.kernel.fs;

import java.util.Optional;
import java.util.Set;

/** A file system at a place in the tree, as a line of /proc/mounts shows it. Thread-safe. */
public interface MountPoint {
  /** Returns the path of the directory it covers; {@code "/"} for the root of the tree. */
  String path();

  /** Returns the mount that has the directory it covers; empty for the root of the tree. */
  Optional<? extends MountPoint> parent();

  /** Returns the first argument of {@code mount(2)}. */
  String source();

  /** Returns the name of the file system's type. */
  String type();

  /** Returns how it was mounted; immutable. */
  Set<MountFlag> flags();

  /** Returns whether it was mounted with this flag. */
  boolean has(MountFlag flag);

  /** Returns how many files were opened through it and are open. */
  int openFiles();
}
