package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.MtdCharacterDevice.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The MTDs of one machine and their registrations, numbered by {@code /aliases}, otherwise in the
 * order they are added (rules MTD-02, MTD-17 and MTD-19). Thread-safe.
 */
final class MtdTable {
  private static final int CHARACTER_MAJOR = 90;
  private static final int BLOCK_MAJOR = 31;
  private static final String PROC_FILE = "mtd";
  private static final String HEADER = "dev:    size   erasesize  name\n";

  private final SortedMap<Integer, Mtd> mtds;

  /** The first MTD of each name. */
  private final Map<String, Integer> firstOfName;

  /** All numbers below it are taken. */
  private int next;

  private boolean hasRegions;

  /** Creates an empty table. */
  MtdTable() {
    this(new TreeMap<>(), new HashMap<>());
  }

  /** Creates a table that stores its MTDs in these maps. */
  MtdTable(SortedMap<Integer, Mtd> mtds, Map<String, Integer> firstOfName) {
    this.mtds = mtds;
    this.firstOfName = firstOfName;
  }

  /**
   * Adds MTDs and registers them until their device is removed; also registers both majors and
   * {@code /proc/mtd} if they do not exist yet.
   *
   * @throws ErrnoException EBUSY if a name or number is taken; then none of them is added
   */
  synchronized void add(List<FoundMtd> added, DeviceContext context) throws ErrnoException {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (FoundMtd found : added) {
        int number = number(found, context);
        register(found.mtd(), number, context);
        firstOfName.putIfAbsent(found.mtd().name(), number);
        mtds.put(number, found.mtd());
        numbers.add(number);
      }
      registerRegions(context);
      context.onRemove(() -> removeAll(numbers));
    } catch (ErrnoException e) {
      removeAll(numbers);
      throw e;
    }
  }

  private synchronized void removeAll(List<Integer> numbers) {
    numbers.forEach(this::remove);
  }

  private void remove(int number) {
    Mtd mtd = Objects.requireNonNull(mtds.remove(number));
    firstOfName.remove(mtd.name(), number);
    next = Math.min(next, number);
  }

  /** The number of the node's alias {@code mtdN}, or the lowest free one (BOARD-08). */
  private int number(FoundMtd found, DeviceContext context) throws ErrnoException {
    OptionalInt alias =
        found.node().map(node -> context.aliasId(node, "mtd")).orElse(OptionalInt.empty());
    if (alias.isEmpty()) {
      return lowestFree();
    }
    Mtd there = mtds.get(alias.getAsInt());
    if (there != null) {
      throw new ErrnoException(
          Errno.EBUSY,
          "mtd %s: /aliases: mtd%d is already \"%s\""
              .formatted(found.mtd().name(), alias.getAsInt(), there.name()));
    }
    return alias.getAsInt();
  }

  private int lowestFree() {
    while (mtds.containsKey(next)) {
      next++;
    }
    return next;
  }

  /** Returns the text of {@code /proc/mtd}. */
  synchronized String text() {
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
    if (!firstOfName.containsKey(mtd.name())) {
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
