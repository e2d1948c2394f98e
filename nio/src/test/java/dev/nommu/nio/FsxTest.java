package dev.nommu.nio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Steps by chance on one file, as fsx makes them, on the machine and on the host's tmpfs: what is
 * refused is what {@link FileModel} predicts, everything else is the same byte for byte. {@code
 * -Dnommu.fsx.steps=1000000} makes more steps, {@code -Dnommu.fsx.seed=N} others.
 */
final class FsxTest {
  private static final int STEPS = Integer.getInteger("nommu.fsx.steps", 30_000);
  private static final long SEED = Long.getLong("nommu.fsx.seed", 20261129L);
  private static final int PAGE = FileModel.PAGE;
  private static final int LARGEST = 40 * PAGE;
  private static final int MOST_MAPPED = 4;
  private static final long RAM = 0x8000_0000L;
  private static final int RAM_PAGES = 4096;

  @RegisterExtension final Memory memory = new Memory();

  private final Random random = new Random(SEED);
  private final List<Mapped> mappings = new ArrayList<>();
  private FileChannel ours;
  private FileChannel hosts;
  private BuddyModel pages;
  private FileModel model;
  private int asked;
  private int refused;

  /** What the machine shows of a part that stays mapped for a while. */
  private enum Kind {
    /** The file, which can be written. */
    FILE,
    /** The file, which can be read. */
    FILE_TO_READ,
    /** A copy, which the host's mapping may differ from later. */
    COPY
  }

  private record Mapped(
      Arena arena, MemorySegment ours, MemorySegment hosts, Kind kind, Runnable forgotten) {}

  private static Path onTmpfs() throws IOException {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared)
        ? Files.createTempFile(shared, "fsx", null)
        : Files.createTempFile("fsx", null);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  @Test
  void stepsByChance_areRefusedAsTheRulesSay_andElseAsOnTheHost() throws IOException {
    Path host = onTmpfs();
    Path file = memory.path("/tmp/fsx");
    System.out.printf("FsxTest: -Dnommu.fsx.seed=%d -Dnommu.fsx.steps=%d%n", SEED, STEPS);
    try {
      ours = open(file);
      hosts = open(host);
      pages = new BuddyModel(RAM, RAM_PAGES, memory.machine().freeLayout());
      model = new FileModel(pages);
      for (int step = 0; step < STEPS; step++) {
        try {
          step(file, host);
        } catch (IOException | RuntimeException | AssertionError failure) {
          throw new AssertionError("seed %d, step %d".formatted(SEED, step), failure);
        }
      }
      while (!mappings.isEmpty()) {
        unmap();
      }
      compareAll();
    } finally {
      ours.close();
      hosts.close();
      Files.delete(host);
    }
    System.out.printf("FsxTest: %d of %d maps refused%n", refused, asked);
    assertTrue(refused > 0);
    assertTrue(refused <= asked * 2 / 3);
  }

