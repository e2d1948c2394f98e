package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.task.Task;
import dev.nommu.mtd.MtdDriver;
import dev.nommu.mtd.power.PowerSupply;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Flash whose second half is written to, with a romfs and a cramfs in the first, which are mapped
 * meanwhile; kept in an image.
 */
final class FlashSession implements AutoCloseable {
  static final int DATA = 3000;
  private static final long MS_RDONLY = 1;
  private static final int MEMERASE = 0x40084d02;
  private static final long FLASH = 0x2000_0000L;
  private static final int IN_USE = 1024;
  private static final int SECTOR = 512;

  /** Bytes in use at the end of each block, where what an erase spills would be seen. */
  private static final int EDGE = 16;

  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private final Path directory = host.getPath("/work");
  private final Chip chip;
  private final byte[] data = new byte[DATA];
  private final byte[] initial;

  /**
   * A kind of chip.
   *
   * @param compatible of the node
   * @param size bytes, of which the second half is written to
   * @param block bytes in an erase block
   * @param pinning what a mapping of the cramfs does to it
   */
  record Chip(String compatible, int size, int block, Pinning pinning) {
    int half() {
      return size / 2;
    }

    /** Where the cramfs begins. */
    int quarter() {
      return size / 4;
    }

    /** The block that mtdblock writes: the last. */
    int cached() {
      return size - block;
    }
  }

  /** Whether a chip can be pointed, and is kept in array mode for as long as it is. */
  enum Pinning {
    /** It is, and takes no step in which the power could go. */
    POINTED,
    /** It is copied from. */
    COPIED
  }

  /** A call that changes the flash. */
  @FunctionalInterface
  private interface Call {
    void on(Task task) throws ErrnoException;
  }

  FlashSession(Chip chip, long seed) throws IOException {
    this.chip = chip;
    Random random = new Random(seed);
    random.nextBytes(data);
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.write(tree.resolve("data"), data);
    RomfsWriter.write(tree, image(), RomfsOptions.DEFAULT.withAlignment(4096));
    this.initial = new byte[chip.size()];
    Arrays.fill(initial, (byte) 0xff);
    putImage(0);
    CramfsWriter.write(tree, image(), CramfsOptions.DEFAULT.withInPlace(path -> true));
    putImage(chip.quarter());
    byte[] old = new byte[IN_USE];
    random.nextBytes(old);
    System.arraycopy(old, 0, initial, chip.half(), IN_USE);
    System.arraycopy(old, 0, initial, chip.cached(), IN_USE);
    for (int end = chip.half(); end <= chip.size(); end += chip.block()) {
      System.arraycopy(old, 0, initial, end - EDGE, EDGE);
    }
    reset();
  }

  private void putImage(int at) throws IOException {
    byte[] made = Files.readAllBytes(image());
    assertThat(made).hasSizeLessThanOrEqualTo(chip.quarter());
    System.arraycopy(made, 0, initial, at, made.length);
  }

  private Path image() {
    return directory.resolve("flash.img");
  }

  /** Puts the flash back to what it held first. */
  void reset() throws IOException {
    Files.write(image(), initial);
  }

  /** Returns what the flash holds while no machine is on. */
  byte[] content() throws IOException {
    return Files.readAllBytes(image());
  }

  TestMachine boot(PowerSupply power) throws IOException {
    PluginPath path = PluginPath.standard();
    List<FoundPlugin<DeviceDriver>> drivers = new ArrayList<>(path.find(DeviceDriver.class));
    drivers.removeIf(each -> each.type().equals(MtdDriver.class.getName()));
    drivers.add(new FoundPlugin<>(MtdDriver.class.getName(), "", () -> new MtdDriver(power)));
    Kernel kernel = Kernel.of(path.with(DeviceDriver.class, drivers));
    return new TestMachine(
        kernel.boot(
            TestMachine.board(directory, "", nodes()), Profile.DOCUMENT, Strictness.LENIENT));
  }

  private String nodes() {
    return """
    flash@20000000 {
      compatible = %s; bank-width = <2>; reg = <0x20000000 0x%x>;
      partitions {
        compatible = "fixed-partitions"; #address-cells = <1>; #size-cells = <1>;
        p0@0 { label = "image"; reg = <0 0x%x>; };
        p1 { label = "free"; reg = <0x%x 0x%x>; };
        p2 { label = "pinned"; reg = <0x%x 0x%x>; };
      };
    };
    nommu {
      contents { flash { device = "/flash@20000000"; image = "flash.img"; persistent; }; };
      mounts { image { source = "mtd:image"; target = "/m"; type = "romfs"; options = "ro"; }; };
    };
    """
        .formatted(
            chip.compatible(),
            chip.size(),
            chip.quarter(),
            chip.half(),
            chip.half(),
            chip.quarter(),
            chip.quarter());
  }

