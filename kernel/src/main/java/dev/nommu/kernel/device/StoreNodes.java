package dev.nommu.kernel.device;

import dev.nommu.api.DeviceNumber;
import dev.nommu.kernel.device.DeviceRegistry.Target;
import dev.nommu.kernel.fs.StoreNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The block devices of a machine with the names of their stores. */
public final class StoreNodes {
  private StoreNodes() {}

  /** Returns them in registration order. */
  public static List<StoreNode> of(DeviceRegistry registry) {
    Map<DeviceNumber, List<String>> names = new HashMap<>();
    for (String name : registry.storeNames()) {
      registry
          .store(name)
          .ifPresent(store ->
              names.computeIfAbsent(store.number(), number -> new ArrayList<>()).add(name));
    }
    List<StoreNode> nodes = new ArrayList<>();
    for (DeviceRegistry.Device device : registry.devices()) {
      if (device.target() instanceof Target.BlockTarget(var block, var store)) {
        List<String> more = names.getOrDefault(device.number(), List.of());
        nodes.add(new StoreNode(device.name(), more, block.size(), store.addresses()));
      }
    }
    return nodes;
  }
}
