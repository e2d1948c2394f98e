package dev.nommu.cli.board;

import dev.nommu.api.DeviceFile;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.fs.StoreNode;
import java.util.List;
import java.util.Optional;

/**
 * A device and its contents.
 *
 * @param node its node in /dev
 * @param store its mountable store
 * @param mounts the mounts from it
 */
record Device(DeviceNode node, Optional<StoreNode> store, List<? extends MountPoint> mounts) {
  private static final String MTD_NAME = "mtd:";

  /** Takes an immutable copy. */
  Device {
    mounts = List.copyOf(mounts);
  }

  String path() {
    return "/dev/" + node.name();
  }

  String kind() {
    return node.kind() == DeviceFile.Kind.BLOCK ? "block" : "character";
  }

  String number() {
    return node.number().major() + ":" + node.number().minor();
  }

  /** Returns the name of a partition or flash chip, or empty. */
  Optional<String> label() {
    return store.stream()
        .flatMap(found -> found.names().stream())
        .filter(name -> name.startsWith(MTD_NAME))
        .map(name -> name.substring(MTD_NAME.length()))
        .findFirst();
  }
}
