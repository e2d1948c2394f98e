package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.Territory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the drivers of one machine registered. Filled while it boots, then only read. */
public final class DeviceRegistry {
  /**
   * A device that has a number.
   *
   * @param name its path below /dev
   * @param number its number
   * @param target what answers
   * @param territory where its direct mappings may lie
   * @param driver the name of its driver
   */
  public record Device(
      String name, DeviceNumber number, Target target, Territory territory, String driver) {
    /** Returns whether it is a character or a block device. */
    public DeviceFile.Kind kind() {
      return switch (target) {
        case Target.CharacterTarget character -> DeviceFile.Kind.CHARACTER;
        case Target.BlockTarget block -> DeviceFile.Kind.BLOCK;
      };
    }
  }

  /** What answers for a device. */
  public sealed interface Target {
    /** A character device. */
    record CharacterTarget(CharacterDevice device) implements Target {}

    /** A block device. */
    record BlockTarget(BlockDevice device) implements Target {}
  }

  /**
   * A store that can be mounted.
   *
   * @param number what is shown as the device of its files
   * @param store the store
   * @param territory where it can be mapped in place
   */
  public record Store(DeviceNumber number, BackingStore store, Territory territory) {}

  private record ProcFile(Supplier<String> text, Territory territory) {}

  private record Key(DeviceFile.Kind kind, DeviceNumber number) {}

  private final Map<Key, Device> byNumber = new LinkedHashMap<>();
  private final Map<String, Device> byName = new LinkedHashMap<>();
  private final Map<String, Store> stores = new LinkedHashMap<>();
  private final Map<String, ProcFile> procFiles = new LinkedHashMap<>();

  /** Creates a registry without devices. */
  public DeviceRegistry() {}

  void add(Device device) throws ErrnoException {
    Key key = new Key(device.kind(), device.number());
    if (byName.containsKey(device.name()) || byNumber.containsKey(key)) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s: register %s as %s %s: name or number is taken"
              .formatted(device.driver(), device.name(), device.kind(), device.number().toHex()));
    }
    byName.put(device.name(), device);
    byNumber.put(key, device);
  }

  void add(String name, Store store) throws ErrnoException {
    if (stores.putIfAbsent(name, store) != null) {
      throw new ErrnoException(Errno.EBUSY, "register store " + name + ": the name is taken");
    }
  }

  void addProcFile(String name, Supplier<String> text, Territory territory) throws ErrnoException {
    if (procFiles.putIfAbsent(name, new ProcFile(text, territory)) != null) {
      throw new ErrnoException(Errno.EBUSY, "register /proc/" + name + ": the name is taken");
    }
  }

  /** Takes back everything that was registered for a territory. */
  void removeAll(Territory territory) {
    byName.values().removeIf(device -> device.territory() == territory);
    byNumber.values().removeIf(device -> device.territory() == territory);
    stores.values().removeIf(store -> store.territory() == territory);
    procFiles.values().removeIf(file -> file.territory() == territory);
  }

  /** Returns all devices in the order in which they were registered. */
  public List<Device> devices() {
    return new ArrayList<>(byName.values());
  }

  /** Returns the device with this number, or empty. */
  public Optional<Device> find(DeviceFile.Kind kind, DeviceNumber number) {
    return Optional.ofNullable(byNumber.get(new Key(kind, number)));
  }

  /** Returns the store that can be mounted by this name, such as {@code "mtd3"}, or empty. */
  public Optional<Store> store(String name) {
    return Optional.ofNullable(stores.get(name));
  }

  /** Returns the files that drivers have in /proc, by name. */
  public Map<String, Supplier<String>> procFiles() {
    Map<String, Supplier<String>> texts = new LinkedHashMap<>();
    procFiles.forEach((name, file) -> texts.put(name, file.text()));
    return texts;
  }
}
