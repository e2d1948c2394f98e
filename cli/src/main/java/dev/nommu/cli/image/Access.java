package dev.nommu.cli.image;

import dev.nommu.api.FileKind;

/**
 * The kind and permissions of a file.
 *
 * @param kind its kind
 * @param permissions the low twelve mode bits
 * @param uid the owner
 * @param gid the group
 */
record Access(FileKind kind, int permissions, int uid, int gid) {
  private static final int SET_UID = 04000;
  private static final int SET_GID = 02000;
  private static final int STICKY = 01000;

  /** Returns the English name of the kind. */
  public String what() {
    return switch (kind) {
      case REGULAR -> "regular file";
      case DIRECTORY -> "directory";
      case SYMBOLIC_LINK -> "symbolic link";
      case CHARACTER_DEVICE -> "character device";
      case BLOCK_DEVICE -> "block device";
      case FIFO -> "fifo";
      case SOCKET -> "socket";
    };
  }

  /** Returns kind and permissions in ten letters, as {@code ls -l}. */
  public String letters() {
    return kind.letter()
        + triple(permissions >> 6, SET_UID, "sS")
        + triple(permissions >> 3, SET_GID, "sS")
        + triple(permissions, STICKY, "tT");
  }

  /** The third letter also shows the special bit: in lower case if executable as well. */
  private String triple(int bits, int special, String letters) {
    boolean executes = (bits & 1) != 0;
    char plain = executes ? 'x' : '-';
    char third = (permissions & special) == 0 ? plain : letters.charAt(executes ? 0 : 1);
    return "" + ((bits & 4) == 0 ? '-' : 'r') + ((bits & 2) == 0 ? '-' : 'w') + third;
  }
}
