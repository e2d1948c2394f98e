package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.chip.NorOperation.Datum;
import dev.nommu.mtd.chip.WriteStateMachine.Ended;
import dev.nommu.mtd.chip.WriteStateMachine.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A chip with the AMD standard command set (rules FLASH-01, FLASH-03, FLASH-04, FLASH-10). While it
 * is busy, reads return a status whose bits toggle; afterwards it returns to its array by itself.
 */
final class AmdChip implements NorChip {
  private static final int DATA_POLLING = 0x80;
  private static final int TOGGLE = 0x40;
  private static final int TIME_EXCEEDED = 0x20;
  private static final int ERASE_BEGUN = 0x08;
  private static final int TOGGLE_IN_ERASED_BLOCK = 0x04;
  private static final int BUFFER_ABORTED = 0x02;
  private static final int UNLOCK_MASK = 0x7ff;
  private static final int UNLOCK_1 = 0x555;
  private static final int UNLOCK_2 = 0x2aa;
  private static final int RESET = 0xf0;
  private static final int RESET_TOO = 0xff;
  private static final int PROGRAM = 0xa0;
  private static final int WRITE_BUFFER = 0x25;
  private static final int AUTOSELECT = 0x90;
  private static final int READ_QUERY = 0x98;
  private static final int QUERY_ADDRESS = 0x55;
  private static final int ERASE_SETUP = 0x80;
  private static final int ERASE_BLOCK = 0x30;
  private static final int ERASE_CHIP = 0x10;
  private static final int SUSPEND = 0xb0;
  private static final int PROGRAM_BUFFER = 0x29;
  private static final long MORE_BLOCKS_NANOS = 50_000;
  private static final Cycle COMMAND = new Command();

  private final NorArray array;
  private final NorPart part;
  private final CfiTable query;
  private final ChipTime time;
  private final WriteStateMachine machine;
  private Output output = Output.ARRAY;
  private Cycle expected = COMMAND;
  private int failure;
  private int polling;
  private int toggles;
  private long eraseBegins;

  AmdChip(NorArray array, NorPart part, CfiTable query, ChipTime time) {
    this.array = array;
    this.part = part;
    this.query = query;
    this.time = time;
    this.machine = new WriteStateMachine(array, part, time);
  }

  /** The answer to a read cycle while the chip is not busy. */
  private enum Output {
    ARRAY,
    AUTOSELECT,
    QUERY
  }

  /** The meaning of the next write cycle. */
  private sealed interface Cycle {}

  /** A command of one cycle, or the first unlock cycle. */
  private record Command() implements Cycle {}

  /** The second unlock cycle. */
  private record Unlock(Cycle then) implements Cycle {}

  /** The command after the unlock cycles. */
  private record UnlockedCommand() implements Cycle {}

  /** A word to program. */
  private record ProgramDatum() implements Cycle {}

  /** The first unlock cycle of an erasure. */
  private record EraseUnlock() implements Cycle {}

  /** The block to erase, or all. */
  private record EraseConfirm() implements Cycle {}

  /** The number of words for the write buffer, minus one. */
  private record BufferCount(Block block) implements Cycle {}

  /** Words for the write buffer. */
  private record BufferData(Block block, int words, List<Datum> data) implements Cycle {}

  /** The confirmation of the write buffer. */
  private record BufferConfirm(Block block, List<Datum> data) implements Cycle {}

  @Override
  public boolean isReadingArray() {
    finish();
    return output == Output.ARRAY
        && failure == 0
        && machine.running().isEmpty()
        && !machine.hasSuspendedErase();
  }

  @Override
  public int read(long address) {
    finish();
    Block block = array.block(address);
    if (machine.running().isPresent() || failure != 0) {
      return busyStatus(block);
    }
    if (machine.isSuspended(block)) {
      return DATA_POLLING | toggled(TOGGLE_IN_ERASED_BLOCK);
    }
    return switch (output) {
      case ARRAY -> array.word(address);
      case AUTOSELECT -> identifier(address & 0xff);
      case QUERY -> query.at(address);
    };
  }

  @Override
  public void write(long address, int word) {
    finish();
    int code = word & 0xff;
    if (machine.running().isPresent()) {
      whileBusy(address, code);
      return;
    }
    expected =
        switch (expected) {
          case Command command -> command(address, code);
          case Unlock(Cycle then) -> isUnlock(address, code, UNLOCK_2, 0x55) ? then : COMMAND;
          case UnlockedCommand command -> unlockedCommand(address, code);
          case ProgramDatum datum -> program(new Datum(address, word));
          case EraseUnlock unlock -> unlock(address, code, new EraseConfirm());
          case EraseConfirm confirm -> erase(address, code);
          case BufferCount(Block block) -> bufferCount(block, address, word);
          case BufferData data -> bufferDatum(data, new Datum(address, word));
          case BufferConfirm confirm -> programBuffer(confirm, address, code);
        };
  }

  private void finish() {
    machine.finished().map(Ended::outcome).ifPresent(this::ended);
  }

  private void ended(Outcome outcome) {
    failure = outcome == Outcome.FAILED ? TIME_EXCEEDED : 0;
  }

