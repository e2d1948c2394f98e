package dev.nommu.hostfs;

/** Where in the mounted tree an inode is. */
sealed interface Position {

  /** The directory that is mounted. */
  record Root() implements Position {}

  /**
   * Under a name in a directory.
   *
   * @param parent the directory
   * @param name the name
   */
  record Named(HostDirectory parent, String name) implements Position {}

  /** Nowhere any more. */
  record Removed() implements Position {}
}