  /** Returns how many calls there are. */
  static int calls() {
    return 3;
  }

  /**
   * Makes the calls that change the flash until the power goes. Meanwhile its start is mapped by
   * way of /dev/mem, which pins nothing, and the file of the romfs; each call is tried first while
   * the file of the cramfs is mapped.
   *
   * @return what each part of the flash held after each call, as far as they came
   */
  List<byte[]> work(TestMachine machine, LosingPower power) throws ErrnoException, MemoryFault {
    Task task = machine.init();
    Task onlooker = task.spawn("onlooker");
    int memory = onlooker.open("/dev/mem", OpenFlags.O_RDWR);
    onlooker.mmap(0, chip.half(), PROT_READ, MAP_SHARED, memory, FLASH);
    task.tree().mkdir("/pin", 0755);
    long romfs = mapData(task, "/m/data");
    List<byte[]> states = new ArrayList<>();
    for (Call call : List.<Call>of(this::erase, this::program, this::writeBlock)) {
      power.begin(states.size());
      attemptPinned(call, task, power);
      attempt(call, task, power);
      assertShowsData(task, romfs);
      if (power.isGone()) {
        return states;
      }
      states.add(seen(task));
    }
    return states;
  }

  /** A chip that shows its array to a mapping is not written: no power can go in that. */
  private void attemptPinned(Call call, Task task, LosingPower power)
      throws ErrnoException, MemoryFault {
    task.tree().mount("mtd:pinned", "/pin", "cramfs", MS_RDONLY, "");
    long cramfs = mapData(task, "/pin/data");
    if (chip.pinning() == Pinning.POINTED) {
      int before = power.steps().size();
      assertThatThrownBy(() -> call.on(task)).isInstanceOf(ErrnoException.class);
      assertThat(power.steps()).hasSize(before);
    }
    assertShowsData(task, cramfs);
    task.munmap(cramfs, DATA);
    task.tree().umount("/pin");
  }

  private static void attempt(Call call, Task task, LosingPower power) throws ErrnoException {
    try {
      call.on(task);
    } catch (ErrnoException failure) {
      if (!power.isGone()) {
        throw failure;
      }
    }
  }

  private void erase(Task task) throws ErrnoException {
    int file = task.open("/dev/mtd1", OpenFlags.O_RDWR);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment range = arena.allocate(8);
      range.set(ValueLayout.JAVA_INT, 4, chip.block());
      task.descriptors()
          .ioctl(file, MEMERASE, 0, (address, length) -> range.asSlice(address, length));
    } finally {
      task.close(file);
    }
  }

  private void program(Task task) throws ErrnoException {
    int file = task.open("/dev/mtd1", OpenFlags.O_RDWR);
    try {
      task.pwrite(file, fresh(200), 0);
    } finally {
      task.close(file);
    }
  }

  private void writeBlock(Task task) throws ErrnoException {
    int file = task.open("/dev/mtdblock1", OpenFlags.O_RDWR);
    try {
      task.pwrite(file, fresh(SECTOR), chip.cached() - chip.half() + SECTOR);
      task.descriptors().fsync(file);
    } finally {
      task.close(file);
    }
  }

  private static MemorySegment fresh(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }

  private byte[] seen(Task task) throws ErrnoException {
    byte[] all = new byte[chip.size()];
    MemorySegment into = MemorySegment.ofArray(all);
    read(task, "/dev/mtd0", into.asSlice(0, chip.quarter()));
    read(task, "/dev/mtd2", into.asSlice(chip.quarter(), chip.quarter()));
    read(task, "/dev/mtd1", into.asSlice(chip.half()));
    return all;
  }

  private static void read(Task task, String path, MemorySegment into) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY);
    assertThat(task.pread(file, into, 0)).isEqualTo(into.byteSize());
    task.close(file);
  }

  /** Maps the file of the romfs, looks at it, and leaves it mapped. */
  void mapRomfs(TestMachine machine) throws Exception {
    assertShowsData(machine.init(), mapData(machine.init(), "/m/data"));
  }

  private static long mapData(Task task, String path) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY);
    try {
      return task.mmap(0, DATA, PROT_READ, MAP_PRIVATE, file, 0);
    } finally {
      task.close(file);
    }
  }

  private void assertShowsData(Task task, long address) throws MemoryFault {
    byte[] seen = new byte[DATA];
    task.load(address, MemorySegment.ofArray(seen));
    assertThat(seen).isEqualTo(data);
  }

  byte[] initial() {
    return initial.clone();
  }

  @Override
  public void close() throws IOException {
    host.close();
  }
}
