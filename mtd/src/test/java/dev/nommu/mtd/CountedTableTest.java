package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.fixtures.FakeMachine;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The number of MTDs read while others are added: with four times as many MTDs, about four times.
 */
final class CountedTableTest {
  private static final int SOME = 100;
  private static final int SIZE = 0x1000;

  /** A map that counts the reads of its elements. */
  private static final class Counted extends TreeMap<Integer, Mtd> {
    private static final long serialVersionUID = 1;

    private long looks;

    @Override
    public Mtd get(Object number) {
      looks++;
      return super.get(number);
    }

    @Override
    public boolean containsKey(Object number) {
      looks++;
      return super.containsKey(number);
    }

    @Override
    public Set<Map.Entry<Integer, Mtd>> entrySet() {
      looks += size();
      return super.entrySet();
    }
  }

  private static List<FoundMtd> mtds(int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> MtdInfo.ram("mtd of its own " + index, SIZE, SIZE))
        .map(info -> new Mtd(info, new RamOperations(MemorySegment.ofArray(new byte[SIZE]), 0, 1)))
        .map(mtd -> new FoundMtd(mtd, Optional.empty()))
        .toList();
  }

  private static long looks(int count) throws ErrnoException {
    Counted counted = new Counted();
    MtdTable table = new MtdTable(counted, new HashMap<>());
    FakeMachine machine = new FakeMachine();
    for (FoundMtd mtd : mtds(count)) {
      table.add(List.of(mtd), machine);
    }
    assertThat(machine.stores()).containsKeys("mtd:mtd of its own 0", "mtd" + (count - 1));
    return counted.looks;
  }

  @Test
  void mtdsAreAddedWithoutLookingAtTheOthers() throws Exception {
    assertThat(looks(4 * SOME)).isLessThan(5 * looks(SOME));
  }

  @Test
  void nameOfAnMtdThatIsTakenBack_isFree() throws Exception {
    MtdTable table = new MtdTable();
    FakeMachine taken = new FakeMachine();
    taken.numbers().put("mtdblock1", new DeviceNumber(31, 1));
    assertErrno(Errno.EBUSY, () -> table.add(mtds(2), taken));
    FakeMachine machine = new FakeMachine();
    table.add(mtds(1), machine);
    assertThat(machine.stores()).containsOnlyKeys("mtd0", "mtd:mtd of its own 0");
  }
}
