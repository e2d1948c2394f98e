package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.chip.NorOperation.Datum;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The part of a chip that carries out operations: one runs at a time, and those that were suspended
 * for it wait below it. An operation has its effect when its time is over.
 */
final class WriteStateMachine {
  private final NorArray array;
  private final NorPart part;
  private final ChipTime time;
  private final Deque<Job> suspended = new ArrayDeque<>();
  private Optional<Job> running = Optional.empty();
  private long finish;

  WriteStateMachine(NorArray array, NorPart part, ChipTime time) {
    this.array = array;
    this.part = part;
    this.time = time;
  }

  /** An operation and how many nanoseconds are left of it. */
  private record Job(NorOperation operation, long left) {}

  /** How an operation ended. */
  enum Outcome {
    /** As it was to. */
    DONE,
    /** A bit that was to be set is not, or the block is worn out. */
    FAILED
  }

  /** An operation that is over. */
  record Ended(NorOperation operation, Outcome outcome) {}

  /** Starts an operation that takes so many nanoseconds; nothing may be running. */
  void start(NorOperation operation, long nanos) {
    running = Optional.of(new Job(operation, nanos));
    finish = time.nanos() + nanos;
  }

  /** Returns what is running. */
  Optional<NorOperation> running() {
    return running.map(Job::operation);
  }

  /** Gives the running operation its effect if its time is over, and returns it then. */
  Optional<Ended> finished() {
    if (running.isEmpty() || time.nanos() < finish) {
      return Optional.empty();
    }
    NorOperation operation = running.get().operation();
    running = Optional.empty();
    return Optional.of(new Ended(operation, carryOut(operation)));
  }

  /** Suspends the running operation, if there is one that can be. */
  void suspend() {
    if (running.isPresent() && running.get().operation().isSuspendable()) {
      suspended.push(new Job(running.get().operation(), finish - time.nanos()));
      running = Optional.empty();
    }
  }

  /** Goes on with what was suspended last, if there is something; nothing may be running. */
  void resume() {
    if (!suspended.isEmpty()) {
      Job job = suspended.pop();
      start(job.operation(), job.left());
    }
  }

  /** Returns whether an erasure is suspended. */
  boolean hasSuspendedErase() {
    return suspended.stream().anyMatch(job -> job.operation() instanceof NorOperation.Erase);
  }

  /** Returns whether programming is suspended. */
  boolean hasSuspendedProgram() {
    return suspended.stream().anyMatch(job -> job.operation() instanceof NorOperation.Program);
  }

  /** Returns whether something that is suspended is about this block. */
  boolean isSuspended(Block block) {
    return suspended.stream().anyMatch(job -> job.operation().blocks().contains(block));
  }

  private Outcome carryOut(NorOperation operation) {
    return switch (operation) {
      case NorOperation.Program program -> program(program);
      case NorOperation.Erase erase -> erase(erase);
      case NorOperation.Lock(Block block) -> {
        array.setLocked(block, true);
        yield Outcome.DONE;
      }
      case NorOperation.Unlock(Block block) -> unlock(block);
    };
  }

  private Outcome program(NorOperation.Program program) {
    Outcome outcome = Outcome.DONE;
    for (Datum datum : program.data()) {
      array.program(datum.address(), datum.word());
      outcome = array.word(datum.address()) == datum.word() ? outcome : Outcome.FAILED;
    }
    return outcome;
  }

  private Outcome erase(NorOperation.Erase erase) {
    Outcome outcome = Outcome.DONE;
    for (Block block : erase.blocks()) {
      if (array.erasures(block) >= part.endurance()) {
        outcome = Outcome.FAILED;
      } else {
        array.erase(block);
      }
    }
    return outcome;
  }

  private Outcome unlock(Block block) {
    if (part.locking() == Locking.PERSISTENT) {
      array.setAllLocked(false);
    } else {
      array.setLocked(block, false);
    }
    return Outcome.DONE;
  }
}
