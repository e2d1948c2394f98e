package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.option.Choice;
import dev.nommu.image.PathPattern;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsOptions.Order;
import dev.nommu.romfs.RomfsWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import picocli.CommandLine.Option;

/** The options for making a romfs. */
final class RomfsArguments implements FormatArguments {
  private static final Set<String> NAMES = Set.of("--align", "--exclude", "--order");

  @Option(
      names = "--align",
      paramLabel = "BYTES[,PATTERN]",
      converter = RomfsAlignment.Converter.class,
      description =
          "romfs: the alignment of the data of regular files, of all or of those that match; a"
              + " power of two, and 4096 for files to be mapped page by page. May be given several"
              + " times.")
  private List<RomfsAlignment> alignments = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      converter = PatternConverter.class,
      description =
          "romfs: files to exclude, a directory with all its contents. May be given several times.")
  private List<PathPattern> excludes = List.of();

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      converter = OrderConverter.class,
      completionCandidates = OrderConverter.class,
      defaultValue = "name",
      description =
          "romfs: the order of directory entries, ${COMPLETION-CANDIDATES}: by name, or as the host"
              + " lists them, as genromfs does. Default: ${DEFAULT-VALUE}.")
  private Order order = Order.NAME;

  /** Reads an order of entries. */
  static final class OrderConverter extends Choice<Order> {
    /** Creates it. */
    OrderConverter() {
      super(List.of(Order.values()), order -> order.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Creates the options with their defaults. */
  RomfsArguments() {}

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public int longestVolume() {
    return RomfsOptions.LONGEST_VOLUME;
  }

  @Override
  public void write(Path directory, Path image, String volume, LongConsumer progress)
      throws ErrnoException {
    RomfsWriter.write(directory, image, options(volume), progress);
  }

  private RomfsOptions options(String volume) {
    RomfsOptions options = RomfsOptions.DEFAULT.withVolume(volume).withOrder(order);
    for (RomfsAlignment alignment : alignments) {
      options = alignment.applyTo(options);
    }
    for (PathPattern exclude : excludes) {
      options = options.excluding(exclude.toString());
    }
    return options;
  }
}
