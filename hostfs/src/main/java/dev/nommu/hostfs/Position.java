package dev.nommu.hostfs;

/** The position of an inode in the mounted tree. */
sealed interface Position {

  /** The mounted directory. */
  record Root() implements Position {}

  /**
   * Under a name in a directory.
   *
   * @param parent the directory
   * @param name the name
   */
  record Named(HostDirectory parent, String name) implements Position {}

  /** Removed from the tree. */
  record Removed() implements Position {}
}
