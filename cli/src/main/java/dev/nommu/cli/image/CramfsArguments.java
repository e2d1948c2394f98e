package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.option.Choice;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsOptions.Front;
import dev.nommu.cramfs.CramfsOptions.Owners;
import dev.nommu.cramfs.CramfsOptions.ZeroBlocks;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.image.PathPattern;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import picocli.CommandLine.Option;

/** The options for making a cramfs. */
final class CramfsArguments implements FormatArguments {
  private static final Set<String> NAMES =
      Set.of(
          "--in-place", "--byte-order", "--block-size", "--holes", "--keep-owners", "--boot-code");

  @Option(
      names = "--in-place",
      paramLabel = "PATTERN",
      converter = PatternConverter.class,
      description =
          "cramfs: regular files that are stored uncompressed on page boundaries, so that they can"
              + " be mapped and executed in place. Needs Linux 4.15. May be given several times.")
  private List<PathPattern> inPlace = List.of();

  @Option(
      names = "--byte-order",
      paramLabel = "ORDER",
      converter = Endianness.Converter.class,
      completionCandidates = Endianness.Converter.class,
      defaultValue = "little",
      description =
          "cramfs: the byte order of the target machine, ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Endianness byteOrder = Endianness.LITTLE;

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      converter = BlockSize.class,
      defaultValue = "4096",
      description = "cramfs: the page size of the target machine. Default: ${DEFAULT-VALUE}.")
  private int blockSize;

  @Option(names = "--holes", description = "cramfs: omit blocks that are all zeros.")
  private boolean holes;

  @Option(
      names = "--keep-owners",
      description = "cramfs: preserve the owners of files in DIR. Default: root.")
  private boolean keepOwners;

  @Option(
      names = "--boot-code",
      description = "cramfs: reserve 512 bytes before the volume for boot code.")
  private boolean bootCode;

  /** Creates the options with their defaults. */
  CramfsArguments() {}

  /** The byte orders of machines. */
  enum Endianness {
    /** The lowest byte first. */
    LITTLE(ByteOrder.LITTLE_ENDIAN),
    /** The highest byte first. */
    BIG(ByteOrder.BIG_ENDIAN);

    private final ByteOrder order;

    Endianness(ByteOrder order) {
      this.order = order;
    }

    /** Returns its name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word. */
    static final class Converter extends Choice<Endianness> {
      /** Creates it. */
      Converter() {
        super(List.of(values()), Endianness::toString);
      }
    }
  }

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public int longestVolume() {
    return CramfsOptions.LONGEST_VOLUME;
  }

  @Override
  public void write(Path directory, Path image, String volume, LongConsumer progress)
      throws ErrnoException {
    CramfsWriter.write(directory, image, options(volume), progress);
  }

  private CramfsOptions options(String volume) {
    return CramfsOptions.DEFAULT
        .withVolume(volume)
        .withByteOrder(byteOrder.order)
        .withBlockSize(blockSize)
        .withZeroBlocks(holes ? ZeroBlocks.HOLES : ZeroBlocks.COMPRESSED)
        .withOwners(keepOwners ? Owners.KEPT : Owners.ROOT)
        .withFront(bootCode ? Front.BOOT_CODE : Front.NOTHING)
        .withInPlace(this::isInPlace);
  }

  private boolean isInPlace(Path relative) {
    String separator = relative.getFileSystem().getSeparator();
    String path = "/" + relative.toString().replace(separator, "/");
    return inPlace.stream().anyMatch(pattern -> pattern.matches(path));
  }
}
