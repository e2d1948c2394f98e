package dev.nommu.kernel.proc;

import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.DeviceRegistry.Target;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.List;
import java.util.Optional;

/** devtmpfs: a ramfs in which every registered device has a node. */
public final class DevTmpFs implements FileSystemType {
  /** The name of the type. */
  public static final String NAME = "devtmpfs";

  private static final int OWNER_ONLY = 0600;
  private static final int DIRECTORY_PERMISSIONS = 0755;

  private final FileSystemType ramfs;
  private final DeviceRegistry devices;

  /** Creates the type. */
  public DevTmpFs(FileSystemType ramfs, DeviceRegistry devices) {
    this.ramfs = ramfs;
    this.devices = devices;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public boolean knowsOption(String option) {
    return true;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    FileSystem fileSystem =
        PluginCall.ask(ramfs, "mount", () -> ramfs.mount(withoutOptions(request)));
    Directory root = PluginCall.ask(fileSystem, "root", fileSystem::root);
    for (DeviceRegistry.Device device : devices.devices()) {
      makeNode(root, device);
    }
    return fileSystem;
  }

  private static MountRequest withoutOptions(MountRequest request) {
    return MountRequest.builder(request.source())
        .options(List.of("mode=0755"))
        .pages(request.pages())
        .clock(request.clock())
        .profile(request.profile())
        .waitQueues(request::newWaitQueue)
        .build();
  }

  private static void makeNode(Directory root, DeviceRegistry.Device device) throws ErrnoException {
    String[] names = device.name().split("/");
    Directory at = root;
    for (int i = 0; i < names.length - 1; i++) {
      at = directory(at, names[i]);
    }
    create(at, names[names.length - 1], node(device));
  }

  /** Returns the node of a device. */
  public static NewInode node(DeviceRegistry.Device device) {
    return NewInode.deviceFile(permissions(device.target()), device.kind(), device.number());
  }

  /** Returns a directory of nodes. */
  public static NewInode directory() {
    return NewInode.directory(DIRECTORY_PERMISSIONS);
  }

  private static int permissions(Target target) {
    return switch (target) {
      case Target.CharacterTarget(var device, int permissions) -> permissions;
      case Target.BlockTarget block -> OWNER_ONLY;
    };
  }

  private static Inode create(Directory in, String name, NewInode what) throws ErrnoException {
    return PluginCall.ask(in, "create", () -> in.create(name, what));
  }

  private static Directory directory(Directory parent, String name) throws ErrnoException {
    Optional<Inode> there = PluginCall.ask(parent, "lookup", () -> parent.lookup(name));
    Inode inode = there.isPresent() ? there.get() : create(parent, name, directory());
    if (inode instanceof Directory directory) {
      return directory;
    }
    throw new IllegalStateException("/dev/" + name + " is a device and a directory");
  }
}
