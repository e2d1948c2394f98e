package dev.nommu.mtd.chip;

import dev.nommu.mtd.chip.BlockLayout.Block;
import dev.nommu.mtd.chip.NorOperation.Datum;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The part of a chip that carries out operations: one runs at a time, on top of a stack of
 * suspended ones. An operation takes effect when its time has elapsed.
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

  /** An operation and its remaining nanoseconds. */
  private record Job(NorOperation operation, long left) {}

  /** The outcome of an operation. */
  enum Outcome {
    /** It succeeded. */
    DONE,
    /** A bit that should be set is clear, or the block is worn out. */
    FAILED
  }

  /** A finished operation. */
  record Ended(NorOperation operation, Outcome outcome) {}

  /** Starts an operation that takes this many nanoseconds; none may be running. */
  void start(NorOperation operation, long nanos) {
    running = Optional.of(new Job(operation, nanos));
    finish = time.nanos() + nanos;
  }

  /** Returns the running operation, if any. */
  Optional<NorOperation> running() {
    return running.map(Job::operation);
  }

  /** Completes the running operation and returns it, if its time has elapsed. */
  Optional<Ended> finished() {
    if (running.isEmpty() || time.nanos() < finish) {
      return Optional.empty();
    }
    NorOperation operation = running.get().operation();
    running = Optional.empty();
    return Optional.of(new Ended(operation, carryOut(operation)));
  }

  /** Suspends the running operation, if it can be suspended. */
  void suspend() {
    if (running.isPresent() && running.get().operation().isSuspendable()) {
      suspended.push(new Job(running.get().operation(), finish - time.nanos()));
      running = Optional.empty();
    }
  }

  /** Resumes the last suspended operation, if any; none may be running. */
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

  /** Returns whether a suspended operation affects this block. */
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
