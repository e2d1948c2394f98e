package dev.nommu.kernel.proc;

import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.kernel.device.ClassDevices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * sysfs, reduced to what exists here: the device tree, classes of devices and the kernel's notes.
 */
public final class SysFs {
  private static final long MAGIC = 0x62656572;

  private SysFs() {}

  /**
   * Returns the file system type.
   *
   * @param flattenedTree the device tree as {@code /sys/firmware/fdt}
   * @param devices the entries of drivers in {@code /sys/class}
   */
  public static FileSystemType type(Supplier<byte[]> flattenedTree, ClassDevices devices) {
    Map<String, Inode> firmware = Map.of("fdt", PseudoFile.bytes(3, flattenedTree));
    Map<String, Inode> kernel =
        Map.of("mm", new PseudoDirectory(5, Map::of), "notes", PseudoFile.bytes(6, SysFs::notes));
    Map<String, Inode> top =
        Map.of(
            "class", new PseudoDirectory(7, () -> ClassDirectory.of(devices, 8)),
            "firmware", new PseudoDirectory(2, () -> firmware),
            "kernel", new PseudoDirectory(4, () -> kernel));
    return new PseudoFileSystem("sysfs", MAGIC, new PseudoDirectory(1, () -> top));
  }

  /** One ELF note: the name of this kernel, type 1, no description. */
  private static byte[] notes() {
    byte[] name = "nommu\0\0\0".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(12 + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt("nommu".length() + 1)
        .putInt(0)
        .putInt(1)
        .put(name)
        .array();
  }
}
