package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.MtdCharacterDevice.Node;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The MTDs of one machine, numbered in the order in which they are added but for those that have a
 * number in {@code /aliases}, with what is registered for each (rules MTD-02, MTD-17 and MTD-19).
 * Used while the machine boots; only {@link #text} may be called concurrently, afterwards.
 */
final class MtdTable {
  private static final int CHARACTER_MAJOR = 90;
  private static final int BLOCK_MAJOR = 31;
  private static final String PROC_FILE = "mtd";
  private static final String HEADER = "dev:    size   erasesize  name\n";

  private final SortedMap<Integer, Mtd> mtds = new TreeMap<>();
  private boolean hasRegions;

  /**
   * Adds MTDs and registers them, and both majors and {@code /proc/mtd} when they are not there
   * yet.
   *
   * @throws ErrnoException EBUSY if a name or number is taken; none of them is added then
   */
  void add(List<FoundMtd> added, DeviceContext context) throws ErrnoException {
    Set<Integer> before = Set.copyOf(mtds.keySet());
    try {
      for (FoundMtd found : added) {
        int number = number(found, context);
        register(found.mtd(), number, context);
        mtds.put(number, found.mtd());
      }
      registerRegions(context);
    } catch (ErrnoException e) {
      mtds.keySet().retainAll(before);
      throw e;
    }
  }

  /** The number of an alias {@code mtdN} of the node, or the lowest that is free. */
  private int number(FoundMtd found, DeviceContext context) throws ErrnoException {
    OptionalInt alias =
        found.node().map(node -> context.aliasId(node, "mtd")).orElse(OptionalInt.empty());
    if (alias.isPresent() && mtds.containsKey(alias.getAsInt())) {
      throw new ErrnoException(
          Errno.EBUSY,
          "mtd %s: /aliases: mtd%d is \"%s\" already"
              .formatted(found.mtd().name(), alias.getAsInt(), mtds.get(alias.getAsInt()).name()));
    }
    return alias.orElse(
        IntStream.iterate(0, number -> number + 1)
            .filter(number -> !mtds.containsKey(number))
            .findFirst()
            .orElseThrow());
  }

  /** Returns the text of {@code /proc/mtd}. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER);
    mtds.forEach((number, mtd) ->
        text.append(
            "mtd%d: %08x %08x \"%s\"\n"
                .formatted(number, mtd.size(), mtd.info().eraseSize(), mtd.name())));
    return text.toString();
  }

  private void register(Mtd mtd, int index, DeviceContext context) throws ErrnoException {
    DeviceNumber block = new DeviceNumber(BLOCK_MAJOR, index);
    MtdStore store = new MtdStore(mtd);
    DeviceNumber node = new DeviceNumber(CHARACTER_MAJOR, 2 * index);
    DeviceNumber readOnly = new DeviceNumber(CHARACTER_MAJOR, 2 * index + 1);
    registerNode(mtd, "mtd" + index, node, Node.READ_WRITE, context);
    registerNode(mtd, "mtd" + index + "ro", readOnly, Node.READ_ONLY, context);
    MtdAttributes.register(mtd, index, node, readOnly, context);
    context.registerBlockDevice("mtdblock" + index, block, new MtdBlockDevice(mtd, store));
    context.registerStore("mtd" + index, block, store);
    if (mtds.values().stream().noneMatch(earlier -> earlier.name().equals(mtd.name()))) {
      context.registerStore("mtd:" + mtd.name(), block, store);
    }
  }

  private static void registerNode(
      Mtd mtd, String name, DeviceNumber number, Node node, DeviceContext context)
      throws ErrnoException {
    context.registerCharacterDevice(
        name, number, new MtdCharacterDevice(mtd, node, context.profile()));
  }

  private void registerRegions(DeviceContext context) throws ErrnoException {
    if (!hasRegions) {
      context.registerRegion(
          DeviceRegion.ofMajor(DeviceFile.Kind.CHARACTER, "mtd", CHARACTER_MAJOR, Errno.ENODEV));
      context.registerRegion(
          DeviceRegion.ofMajor(DeviceFile.Kind.BLOCK, "mtdblock", BLOCK_MAJOR, Errno.ENXIO));
      context.registerProcFile(PROC_FILE, this::text);
      hasRegions = true;
    }
  }
}