  private void step(Path file, Path host) throws IOException {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> read();
      case 3, 4, 5 -> write();
      case 6, 7 -> truncate();
      case 8, 9, 10, 11, 12 -> map();
      case 13, 14, 15 -> access();
      case 16, 17, 18 -> unmap();
      default -> reopen(file, host);
    }
    assertEquals(pages.freePages(), memory.machine().freePages());
    assertEquals(model.size(), ours.size());
  }

  private int position() {
    return random.nextInt(LARGEST);
  }

  private int length() {
    return random.nextInt(random.nextBoolean() ? 100 : 3 * PAGE);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void read() throws IOException {
    compare(position(), length());
  }

  private void compare(int position, int length) throws IOException {
    ByteBuffer mine = ByteBuffer.allocate(length);
    ByteBuffer theirs = ByteBuffer.allocate(length);
    assertEquals(hosts.read(theirs, position), ours.read(mine, position));
    assertArrayEquals(theirs.array(), mine.array());
    assertTrue(model.read(position, length));
  }

  private void compareAll() throws IOException {
    compare(0, LARGEST + 3 * PAGE);
  }

  private void write() throws IOException {
    int position = position();
    byte[] bytes = bytes(length());
    assertEquals(bytes.length, hosts.write(ByteBuffer.wrap(bytes), position));
    assertEquals(bytes.length, ours.write(ByteBuffer.wrap(bytes), position));
    assertTrue(model.write(position, bytes.length));
  }

  private void truncate() throws IOException {
    int size = random.nextBoolean() ? 0 : position();
    if (size >= model.size()) {
      ours.truncate(size);
    } else if (model.truncate(size)) {
      ours.truncate(size);
      hosts.truncate(size);
    } else {
      assertRefused("ETXTBSY", () -> ours.truncate(size));
    }
  }

  private interface Call {
    void make() throws IOException;
  }

  private static void assertRefused(String errno, Call call) {
    FileSystemException refusal =
        org.junit.jupiter.api.Assertions.assertThrows(FileSystemException.class, call::make);
    ErrnoException cause = (ErrnoException) refusal.getCause();
    assertEquals(errno, cause.errno().name(), refusal.getMessage());
  }

  private void map() throws IOException {
    if (mappings.size() == MOST_MAPPED) {
      unmap();
    }
    MapMode mode =
        switch (random.nextInt(4)) {
          case 0 -> MapMode.READ_ONLY;
          case 1 -> MapMode.PRIVATE;
          default -> MapMode.READ_WRITE;
        };
    long position = random.nextInt(LARGEST / 2);
    long length = 1 + random.nextInt(random.nextBoolean() ? PAGE : LARGEST / 2);
    if (random.nextInt(3) > 0 && model.size() > 1) {
      position = random.nextInt((int) model.size() - 1);
      length = 1 + random.nextInt((int) (model.size() - position));
    }
    asked++;
    map(mode, position, length);
  }

  private void map(MapMode mode, long position, long length) throws IOException {
    long before = model.size();
    if (before < position + length) {
      assertTrue(model.truncate(position + length));
    }
    if (mode != MapMode.PRIVATE && model.isInOnePiece(position, length)) {
      long end = model.mapped(position, length);
      Kind kind = mode == MapMode.READ_WRITE ? Kind.FILE : Kind.FILE_TO_READ;
      map(mode, position, length, kind, () -> model.unmapped(end));
    } else if (mode == MapMode.READ_WRITE) {
      refused++;
      assertRefused("ENODEV", () -> ours.map(mode, position, length, Arena.ofAuto()));
      model.truncate(before);
      if (model.size() != before) {
        hosts.write(ByteBuffer.wrap(new byte[1]), model.size() - 1);
      }
    } else {
      OptionalInt copy = model.copied(position, length);
      int page = copy.orElseThrow();
      map(mode, position, length, Kind.COPY, () -> model.copyGone(page, position, length));
    }
  }

  private void map(MapMode mode, long position, long length, Kind kind, Runnable forgotten)
      throws IOException {
    Arena arena = random.nextInt(10) == 0 ? Arena.ofShared() : Arena.ofConfined();
    MemorySegment mine = ours.map(mode, position, length, arena);
    MemorySegment theirs = hosts.map(mode, position, length, arena);
    assertEquals(-1, mine.mismatch(theirs));
    mappings.add(new Mapped(arena, mine, theirs, kind, forgotten));
  }

  private void access() {
    if (mappings.isEmpty()) {
      return;
    }
    Mapped mapped = mappings.get(random.nextInt(mappings.size()));
    int at = random.nextInt((int) mapped.ours.byteSize());
    byte[] bytes = bytes((int) Math.min(length(), mapped.ours.byteSize() - at));
    switch (mapped.kind) {
      case FILE -> {
        assertEquals(-1, mapped.ours.mismatch(mapped.hosts));
        MemorySegment.copy(bytes, 0, mapped.ours, JAVA_BYTE, at, bytes.length);
        MemorySegment.copy(bytes, 0, mapped.hosts, JAVA_BYTE, at, bytes.length);
      }
      case FILE_TO_READ -> assertEquals(-1, mapped.ours.mismatch(mapped.hosts));
      case COPY -> storeIntoCopy(mapped.ours, at, bytes);
    }
  }

  /** No file has it afterwards, which the other steps find out. */
  private static void storeIntoCopy(MemorySegment copy, int at, byte[] bytes) {
    if (!copy.isReadOnly()) {
      MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, at, bytes.length);
    }
  }

  private void unmap() {
    if (!mappings.isEmpty()) {
      Mapped gone = mappings.remove(random.nextInt(mappings.size()));
      gone.arena.close();
      gone.forgotten.run();
    }
  }

  private void reopen(Path file, Path host) throws IOException {
    ours.close();
    hosts.close();
    ours = open(file);
    hosts = open(host);
    compareAll();
  }
}