  private int busyStatus(Block block) {
    boolean erasing = machine.running().stream().anyMatch(NorOperation.Erase.class::isInstance);
    boolean here =
        erasing && machine.running().stream().anyMatch(busy -> busy.blocks().contains(block));
    return polling
        | failure
        | toggled(here ? TOGGLE | TOGGLE_IN_ERASED_BLOCK : TOGGLE)
        | (erasing && time.nanos() >= eraseBegins ? ERASE_BEGUN : 0);
  }

  private int toggled(int bits) {
    toggles ^= bits;
    return toggles & bits;
  }

  private int identifier(long address) {
    if (address == 0) {
      return part.manufacturer();
    }
    return address == 1 ? part.device() : 0;
  }

  /** More blocks may be named until the erasure begins; an erasure can be suspended. */
  private void whileBusy(long address, int code) {
    if (!(machine.running().orElseThrow() instanceof NorOperation.Erase(List<Block> blocks))) {
      return;
    }
    if (code == ERASE_BLOCK && time.nanos() < eraseBegins) {
      List<Block> more = new ArrayList<>(blocks);
      more.add(array.block(address));
      startErase(more.stream().distinct().toList());
    } else if (code == SUSPEND) {
      machine.suspend();
    }
  }

  private Cycle command(long address, int code) {
    if (isUnlock(address, code, UNLOCK_1, 0xaa)) {
      return new Unlock(new UnlockedCommand());
    }
    switch (code) {
      case RESET, RESET_TOO -> reset();
      case READ_QUERY -> output = (address & 0xff) == QUERY_ADDRESS ? Output.QUERY : output;
      case ERASE_BLOCK -> machine.resume();
      default -> {}
    }
    return COMMAND;
  }

  /** A reset clears a failure; that of a write buffer requires unlock cycles first. */
  private void reset() {
    failure &= BUFFER_ABORTED;
    output = Output.ARRAY;
  }

  private Cycle unlockedCommand(long address, int code) {
    if (failure != 0 && code != RESET) {
      return COMMAND;
    }
    return switch (code) {
      case PROGRAM -> new ProgramDatum();
      case ERASE_SETUP -> new EraseUnlock();
      case WRITE_BUFFER -> new BufferCount(array.block(address));
      case AUTOSELECT -> {
        output = Output.AUTOSELECT;
        yield COMMAND;
      }
      default -> {
        failure = 0;
        output = Output.ARRAY;
        yield COMMAND;
      }
    };
  }

  private static boolean isUnlock(long address, int code, int unlockAddress, int unlockCode) {
    return (address & UNLOCK_MASK) == unlockAddress && code == unlockCode;
  }

  private static Cycle unlock(long address, int code, Cycle then) {
    return isUnlock(address, code, UNLOCK_1, 0xaa) ? new Unlock(then) : COMMAND;
  }

  private Cycle program(Datum datum) {
    Block block = array.block(datum.address());
    start(new NorOperation.Program(block, List.of(datum)), part.timing().toProgramWord());
    return COMMAND;
  }

  private Cycle erase(long address, int code) {
    if (code == ERASE_BLOCK && !machine.hasSuspendedErase()) {
      startErase(List.of(array.block(address)));
    } else if (code == ERASE_CHIP && !machine.hasSuspendedErase()) {
      startErase(array.blocks());
    }
    return COMMAND;
  }

  private void startErase(List<Block> blocks) {
    polling = 0;
    eraseBegins = time.nanos() + MORE_BLOCKS_NANOS;
    machine.start(
        new NorOperation.Erase(blocks),
        MORE_BLOCKS_NANOS + blocks.size() * part.timing().toEraseBlock());
  }

  private Cycle bufferCount(Block block, long address, int count) {
    int words = count + 1;
    return array.block(address).equals(block) && words <= array.wordsIn(1L << part.bufferLog2())
        ? new BufferData(block, words, List.of())
        : bufferAborted();
  }

  private Cycle bufferDatum(BufferData buffer, Datum datum) {
    if (!array.block(datum.address()).equals(buffer.block())) {
      return bufferAborted();
    }
    List<Datum> data = new ArrayList<>(buffer.data());
    data.add(datum);
    return data.size() < buffer.words()
        ? new BufferData(buffer.block(), buffer.words(), data)
        : new BufferConfirm(buffer.block(), data);
  }

  private Cycle programBuffer(BufferConfirm buffer, long address, int code) {
    if (code != PROGRAM_BUFFER || !array.block(address).equals(buffer.block())) {
      return bufferAborted();
    }
    start(new NorOperation.Program(buffer.block(), buffer.data()), part.timing().toProgramBuffer());
    return COMMAND;
  }

  /** A block whose erasure is suspended is not programmed. */
  private void start(NorOperation.Program program, long nanos) {
    if (!machine.isSuspended(program.block())) {
      polling = ~program.data().getLast().word() & DATA_POLLING;
      machine.start(program, nanos);
    }
  }

  private Cycle bufferAborted() {
    failure = BUFFER_ABORTED;
    return COMMAND;
  }
}
