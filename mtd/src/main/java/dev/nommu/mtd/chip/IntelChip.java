package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.chip.NorOperation.Datum;
import dev.nommu.mtd.chip.WriteStateMachine.Ended;
import dev.nommu.mtd.chip.WriteStateMachine.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A chip with the Intel extended command set (rules FLASH-01, FLASH-02, FLASH-03, FLASH-10). After
 * an operation it shows its status until a command returns it to its array (FLASH-08).
 */
final class IntelChip implements NorChip {
  private static final int READY = 0x80;
  private static final int ERASE_SUSPENDED = 0x40;
  private static final int ERASE_ERROR = 0x20;
  private static final int PROGRAM_ERROR = 0x10;
  private static final int PROGRAM_SUSPENDED = 0x04;
  private static final int BLOCK_LOCKED = 0x02;
  private static final int SEQUENCE_ERROR = ERASE_ERROR | PROGRAM_ERROR;
  private static final int PROGRAM = 0x40;
  private static final int PROGRAM_TOO = 0x10;
  private static final int WRITE_BUFFER = 0xe8;
  private static final int ERASE = 0x20;
  private static final int LOCK_SETUP = 0x60;
  private static final int LOCK = 0x01;
  private static final int CONFIRM = 0xd0;
  private static final int SUSPEND = 0xb0;
  private static final int CLEAR_STATUS = 0x50;
  private static final int READ_STATUS = 0x70;
  private static final int READ_IDENTIFIER = 0x90;
  private static final int READ_QUERY = 0x98;
  private static final Cycle COMMAND = new Command();

  private final NorArray array;
  private final NorPart part;
  private final CfiTable query;
  private final WriteStateMachine machine;
  private Output output = Output.ARRAY;
  private Cycle expected = COMMAND;
  private int errors;

  IntelChip(NorArray array, NorPart part, CfiTable query, ChipTime time) {
    this.array = array;
    this.part = part;
    this.query = query;
    this.machine = new WriteStateMachine(array, part, time);
    array.setAllLocked(part.locking() == Locking.VOLATILE);
  }

  /** The answer to a read cycle. */
  private enum Output {
    ARRAY,
    STATUS,
    IDENTIFIER,
    QUERY
  }

  /** The meaning of the next write cycle. */
  private sealed interface Cycle {}

  /** The first cycle of a command. */
  private record Command() implements Cycle {}

  /** A word to program. */
  private record ProgramDatum() implements Cycle {}

  /** The confirmation of an erasure. */
  private record EraseConfirm() implements Cycle {}

  /** A change of a lock bit. */
  private record LockConfirm() implements Cycle {}

  /** The number of words for the write buffer, minus one. */
  private record BufferCount() implements Cycle {}

  /** Words for the write buffer. */
  private record BufferData(Block block, int words, List<Datum> data) implements Cycle {}

  /** The confirmation of the write buffer. */
  private record BufferConfirm(Block block, List<Datum> data) implements Cycle {}

  @Override
  public boolean isReadingArray() {
    finish();
    return output == Output.ARRAY;
  }

  @Override
  public int read(long address) {
    finish();
    return switch (output) {
      case ARRAY -> array.word(address);
      case STATUS -> status();
      case IDENTIFIER -> identifier(address);
      case QUERY -> query.at(address);
    };
  }

  @Override
  public void write(long address, int word) {
    finish();
    if (machine.running().isPresent()) {
      whileBusy(word & 0xff);
      return;
    }
    expected =
        switch (expected) {
          case Command command -> command(word & 0xff);
          case ProgramDatum datum -> program(address, word);
          case EraseConfirm confirm -> erase(address, word & 0xff);
          case LockConfirm confirm -> lock(address, word & 0xff);
          case BufferCount count -> bufferCount(address, word);
          case BufferData data -> bufferDatum(data, new Datum(address, word));
          case BufferConfirm confirm -> programBuffer(confirm, word & 0xff);
        };
  }

  private void finish() {
    machine.finished().ifPresent(this::ended);
  }

  /** A bit that stays clear when programmed to 1 is not an error (FLASH-05). */
  private void ended(Ended ended) {
    if (ended.operation() instanceof NorOperation.Erase && ended.outcome() == Outcome.FAILED) {
      errors |= ERASE_ERROR;
    }
  }

