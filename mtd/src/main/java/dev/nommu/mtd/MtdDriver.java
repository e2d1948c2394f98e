package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Memparse;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.PluginFinder;
import dev.nommu.mtd.chip.ChipTime;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The MTD layer with the drivers {@code physmap} (RAM, ROM and NOR flash of the device tree),
 * {@code phram} and {@code mtdram} (of the kernel's command line).
 *
 * <table>
 * <caption>Supported devices</caption>
 * <tr><th>where</th><th>what</th><th>becomes</th></tr>
 * <tr><td>{@code compatible = "mtd-ram"}</td><td>{@code reg}, {@code bank-width}, {@code
 *     linux,mtd-name}</td><td>RAM</td></tr>
 * <tr><td>{@code compatible = "mtd-rom"}</td><td>the same</td><td>ROM</td></tr>
 * <tr><td>{@code compatible = "cfi-flash"}</td><td>{@code reg}, {@code bank-width}, {@code
 *     linux,mtd-name}, {@code device-width}</td><td>NOR flash</td></tr>
 * <tr><td>{@code phram.phram}</td><td>{@code name,start,length[,erasesize]}</td><td>RAM</td></tr>
 * <tr><td>{@code mtdram.total_size}, {@code mtdram.erase_size}</td><td>KiB</td><td>RAM</td></tr>
 * </table>
 *
 * <p>Flash chips are simulated and then found by a CFI query, as real ones are. They are Intel
 * StrataFlash J3 chips, unless the node is also compatible with another kind of chip: by AMD,
 * Spansion, Cypress or Macronix ({@code "amd,s29gl256n", "cfi-flash"}), or of the StrataFlash P30
 * family ({@code "intel,28f256p30", "cfi-flash"}). They are two bytes wide unless {@code
 * device-width} is set, hold the node's image, and are erased beyond its end.
 *
 * <p>Of a device with partitions, from {@code mtdparts} or the device tree, only these are
 * registered (CONFIG_MTD_PARTITIONED_MASTER is off). The MTDs are numbered in the order they are
 * found, {@code phram} and {@code mtdram} last.
 *
 * <p>{@code /proc/mtd_wear} lists the erase count of each erased block of flash: a file that Linux
 * does not have, registered only if there are flash chips.
 */
public final class MtdDriver implements DeviceDriver {
  private static final Map<String, Probe> PROBES =
      Map.of(
          "mtd-ram", (driver, device, context) -> probeRam(device, context),
          "mtd-rom", (driver, device, context) -> probeRom(device, context),
          "cfi-flash", MtdDriver::probeFlash);
  private static final long KIB = 1024;
  private static final long MTDRAM_ERASE_KIB = 128;

  private final MtdTable table = new MtdTable();
  private final WearTable wear = new WearTable();
  private final SortedSet<String> masters = new TreeSet<>();

  private final PowerSupply power;
  private final PartParsers parsers;

  /** Creates the driver of one machine. */
  public MtdDriver() {
    this(PowerSupply.STEADY);
  }

  /** Creates the driver of one machine whose flash chips have this power supply. */
  public MtdDriver(PowerSupply power) {
    this(power, PartParsers.of(PluginFinder.current().find(MtdPartParser.class)));
  }

  MtdDriver(PowerSupply power, PartParsers parsers) {
    this.power = power;
    this.parsers = parsers;
  }

  /** Finds a node's whole device. */
  @FunctionalInterface
  private interface Probe {
    Found find(MtdDriver driver, FirmwareDevice device, DeviceContext context)
        throws ErrnoException;
  }

  /** A device and its flash chips, if any. */
  private record Found(Mtd master, List<NorBank> chips) {}

  @Override
  public String name() {
    return "mtd";
  }

  @Override
  public Set<String> compatible() {
    return PROBES.keySet();
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    FirmwareDevice device = FirmwareDevice.of(node);
    Found found = probe(device).find(this, device, context);
    table.add(
        new PartitionParser(context, parsers, masters).parse(found.master, Optional.of(node)),
        context);
    wear.add(device.name(), found.chips, context);
  }

  @Override
  public void init(DeviceContext context) throws ErrnoException {
    parsers.faults().forEach(context::warn);
    PartitionParser parser = new PartitionParser(context, parsers, masters);
    List<FoundMtd> mtds = new ArrayList<>();
    for (String value : context.parameters("phram.phram")) {
      Optional<Mtd> phram = phram(value, context);
      if (phram.isPresent()) {
        mtds.addAll(parser.parse(phram.get(), Optional.empty()));
      }
    }
    OptionalLong size = kib("mtdram.total_size", context);
    if (size.isPresent()) {
      mtds.addAll(parser.parse(mtdram(size.getAsLong(), context), Optional.empty()));
    }
    table.add(mtds, context);
    parser.requireMasterOfCommandLine();
  }

  private static Probe probe(FirmwareDevice device) throws ErrnoException {
    for (String compatible : device.node().compatible()) {
      Probe probe = PROBES.get(compatible);
      if (probe != null) {
        return probe;
      }
    }
    throw new ErrnoException(
        Errno.ENODEV,
        "%s: compatible: expected one of %s, found %s"
            .formatted(device.node().path(), PROBES.keySet(), device.node().compatible()));
  }

  private static Found probeRam(FirmwareDevice device, DeviceContext context)
      throws ErrnoException {
    List<Mtd> mtds = new ArrayList<>();
    for (AddressRange range : device.ranges()) {
      long eraseSize = Math.min(Page.SIZE, Long.lowestOneBit(range.length()));
      mtds.add(
          new Mtd(
              MtdInfo.ram(device.name(), range.length(), eraseSize),
              new RamOperations(context.claimMemory(range), range.start(), 1)));
    }
    return new Found(MtdConcat.of(device.name(), mtds, context.profile()), List.of());
  }

  private static Found probeRom(FirmwareDevice device, DeviceContext context)
      throws ErrnoException {
    List<Mtd> mtds = new ArrayList<>();
    for (AddressRange range : device.ranges()) {
      long eraseSize = device.eraseSize(range.length());
      mtds.add(
          new Mtd(
              MtdInfo.rom(device.name(), range.length(), eraseSize),
              new RomOperations(context.claimMemory(range), range.start())));
    }
    return new Found(MtdConcat.of(device.name(), mtds, context.profile()), List.of());
  }

  private Found probeFlash(FirmwareDevice device, DeviceContext context) throws ErrnoException {
    ChipTime time = new ChipTime(context.clock());
    List<NorBank> banks = new FlashBoard(device, context).populate(time, power);
    List<Mtd> mtds = new ArrayList<>();
    for (int i = 0; i < banks.size(); i++) {
      long address = device.ranges().get(i).start();
      CfiProbe probe = new CfiProbe(banks.get(i), address, device.bankWidth(), time::delay);
      mtds.add(probe.find(device.name()));
    }
    return new Found(MtdConcat.of(device.name(), mtds, context.profile()), banks);
  }

  /** Returns the device, or empty if the value is malformed or its memory is not available. */
  private static Optional<Mtd> phram(String value, DeviceContext context) {
    try {
      return Optional.of(phram(PhramParameter.parse(value), context));
    } catch (ErrnoException failure) {
      context.ignoreParameter("phram.phram", value, failure.describe());
      return Optional.empty();
    }
  }

  private static Mtd phram(PhramParameter parameter, DeviceContext context) throws ErrnoException {
    AddressRange range = parameter.range();
    RamOperations ram = new RamOperations(context.memremap("phram", range), range.start(), 1);
    return new Mtd(MtdInfo.ram(parameter.name(), range.length(), parameter.eraseSize()), ram);
  }

  private static Mtd mtdram(long size, DeviceContext context) throws ErrnoException {
    long eraseSize = kib("mtdram.erase_size", context).orElse(MTDRAM_ERASE_KIB * KIB);
    long address = context.pages().allocateRun(run(size, context.pages()));
    MemorySegment memory = context.pages().memory(address, size);
    memory.fill((byte) 0xff);
    return new Mtd(
        MtdInfo.ram("mtdram test device", size, eraseSize),
        new RamOperations(memory, address, eraseSize));
  }

  private static long run(long size, PageSource pages) throws ErrnoException {
    long run = Page.count(size);
    if (run > pages.maximumRun()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "mtdram.total_size: expected at most %d pages, found %d"
              .formatted(pages.maximumRun(), run));
    }
    return run;
  }

  /** Returns the last valid value of the parameter in bytes, or empty. */
  private static OptionalLong kib(String parameter, DeviceContext context) {
    OptionalLong bytes = OptionalLong.empty();
    for (String value : context.parameters(parameter)) {
      try {
        bytes = OptionalLong.of(kib(value));
      } catch (ErrnoException malformed) {
        context.ignoreParameter(parameter, value, String.valueOf(malformed.getMessage()));
      }
    }
    return bytes;
  }

  private static long kib(String text) throws ErrnoException {
    long kib = Memparse.parse(text, "KiB");
    if (kib == 0 || kib > Integer.MAX_VALUE) {
      throw new ErrnoException(
          Errno.EINVAL, "expected 1 to %d KiB, found %s".formatted(Integer.MAX_VALUE, text));
    }
    return kib * KIB;
  }
}
