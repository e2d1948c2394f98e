package dev.nommu.api;

/**
 * An inode to be created: its kind, mode and owner. Immutable.
 *
 * <p>The kernel creates these. Tests of a plugin use the factories here; components that a factory
 * does not take have defaults, so more can be added without changing callers. The kinds are those
 * of {@link Inode}, a set that does not grow.
 *
 * @since 0.1.0
 */
public abstract sealed class NewInode {
  private static final int PERMISSIONS = 07777;
  private static final int LINK_PERMISSIONS = 0777;

  private final int permissions;
  private final Owner owner;

  private NewInode(int permissions, Owner owner) {
    this.permissions = permissions & PERMISSIONS;
    this.owner = owner;
  }

  /** Returns an empty regular file owned by the superuser. */
  public static NewInode regularFile(int permissions) {
    return new RegularFile(permissions, Owner.ROOT);
  }

  /** Returns an empty directory owned by the superuser. */
  public static NewInode directory(int permissions) {
    return new Directory(permissions, Owner.ROOT);
  }

  /** Returns a symbolic link, owned by the superuser, to a path that need not exist. */
  public static NewInode symbolicLink(String target) {
    return new SymbolicLink(LINK_PERMISSIONS, Owner.ROOT, target);
  }

  /** Returns a named pipe owned by the superuser. */
  public static NewInode fifo(int permissions) {
    return new Fifo(permissions, Owner.ROOT);
  }

  /** Returns a socket owned by the superuser, which is only a name. */
  public static NewInode socket(int permissions) {
    return new Socket(permissions, Owner.ROOT);
  }

  /** Returns a device node owned by the superuser. */
  public static NewInode deviceFile(
      int permissions, dev.nommu.api.DeviceFile.Kind kind, DeviceNumber device) {
    return new DeviceFile(permissions, Owner.ROOT, kind, device);
  }

  /** Returns the low twelve mode bits of the new inode. */
  public final int permissions() {
    return permissions;
  }

  /** Returns the owner of the new inode, normally that of the creating process. */
  public final Owner owner() {
    return owner;
  }

  /** Returns a copy with another mode and owner. */
  public final NewInode with(int newPermissions, Owner newOwner) {
    return switch (this) {
      case RegularFile _ -> new RegularFile(newPermissions, newOwner);
      case Directory _ -> new Directory(newPermissions, newOwner);
      case SymbolicLink link -> new SymbolicLink(newPermissions, newOwner, link.target());
      case Fifo _ -> new Fifo(newPermissions, newOwner);
      case Socket _ -> new Socket(newPermissions, newOwner);
      case DeviceFile node -> new DeviceFile(newPermissions, newOwner, node.kind(), node.device());
    };
  }

  /** An empty regular file. */
  public static final class RegularFile extends NewInode {
    private RegularFile(int permissions, Owner owner) {
      super(permissions, owner);
    }
  }

  /** An empty directory. */
  public static final class Directory extends NewInode {
    private Directory(int permissions, Owner owner) {
      super(permissions, owner);
    }
  }

  /** A symbolic link. */
  public static final class SymbolicLink extends NewInode {
    private final String target;

    private SymbolicLink(int permissions, Owner owner, String target) {
      super(permissions, owner);
      this.target = target;
    }

    /** Returns the path it points to. */
    public String target() {
      return target;
    }
  }

  /** A named pipe. */
  public static final class Fifo extends NewInode {
    private Fifo(int permissions, Owner owner) {
      super(permissions, owner);
    }
  }

  /** A socket. */
  public static final class Socket extends NewInode {
    private Socket(int permissions, Owner owner) {
      super(permissions, owner);
    }
  }

  /** A device node. */
  public static final class DeviceFile extends NewInode {
    private final dev.nommu.api.DeviceFile.Kind kind;
    private final DeviceNumber device;

    private DeviceFile(
        int permissions, Owner owner, dev.nommu.api.DeviceFile.Kind kind, DeviceNumber device) {
      super(permissions, owner);
      this.kind = kind;
      this.device = device;
    }

    /** Returns whether it is a character or a block device. */
    public dev.nommu.api.DeviceFile.Kind kind() {
      return kind;
    }

    /** Returns the number of the device. */
    public DeviceNumber device() {
      return device;
    }
  }
}
