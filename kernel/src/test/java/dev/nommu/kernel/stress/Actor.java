package dev.nommu.kernel.stress;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A task that makes random calls, and what it remembers of them. For one thread. */
final class Actor {
  private static final int DESCRIPTORS = 12;
  private static final int MOST_PAGES = 6;

  /** Where files come and go; {@code m0} to {@code m2} are mounted on as well. */
  private static final List<String> DIRECTORIES =
      List.of("/w", "/w/a", "/w/a/b", "/w/m0", "/w/m1", "/w/m1/a", "/w/m2", "/w/watched");

  private static final List<String> OTHERS =
      List.of(
          "/w/hooked/file",
          "/w/hooked/file",
          "/w/m0/file",
          "/dev/zero",
          "/dev/mem",
          "/dev/fb0",
          "/dev/mtd0",
          "/dev/mtdblock1",
          "/dev/ram0",
          "/rom/program",
          "/host/data",
          "/proc/self/maps",
          "/proc/maps",
          "/proc/mounts");

  private static final List<Action> ACTIONS =
      Stream.of(FileActions.ALL, TreeActions.ALL, MemoryActions.ALL, ProcessActions.ALL)
          .flatMap(List::stream)
          .toList();

  private final Crowd crowd;
  private final Task task;
  private final Random random;
  private final List<Mapped> mapped = new ArrayList<>();

  Actor(Crowd crowd, Task task, long seed) {
    this.crowd = crowd;
    this.task = task;
    this.random = new Random(seed);
  }

  /** Makes calls until it has made so many, the task has ended, or the crowd goes home. */
  void act(int most) {
    for (int made = 0; made < most && crowd.goesOn() && task.status().isEmpty(); made++) {
      step();
    }
  }

  private void step() {
    Action action = ACTIONS.get(below(ACTIONS.size()));
    try {
      crowd.make(action, this);
    } catch (ErrnoException failure) {
      if (isFault(failure)) {
        crowd.failed(new AssertionError(action.name(), failure));
      }
    } catch (MemoryFault nothingThere) {
      // an address of chance, or what was unmapped
    }
  }

  /** A text of /proc answers a write with EIO, as Linux does. */
  private static boolean isFault(ErrnoException failure) {
    boolean text = failure.rule().filter("PROC-16"::equals).isPresent();
    return (failure.errno() == Errno.EIO && !text) || failure.getMessage().contains("PLUGIN-01");
  }

  Crowd crowd() {
    return crowd;
  }

  Task task() {
    return task;
  }

  Random random() {
    return random;
  }

  /** Returns a number from 0 to less than this. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns whether one in so many cases has come. */
  boolean oneIn(int cases) {
    return random.nextInt(cases) == 0;
  }

  /** Returns one of several. */
  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  /** Returns some of these bits. */
  int someOf(int... bits) {
    int chosen = 0;
    for (int bit : bits) {
      chosen |= random.nextBoolean() ? bit : 0;
    }
    return chosen;
  }

  String directory() {
    return DIRECTORIES.get(below(DIRECTORIES.size()));
  }

  /** Returns a place where there may be a file. */
  String path() {
    return directory() + "/" + oneOf("a", "b", "c", "d");
  }

  /** Returns a path of any kind of file. */
  String anyPath() {
    return oneIn(3) ? OTHERS.get(below(OTHERS.size())) : path();
  }

  /** Returns a descriptor, which need not be open. */
  int descriptor() {
    return below(DESCRIPTORS);
  }

  /** Returns some pages, in bytes, sometimes a little less. */
  long length() {
    return (1 + below(MOST_PAGES)) * (long) TaskCalls.PAGE - (oneIn(4) ? below(TaskCalls.PAGE) : 0);
  }

  /** Returns an offset in a file, at the beginning of a page as a rule. */
  long offset() {
    return below(MOST_PAGES) * (long) TaskCalls.PAGE + (oneIn(10) ? below(TaskCalls.PAGE) : 0);
  }

  MemorySegment buffer() {
    return MemorySegment.ofArray(new byte[1 + below(2 * TaskCalls.PAGE)]);
  }

  /** What was mapped once. */
  record Mapped(long address, long length) {}

  /** Remembers what was mapped. */
  void remember(long address, long length) {
    mapped.add(new Mapped(address, length));
  }

  /** Returns what was mapped and may be mapped still. */
  Mapped mapped() {
    return mapped.isEmpty() ? new Mapped(0, length()) : mapped.get(below(mapped.size()));
  }

  /** Returns what was mapped, which is not remembered any more. */
  Mapped forgotten() {
    return mapped.isEmpty() ? mapped() : mapped.remove(below(mapped.size()));
  }

  /** Returns an address in what was mapped. */
  long address() {
    return mapped().address();
  }
}