  private int status() {
    return errors
        | (machine.running().isPresent() ? 0 : READY)
        | (machine.hasSuspendedErase() ? ERASE_SUSPENDED : 0)
        | (machine.hasSuspendedProgram() ? PROGRAM_SUSPENDED : 0);
  }

  private int identifier(long address) {
    Block block = array.block(address);
    long inBlock = address - array.firstWord(block);
    if (inBlock == 2) {
      return array.isLocked(block) ? 1 : 0;
    }
    if (inBlock == 0) {
      return part.manufacturer();
    }
    return inBlock == 1 ? part.device() : 0;
  }

  private void whileBusy(int code) {
    if (code == SUSPEND) {
      machine.suspend();
    }
  }

  /** An unknown command shows the array, as 0xFF does. */
  private Cycle command(int code) {
    switch (code) {
      case CLEAR_STATUS -> {
        errors = 0;
        return COMMAND;
      }
      case CONFIRM -> machine.resume();
      default -> {}
    }
    output = outputAfter(code);
    return switch (code) {
      case PROGRAM, PROGRAM_TOO -> new ProgramDatum();
      case WRITE_BUFFER -> new BufferCount();
      case ERASE -> new EraseConfirm();
      case LOCK_SETUP -> new LockConfirm();
      default -> COMMAND;
    };
  }

  private static Output outputAfter(int code) {
    return switch (code) {
      case READ_IDENTIFIER -> Output.IDENTIFIER;
      case READ_QUERY -> Output.QUERY;
      case READ_STATUS, SUSPEND, CONFIRM -> Output.STATUS;
      case PROGRAM, PROGRAM_TOO, WRITE_BUFFER, ERASE, LOCK_SETUP -> Output.STATUS;
      default -> Output.ARRAY;
    };
  }

  private Cycle program(long address, int word) {
    Block block = array.block(address);
    start(
        new NorOperation.Program(block, List.of(new Datum(address, word))),
        block,
        PROGRAM_ERROR,
        part.timing().toProgramWord());
    return COMMAND;
  }

  private Cycle erase(long address, int code) {
    Block block = array.block(address);
    if (code != CONFIRM || machine.hasSuspendedErase()) {
      return sequenceError();
    }
    start(new NorOperation.Erase(List.of(block)), block, ERASE_ERROR, part.timing().toEraseBlock());
    return COMMAND;
  }

  private Cycle bufferCount(long address, int count) {
    int words = count + 1;
    return words <= array.wordsIn(1L << part.bufferLog2())
        ? new BufferData(array.block(address), words, List.of())
        : sequenceError();
  }

  private Cycle bufferDatum(BufferData buffer, Datum datum) {
    List<Datum> data = new ArrayList<>(buffer.data());
    data.add(datum);
    return data.size() < buffer.words()
        ? new BufferData(buffer.block(), buffer.words(), data)
        : new BufferConfirm(buffer.block(), data);
  }

  private Cycle programBuffer(BufferConfirm buffer, int code) {
    boolean inBlock =
        buffer.data().stream().allMatch(d -> array.block(d.address()).equals(buffer.block()));
    if (code != CONFIRM || !inBlock) {
      return sequenceError();
    }
    start(
        new NorOperation.Program(buffer.block(), buffer.data()),
        buffer.block(),
        PROGRAM_ERROR,
        part.timing().toProgramBuffer());
    return COMMAND;
  }

  private Cycle lock(long address, int code) {
    Block block = array.block(address);
    switch (code) {
      case LOCK -> machine.start(new NorOperation.Lock(block), toLock());
      case CONFIRM -> machine.start(new NorOperation.Unlock(block), toUnlock());
      default -> errors |= SEQUENCE_ERROR;
    }
    return COMMAND;
  }

  /** Starts an operation, unless the block is locked or has one suspended. */
  private void start(NorOperation operation, Block block, int error, long nanos) {
    if (array.isLocked(block)) {
      errors |= error | BLOCK_LOCKED;
    } else if (machine.isSuspended(block)) {
      errors |= error;
    } else {
      machine.start(operation, nanos);
    }
  }

  private Cycle sequenceError() {
    errors |= SEQUENCE_ERROR;
    return COMMAND;
  }

  private long toLock() {
    return part.locking() == Locking.VOLATILE ? 0 : part.timing().toProgramWord();
  }

  private long toUnlock() {
    return part.locking() == Locking.VOLATILE ? 0 : part.timing().toEraseBlock();
  }
}
