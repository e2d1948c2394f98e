package dev.nommu.api;

/**
 * The kinds of file, as the S_IFMT bits. The set does not grow.
 *
 * @since 0.1.0
 */
public enum FileKind {
  /** S_IFREG. */
  REGULAR(0100000, '-'),
  /** S_IFDIR. */
  DIRECTORY(0040000, 'd'),
  /** S_IFLNK. */
  SYMBOLIC_LINK(0120000, 'l'),
  /** S_IFCHR. */
  CHARACTER_DEVICE(0020000, 'c'),
  /** S_IFBLK. */
  BLOCK_DEVICE(0060000, 'b'),
  /** S_IFIFO. */
  FIFO(0010000, 'p'),
  /** S_IFSOCK. */
  SOCKET(0140000, 's');

  private final int modeBits;
  private final char letter;

  FileKind(int modeBits, char letter) {
    this.modeBits = modeBits;
    this.letter = letter;
  }

  /** Returns the S_IFMT bits of a mode. */
  public int modeBits() {
    return modeBits;
  }

  /** Returns the letter for this kind in the output of {@code ls -l}. */
  public char letter() {
    return letter;
  }

  /** Returns the kind of an inode. */
  public static FileKind of(Inode inode) {
    return switch (inode) {
      case RegularFile f -> REGULAR;
      case Directory d -> DIRECTORY;
      case SymbolicLink l -> SYMBOLIC_LINK;
      case DeviceFile d -> d.kind() == DeviceFile.Kind.BLOCK ? BLOCK_DEVICE : CHARACTER_DEVICE;
      case Fifo f -> FIFO;
      case Socket s -> SOCKET;
    };
  }
}
