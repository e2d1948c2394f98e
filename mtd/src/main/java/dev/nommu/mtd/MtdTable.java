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

/**
 * The MTDs of one machine, numbered in the order in which they are added, with what is registered
 * for each (rules MTD-02, MTD-17 and MTD-19). Used while the machine boots; only {@link #text} may
 * be called concurrently, afterwards.
 */
final class MtdTable {
  private static final int CHARACTER_MAJOR = 90;
  private static final int BLOCK_MAJOR = 31;
  private static final String PROC_FILE = "mtd";
  private static final String HEADER = "dev:    size   erasesize  name\n";

  private final List<Mtd> mtds;

  /** Which MTD was the first of a name. */
  private final Map<String, Integer> firstOfName;

  private boolean hasRegions;

  /** Creates a table without MTDs. */
  MtdTable() {
    this(new ArrayList<>(), new HashMap<>());
  }

  /** Creates one that keeps its MTDs in these. */
  MtdTable(List<Mtd> mtds, Map<String, Integer> firstOfName) {
    this.mtds = mtds;
    this.firstOfName = firstOfName;
  }

  /**
   * Adds MTDs and registers them, and both majors and {@code /proc/mtd} when they are not there
   * yet.
   *
   * @throws ErrnoException EBUSY if a name or number is taken; none of them is added then
   */
  void add(List<Mtd> added, DeviceContext context) throws ErrnoException {
    int before = mtds.size();
    try {
      for (Mtd mtd : added) {
        register(mtd, mtds.size(), context);
        firstOfName.putIfAbsent(mtd.name(), mtds.size());
        mtds.add(mtd);
      }
      registerRegions(context);
    } catch (ErrnoException e) {
      removeFrom(before);
      throw e;
    }
  }

  private void removeFrom(int index) {
    while (mtds.size() > index) {
      Mtd last = mtds.removeLast();
      firstOfName.remove(last.name(), mtds.size());
    }
  }

  /** Returns the text of {@code /proc/mtd}. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER);
    for (int index = 0; index < mtds.size(); index++) {
      Mtd mtd = mtds.get(index);
      text.append(
          "mtd%d: %08x %08x \"%s\"\n"
              .formatted(index, mtd.size(), mtd.info().eraseSize(), mtd.name()));
    }
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
