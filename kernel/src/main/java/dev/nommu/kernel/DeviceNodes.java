package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.DeviceRegistry.Device;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.proc.DevTmpFs;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.Mount;
import dev.nommu.kernel.vfs.Vfs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the nodes of every devtmpfs in step with the registered devices (rule HOT-01). */
final class DeviceNodes {
  private static final int NO_UMASK = 0;

  private final DeviceRegistry devices;
  private final Vfs vfs;
  private final KernelLog log;

  DeviceNodes(DeviceRegistry devices, Vfs vfs, KernelLog log) {
    this.devices = devices;
    this.vfs = vfs;
    this.log = log;
  }

  /** Creates and removes nodes for the devices that a change adds and removes. */
  void follow(Runnable change) {
    List<Device> before = devices.devices();
    try {
      change.run();
    } finally {
      update(before, devices.devices());
    }
  }

  private void update(List<Device> before, List<Device> after) {
    for (FsContext root : roots()) {
      before.stream().filter(device -> !after.contains(device)).forEach(each -> remove(each, root));
      after.stream().filter(device -> !before.contains(device)).forEach(each -> make(each, root));
    }
  }

  /** Returns the root of each mounted devtmpfs, once. */
  private List<FsContext> roots() {
    Map<Object, FsContext> roots = new LinkedHashMap<>();
    for (Mount mount : vfs.namespace().mounts()) {
      if (mount.superBlock().type().equals(DevTmpFs.NAME)) {
        roots.putIfAbsent(
            mount.superBlock(), new FsContext(mount.root(), Credentials.ROOT, NO_UMASK));
      }
    }
    return new ArrayList<>(roots.values());
  }

  private void make(Device device, FsContext root) {
    String path = device.name();
    attempt(
        device,
        () -> {
          for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeDirectory(path.substring(0, slash), root);
          }
          vfs.names().create(root, path, DevTmpFs.node(device));
        });
  }

  private void makeDirectory(String path, FsContext root) throws ErrnoException {
    NewInode directory = DevTmpFs.directory();
    try {
      vfs.names().create(root, path, directory);
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.EEXIST) {
        throw failure;
      }
    }
  }

  /** Anything that has replaced the node stays. */
  private void remove(Device device, FsContext root) {
    String path = device.name();
    attempt(
        device,
        () -> {
          if (vfs.linkStatus(root, path).special().filter(device.number()::equals).isPresent()) {
            vfs.names().unlink(root, path);
          }
        });
  }

  private void attempt(Device device, FallibleAction<ErrnoException> step) {
    try {
      step.run();
    } catch (ErrnoException failure) {
      log.print("devtmpfs: node of %s: %s".formatted(device, failure.describe()));
    }
  }
}
