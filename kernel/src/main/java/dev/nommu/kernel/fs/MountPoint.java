package dev.nommu.kernel.fs;

import java.util.Optional;
import java.util.Set;

/** A mounted file system, as in a line of /proc/mounts. Thread-safe. */
public interface MountPoint {
  /** Returns the path of the directory it covers; {@code "/"} for the root of the tree. */
  String path();

  /** Returns the mount that contains the directory it covers; empty for the root of the tree. */
  Optional<? extends MountPoint> parent();

  /** Returns the first argument of {@code mount(2)}. */
  String source();

  /** Returns the name of the file system's type. */
  String type();

  /** Returns the flags of the mount; immutable. */
  Set<MountFlag> flags();

  /** Returns whether the mount has this flag. */
  boolean has(MountFlag flag);

  /** Returns the number of files opened through it that are still open. */
  int openFiles();
}
