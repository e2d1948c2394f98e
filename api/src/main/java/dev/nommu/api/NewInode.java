package dev.nommu.api;

/** What is to be made under a new name in a directory. */
public sealed interface NewInode {
  /** Returns the low twelve mode bits of the new inode. */
  int permissions();

  /** An empty regular file. */
  record File(int permissions) implements NewInode {}

  /** An empty directory. */
  record Folder(int permissions) implements NewInode {}

  /** A symbolic link to a path that need not exist. */
  record Link(String target) implements NewInode {
    @Override
    public int permissions() {
      return 0777;
    }
  }

  /** A device node. */
  record Device(int permissions, DeviceFile.Kind kind, DeviceNumber device) implements NewInode {}

  /** A named pipe. */
  record Pipe(int permissions) implements NewInode {}
}
