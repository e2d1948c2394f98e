package dev.nommu.mtd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Partition parsers of plugins. */
class MtdPartParserTest {
  private static final FirmwareNode RAM =
      Chips.device("ram@87400000", "mtd-ram", 0x8740_0000L, 0x100000)
          .with("linux,mtd-name", "ram")
          .withChildren(FakeNode.at("/partitions").withCompatible("test,table"));

  /** The partitions that a test lets it find. */
  @FunctionalInterface
  private interface Table extends MtdPartParser {
    List<MtdPart> find(MtdContents contents) throws ErrnoException;

    @Override
    default String name() {
      return "table";
    }

    @Override
    default Set<String> compatible() {
      return Set.of("test,table");
    }

    @Override
    default List<MtdPart> parse(MtdContents contents, FirmwareNode partitions)
        throws ErrnoException {
      return find(contents);
    }
  }

  private static FakeMachine boot(Table table) throws ErrnoException {
    List<Supplier<MtdPartParser>> makers = List.of(() -> table);
    return new FakeMachine().boot(new MtdDriver(PowerSupply.STEADY, PartParsers.of(makers)), RAM);
  }

  private static String lines(FakeMachine machine) {
    String text = machine.procFiles().get("mtd").get();
    return text.substring(text.indexOf('\n') + 1);
  }

  @Test
  void mtd21_tableInTheDevice_isParsedByThePlugin() throws ErrnoException {
    FakeMachine machine =
        boot(contents -> {
          byte[] first = new byte[4];
          contents.read(MemorySegment.ofArray(first), 0);
          assertThat(first).containsOnly(0);
          assertThat(contents.size()).isEqualTo(0x100000);
          assertThat(contents.name()).isEqualTo("ram");
          assertThat(contents.eraseSize()).isEqualTo(0x1000);
          return List.of(
              MtdPart.of("boot", 0, 0x40000),
              new MtdPart("rest", 0x40000, 0x200000, MtdPart.Writing.DENIED));
        });
    assertThat(lines(machine))
        .isEqualTo(
            """
            mtd0: 00040000 00001000 "boot"
            mtd1: 000c0000 00001000 "rest"
            """);
  }

  @Test
  void mtd21_noTable_isTheWholeDevice() throws ErrnoException {
    assertThat(lines(boot(contents -> List.of()))).isEqualTo("mtd0: 00100000 00001000 \"ram\"\n");
  }

  @Test
  void mtd21_damagedTableAndFaultOfThePlugin_areTheWholeDevice() throws ErrnoException {
    Table reads =
        contents -> {
          contents.read(MemorySegment.ofArray("four".getBytes(US_ASCII)), contents.size() - 3);
          return List.of();
        };
    Table damaged =
        contents -> {
          throw new ErrnoException(Errno.EINVAL, "magic: expected TABL");
        };
    Table faulty =
        contents -> {
          throw new IllegalStateException("by itself");
        };
    for (Table table : List.of(reads, damaged, faulty)) {
      assertThat(lines(boot(table))).isEqualTo("mtd0: 00100000 00001000 \"ram\"\n");
    }
  }

  @Test
  void mtd21_parserThatCannotBeMade_isLeftOutAndTold() {
    List<Supplier<MtdPartParser>> makers =
        List.of(() -> {
          throw new NoClassDefFoundError("org/example/Library");
        });
    assertThat(PartParsers.of(makers).faults())
        .singleElement()
        .asString()
        .contains("org/example/Library");
  }

  @Test
  void mtd21_secondParserOfTheSameTable_isTold() {
    Table first = contents -> List.of();
    Table second = contents -> List.of();
    List<Supplier<MtdPartParser>> makers = List.of(() -> first, () -> second);
    PartParsers parsers = PartParsers.of(makers);
    assertThat(parsers.byCompatible()).containsExactly(Map.entry("test,table", first));
    assertThat(parsers.faults())
        .singleElement()
        .asString()
        .contains("not used for \"test,table\"", "MtdPartParserTest");
  }
}
