package dev.nommu.cli;

import dev.nommu.romfs.RomfsOptions;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a romfs is to be made: options that a cramfs has not. */
final class RomfsArguments {
  /** The names of the options. */
  static final Set<String> NAMES = Set.of("--align");

  /** Bytes in the longest name of a volume. */
  static final int NAME = 128;

  @Option(
      names = "--align",
      paramLabel = "BYTES[,PATTERN]",
      converter = RomfsAlignment.Converter.class,
      description =
          "romfs: on which boundary the data of regular files begins, of all or of those that"
              + " match; a power of two, and 4096 for files that are to be mapped page by page. May"
              + " be given several times.")
  private List<RomfsAlignment> alignments = List.of();

  /** Creates the options as they are without arguments. */
  RomfsArguments() {}

  /** Returns what the arguments ask for. */
  RomfsOptions options(String volume) {
    RomfsOptions options = RomfsOptions.DEFAULT.withVolume(volume);
    for (RomfsAlignment alignment : alignments) {
      options = alignment.applyTo(options);
    }
    return options;
  }
}
