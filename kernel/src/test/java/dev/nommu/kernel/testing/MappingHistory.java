package dev.nommu.kernel.testing;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.mmap.RegionKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Calls that make, change and remove mappings, chosen by chance from a seed: two processes, files
 * whose pages are in one piece, files whose pages are not, and files that are only copied.
 */
public final class MappingHistory {
  private static final int MOST_PAGES = 6;

  private final Random random;
  private final List<String> calls = new ArrayList<>();
  private final List<TaskCalls> programs = new ArrayList<>();
  private final List<Integer> files = new ArrayList<>();

  /** Begins a history on a machine that has a file {@code /host/data}. */
  public MappingHistory(Machine machine, long seed) throws ErrnoException {
    this.random = new Random(seed);
    TaskCalls first = new TaskCalls(machine.init());
    files.add(first.gathered("/tmp/gathered", 4 * PAGE));
    files.add(first.file("/tmp/written", TaskCalls.pattern(3 * PAGE)));
    files.add(first.gathered("/tmp/changing", 0));
    files.add(first.read("/host/data"));
    programs.add(first);
    programs.add(first.other());
  }

  /** Returns the calls so far, each with its answer. */
  public List<String> calls() {
    return calls;
  }

  private interface Call {
    long make() throws ErrnoException;
  }

  /** Makes one call, which may fail. */
  public void step() {
    int who = random.nextInt(programs.size());
    TaskCalls program = programs.get(who);
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> map(program);
      case 7 -> mapAnonymous(program);
      case 8, 9, 10, 11 -> unmap(program);
      case 12 -> unmapPart(program);
      case 13, 14, 15 -> truncate(program);
      case 16 -> remap(program);
      case 17 -> write(program);
      case 18 -> setTrim(program);
      default -> replace(who);
    }
  }

  /**
   * Returns the shared mappings in place that show something else than their file has, up to its
   * end.
   */
  public List<String> incoherent() throws ErrnoException {
    List<String> wrong = new ArrayList<>();
    for (TaskCalls program : programs) {
      for (Vma vma : program.space().mappings()) {
        if (vma.flags().shared() && vma.region().kind() == RegionKind.STORE && differs(vma)) {
          wrong.add(vma.toString());
        }
      }
    }
    return wrong;
  }

  private boolean differs(Vma vma) throws ErrnoException {
    TaskCalls reader = programs.getFirst();
    int file = reader.read(vma.file().orElseThrow().path());
    byte[] content = new byte[(int) (vma.end() - vma.start())];
    long count = reader.task().pread(file, MemorySegment.ofArray(content), vma.offset());
    reader.task().close(file);
    byte[] shown = reader.bytes(vma.start(), (int) count);
    return !Arrays.equals(shown, Arrays.copyOf(content, (int) count));
  }

  private void answer(String call, Call made) {
    String answer;
    try {
      answer = "0x" + Long.toHexString(made.make());
    } catch (ErrnoException failure) {
      answer = failure.errno().name();
    }
    calls.add(call + " = " + answer);
  }

  private int bytes() {
    int pages = 1 + random.nextInt(MOST_PAGES);
    return random.nextBoolean() ? pages * PAGE : pages * PAGE - 1 - random.nextInt(PAGE - 1);
  }

  private int file() {
    return files.get(random.nextInt(files.size()));
  }

  private void map(TaskCalls program) {
    int file = file();
    int length = bytes();
    int protection = random.nextInt(8);
    int type = random.nextBoolean() ? MAP_SHARED : MAP_PRIVATE;
    long offset = (long) random.nextInt(MOST_PAGES) * random.nextInt(2) * PAGE;
    answer(
        "mmap(0, %d, %d, %d, %d, %d)".formatted(length, protection, type, file, offset),
        () -> program.map(file, length, protection, type, offset));
  }

  private void mapAnonymous(TaskCalls program) {
    int length = bytes();
    answer(
        "mmap(0, %d, 3, MAP_PRIVATE | MAP_ANONYMOUS)".formatted(length),
        () -> program.task().mmap(0, length, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }

  private Vma mapping(TaskCalls program) {
    List<Vma> mappings = program.space().mappings();
    return mappings.get(random.nextInt(mappings.size()));
  }

  private void unmap(TaskCalls program) {
    if (!program.space().mappings().isEmpty()) {
      Vma vma = mapping(program);
      unmap(program, vma.start(), vma.end() - vma.start());
    }
  }

  private void unmapPart(TaskCalls program) {
    if (!program.space().mappings().isEmpty()) {
      Vma vma = mapping(program);
      long from = vma.start() + (long) random.nextInt(3) * PAGE;
      unmap(program, from, (1L + random.nextInt(3)) * PAGE);
    }
  }

  private void unmap(TaskCalls program, long start, long length) {
    answer(
        "munmap(0x%x, %d)".formatted(start, length),
        () -> {
          program.task().munmap(start, length);
          return 0;
        });
  }

  private void truncate(TaskCalls program) {
    int file = file();
    int size = random.nextInt(4) == 0 ? 0 : bytes();
    answer(
        "ftruncate(%d, %d)".formatted(file, size),
        () -> {
          program.task().ftruncate(file, size);
          return 0;
        });
  }

  private void remap(TaskCalls program) {
    if (!program.space().mappings().isEmpty()) {
      Vma vma = mapping(program);
      long old = vma.end() - vma.start();
      int length = bytes();
      answer(
          "mremap(0x%x, %d, %d)".formatted(vma.start(), old, length),
          () -> program.task().mremap(vma.start(), old, length, 0, 0));
    }
  }

  private void write(TaskCalls program) {
    int file = file();
    int length = 1 + random.nextInt(PAGE);
    long position = random.nextInt(MOST_PAGES * PAGE);
    answer(
        "pwrite(%d, %d, %d)".formatted(file, length, position),
        () ->
            program
                .task()
                .pwrite(file, MemorySegment.ofArray(TaskCalls.pattern(length)), position));
  }

  private void setTrim(TaskCalls program) {
    int pages = random.nextInt(4);
    answer(
        "nr_trim_pages = " + pages,
        () -> {
          program.text("/proc/sys/vm/nr_trim_pages", String.valueOf(pages));
          return 0;
        });
  }

  /** Ends the second process, and begins another. */
  private void replace(int who) {
    if (who > 0) {
      calls.add("exit");
      programs.get(who).task().exit();
      programs.set(who, programs.getFirst().other());
    }
  }

  /** Ends the second process and closes and removes the files. */
  public void end() throws ErrnoException {
    programs.get(1).task().exit();
    TaskCalls first = programs.getFirst();
    for (Vma vma : first.space().mappings()) {
      unmap(first, vma.start(), vma.end() - vma.start());
    }
    for (int file : files) {
      first.task().close(file);
    }
    for (String name : List.of("gathered", "written", "changing")) {
      first.task().tree().unlink("/tmp/" + name);
    }
  }
}
