package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.PluginFault;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The partition parsers of plugins, and why others were skipped.
 *
 * @param byCompatible the parser of each {@code compatible} string
 * @param faults one line for each skipped parser
 */
record PartParsers(Map<String, MtdPartParser> byCompatible, List<String> faults) {
  /**
   * Creates the parsers; of two for the same string the first is used and the other is reported.
   */
  static PartParsers of(List<? extends Supplier<MtdPartParser>> makers) {
    Map<String, MtdPartParser> byCompatible = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (Supplier<MtdPartParser> maker : makers) {
      try {
        MtdPartParser parser = maker.get();
        compatible(parser).forEach(known -> add(known, parser, byCompatible, faults));
      } catch (ServiceConfigurationError | LinkageError | PluginFault broken) {
        faults.add("partition parser skipped: " + broken.getMessage());
      }
    }
    return new PartParsers(byCompatible, faults);
  }

  private static void add(
      String known,
      MtdPartParser parser,
      Map<String, MtdPartParser> byCompatible,
      List<String> faults) {
    MtdPartParser other = byCompatible.putIfAbsent(known, parser);
    if (other != null) {
      faults.add(
          "partition parser %s: not used for \"%s\", which %s parses"
              .formatted(PluginFault.nameOf(parser), known, PluginFault.nameOf(other)));
    }
  }

  private static Set<String> compatible(MtdPartParser parser) {
    try {
      return Set.copyOf(parser.compatible());
    } catch (RuntimeException thrown) {
      throw new PluginFault(parser, "compatible", thrown);
    }
  }

  /** Returns the parser of a node, by the most specific of its strings, or empty. */
  Optional<MtdPartParser> find(FirmwareNode partitions) {
    return partitions.compatible().stream()
        .filter(byCompatible::containsKey)
        .map(byCompatible::get)
        .findFirst();
  }

  /**
   * Returns the partitions that a parser finds.
   *
   * @throws ErrnoException the parser's; for any other exception EIO, which names its class
   */
  static List<Partition> parse(MtdPartParser parser, Mtd master, FirmwareNode node)
      throws ErrnoException {
    List<Partition> found = new ArrayList<>();
    for (MtdPart part : ask(parser, master, node)) {
      found.add(
          new Partition(
              part.name(),
              OptionalLong.of(part.offset()),
              OptionalLong.of(part.size()),
              masked(part),
              Optional.empty()));
    }
    return found;
  }

  private static List<MtdPart> ask(MtdPartParser parser, Mtd master, FirmwareNode node)
      throws ErrnoException {
    try {
      return List.copyOf(parser.parse(new Read(master), node));
    } catch (ErrnoException failure) {
      throw failure;
    } catch (PluginFault already) {
      throw new ErrnoException(Errno.EIO, String.valueOf(already.getMessage()), already);
    } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
      PluginFault fault = new PluginFault(parser, "parse", thrown);
      throw new ErrnoException(Errno.EIO, String.valueOf(fault.getMessage()), thrown);
    }
  }

  private static Set<MtdFlag> masked(MtdPart part) {
    return switch (part.writing()) {
      case ALLOWED -> EnumSet.noneOf(MtdFlag.class);
      case DENIED -> EnumSet.of(MtdFlag.WRITEABLE);
    };
  }

  private record Read(Mtd mtd) implements MtdContents {
    @Override
    public String name() {
      return mtd.name();
    }

    @Override
    public long size() {
      return mtd.size();
    }

    @Override
    public long eraseSize() {
      return mtd.info().eraseSize();
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      if (offset < 0 || into.byteSize() > mtd.size() - offset) {
        throw new ErrnoException(
            Errno.EINVAL,
            "read of 0x%x bytes at 0x%x: %s has 0x%x"
                .formatted(into.byteSize(), offset, mtd.name(), mtd.size()));
      }
      mtd.read(into, offset);
    }
  }
}
